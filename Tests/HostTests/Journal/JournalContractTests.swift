import CertProtocol
import FoundationEssentials
import Host
import Testing

@Suite("What every journal promises")
struct JournalContractTests {
    private let start = Date(timeIntervalSince1970: 1_780_000_000.123_456_7)

    private func entry(_ key: String, _ names: String..., state: JournalState = .intended) -> JournalEntry {
        var contents = CertificateContents(signingRequest: "CSR", commonName: names.first ?? "example.com")
        contents.validity = .until(CalendarDay(start))
        var entry = JournalEntry(
            key: key, request: .issue(IssueRequest(product: "ssl", contents: contents)), provider: "ca", product: "ssl",
            deadline: start + 30, owner: "Kim 김", createdAt: start
        )
        entry.state = state
        entry.attempts = [JournalAttempt(id: "a", provider: "ca", owner: "Kim", startedAt: start)]
        return entry
    }

    @Test("what was saved is read back to the bit", arguments: JournalKind.allCases)
    func roundTrip(_ kind: JournalKind) async throws {
        let journal = try kind.make()
        let saved = entry("k")
        let record = AuditRecord(
            date: start, phase: .before, principal: "Kim", operation: .issue, provider: "ca", key: "k", attempt: "a"
        )
        try await journal.update { transaction throws(CertificateError) in
            try transaction.save(saved)
            try transaction.append(record)
        }
        let (read, records) = try await journal.read { reading throws(CertificateError) in
            (try reading.entry("k"), try reading.auditRecords(of: "k"))
        }
        #expect(read == saved)
        #expect(records == [record])
    }

    @Test("entries are found by state and subject, oldest first", arguments: JournalKind.allCases)
    func queries(_ kind: JournalKind) async throws {
        let journal = try kind.make()
        let entries = [
            entry("b", "b.example"), entry("a", "a.example", state: .sent), entry("c", "a.example", state: .accepted),
        ]
        try await journal.update { transaction throws(CertificateError) in
            for entry in entries { try transaction.save(entry) }
            var changed = entries[0]
            changed.state = .sent
            try transaction.save(changed)
        }
        func keys(_ query: JournalQuery) async throws -> [String] {
            try await journal.read { reading throws(CertificateError) in try reading.entries(query) }.map(\.key)
        }
        #expect(try await keys(JournalQuery()) == ["b", "a", "c"])
        #expect(try await keys(JournalQuery(states: [.sent])) == ["b", "a"])
        #expect(try await keys(JournalQuery(subject: entries[1].subject)) == ["a", "c"])
        #expect(try await keys(JournalQuery(states: [.accepted], subject: entries[1].subject)) == ["c"])
        #expect(try await keys(JournalQuery(states: [])).isEmpty)
    }

    @Test("an update that throws leaves nothing behind", arguments: JournalKind.allCases)
    func rollback(_ kind: JournalKind) async throws {
        let journal = try kind.make()
        let draft = entry("k")
        do throws(CertificateError) {
            try await journal.update { transaction throws(CertificateError) in
                try transaction.save(draft)
                throw CertificateError(.rejected, "Changed my mind.")
            }
            Issue.record("It did not throw.")
        } catch {
            #expect(error.code == .rejected)
        }
        #expect(try await journal.read { reading throws(CertificateError) in try reading.entry("k") } == nil)
    }

    @Test("cancelling the task doesn't keep an outcome from being written down", arguments: JournalKind.allCases)
    func cancelled(_ kind: JournalKind) async throws {
        let journal = try kind.make()
        let draft = entry("k")
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await journal.update { transaction throws(CertificateError) in try transaction.save(draft) }
            return try await journal.read { reading throws(CertificateError) in try reading.entry("k") }
        }
        #expect(try await task.value == draft)
    }

    @Test("of many updates at once each sees what the one before has done", arguments: JournalKind.allCases)
    func serial(_ kind: JournalKind) async throws {
        let journal = try kind.make()
        let draft = entry("k")
        try await journal.update { transaction throws(CertificateError) in try transaction.save(draft) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await journal.update { transaction throws(CertificateError) in
                        guard var entry = try transaction.entry("k") else { return }
                        entry.emptyLookups += 1
                        try transaction.save(entry)
                    }
                }
            }
            try await group.waitForAll()
        }
        let last = try await journal.read { reading throws(CertificateError) in try reading.entry("k") }
        #expect(last?.emptyLookups == 50)
    }
}
