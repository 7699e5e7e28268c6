import CertConformance
import CertProtocol
import Testing

/// How requirements are run.
@Suite("A run of the kit")
struct RunTests {
    @Test("in read-only mode nothing that changes anything is sent, and what would is not applicable")
    func readOnly() async {
        let memory = MemoryAuthority()
        let conformance = Conformance("memory", mode: .readOnly) { try MemoryDescription.describe(at: memory) }
        for requirement in conformance.requirements {
            let outcome = await requirement.evaluate()
            switch requirement.effect {
            case .reads: #expect(outcome == .passed(notes: []), "\(requirement)")
            case .mutates: #expect(outcome == .notApplicable("This run only reads."))
            default: #expect(outcome == .notApplicable("This run does not make the authority misbehave."))
            }
        }
        #expect(memory.changes == 0)
        #expect(memory.requests > 20)
    }

    @Test("a failure is thrown with the requirement's id, and what isn't applicable is told")
    func check() async throws {
        let broken = Conformance("broken") { try MemoryDescription.describe(.guessesStatus) }
        let error = await #expect(throws: ConformanceFailure.self) {
            try await #require(broken["records.unknown-status"]).check()
        }
        #expect(error?.requirement == "records.unknown-status")
        #expect("\(try #require(error))".hasPrefix("[records.unknown-status] "))

        let told = Locked<[String]>([])
        let lacking = Conformance("lacking") { try MemoryDescription.describe(without: [.download]) }
        try await #require(lacking["extras.download-formats"]).check { line in told.withLock { $0.append(line) } }
        #expect(
            told.withLock(\.self) == [
                "lacking: extras.download-formats is not applicable: download is not declared."
            ])
    }

    @Test("an authority that can't be started is a failure, and one that was started is closed once")
    func lifetime() async throws {
        let dead = Conformance("dead") { throw CertificateError(.unavailable, "No room.") }
        guard case .failed(let message) = try await #require(dead["lists.end"]).evaluate() else {
            Issue.record("It passed without an authority")
            return
        }
        #expect(message.contains("could not be started") && message.contains("No room."))

        let events = Locked<[String]>([])
        let alive = Conformance("alive") {
            events.withLock { $0.append("open") }
            var authority = try MemoryDescription.describe()
            authority.close = { events.withLock { $0.append("close") } }
            return authority
        }
        _ = try await #require(alive["lists.end"]).evaluate()
        _ = try await #require(alive["errors.not-found"]).evaluate()
        #expect(events.withLock(\.self) == ["open", "close", "open", "close"])
    }

    @Test("a provider that never comes back ends as a failure, and is not waited for")
    func patience() async throws {
        let conformance = Conformance("deaf", patience: .milliseconds(300)) {
            var authority = try MemoryDescription.describe()
            authority.samples.orders = .made {
                try await Task.sleep(for: .seconds(600))
                return []
            }
            return authority
        }
        guard case .failed(let message) = try await #require(conformance["extras.lookups"]).evaluate() else {
            Issue.record("It passed without an answer")
            return
        }
        #expect(message.hasPrefix("It did not end within"))
    }

    @Test("the table of capabilities says in Markdown and in JSON what a provider declares")
    func table() throws {
        let provider = try MemoryDescription.describe(without: [.renew]).provider
        let table = CapabilityTable([.init("Memory", capabilities: provider.capabilities)])
        #expect(table.markdown.contains("| `issue` | yes |\n| `renew` |  |\n"))
        #expect(table.markdown.split(separator: "\n").count == Capability.allCases.count + 2)
        #expect(table.detailsMarkdown.contains("| `order` looks up by | order, serial |\n"))
        let variant = try #require(JSONValue(table.json)["variants"]?.elements.first { _ in true })
        #expect(variant.string("name") == "Memory")
        #expect(variant.integer("page_size") == 100)
        #expect(variant["capabilities"]?.elements.contains { $0.stringValue == "renew" } == false)
    }
}
