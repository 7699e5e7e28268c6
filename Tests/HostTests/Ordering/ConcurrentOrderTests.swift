import CertProtocol
import FoundationEssentials
import Host
import TestSupport
import Testing

@Suite("Orders at the same moment")
struct ConcurrentOrderTests {
    private func benches(
        _ provider: ScriptedProvider, _ kind: JournalKind
    ) throws -> (OrderingBench, OrderingBench) {
        let journal = try kind.make()
        return (
            try OrderingBench([provider], journal: journal, operationClock: .system),
            try OrderingBench([provider], journal: journal, operationClock: .system)
        )
    }

    @Test("the second with the key waits for the first, and gets its receipt", arguments: JournalKind.allCases)
    func waits(_ kind: JournalKind) async throws {
        let gate = Gate()
        let provider = ScriptedProvider("ca", [.wait(gate)])
        let (first, second) = try benches(provider, kind)
        async let one = first.host.issue(.sample(), provider: "ca", options: first.options(key: "k"))
        while provider.orderCount == 0 { await Task.yield() }
        async let two = second.host.issue(
            .sample(), provider: "ca",
            options: OrderingOptions(key: "k") { event in
                if case .waitingForOther = event { gate.open() }
            }
        )
        let receipts = try await [one, two]
        #expect(receipts[0] == receipts[1])
        #expect(provider.orderCount == 1)
    }

    @Test("the second gives up at its own deadline: the outcome is unknown to it")
    func givesUp() async throws {
        let gate = Gate()
        let provider = ScriptedProvider("ca", [.wait(gate)])
        let (first, second) = try benches(provider, .memory)
        async let one = first.host.issue(.sample(), provider: "ca", options: first.options(key: "k"))
        while provider.orderCount == 0 { await Task.yield() }
        let error = await second.failure(
            provider: "ca", options: second.options(key: "k"),
            context: OperationContext(deadline: .now + .milliseconds(1))
        )
        #expect(error?.code == .outcomeUnknown)
        #expect(error?.journalKey == "k")
        gate.open()
        _ = try await one
        #expect(provider.orderCount == 1)
    }

    @Test("many with one key: one order", arguments: JournalKind.allCases)
    func oneKey(_ kind: JournalKind) async throws {
        let provider = ScriptedProvider()
        let (first, second) = try benches(provider, kind)
        let receipts = await withTaskGroup(of: Receipt?.self) { group in
            for number in 0..<20 {
                let bench = number.isMultiple(of: 2) ? first : second
                group.addTask {
                    try? await bench.host.issue(.sample(), provider: "ca", options: bench.options(key: "k"))
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(provider.orderCount == 1)
        #expect(Set(receipts.map { $0?.orderID }) == ["ca-1"])
    }

    @Test("many of the same names without a key: one order, the others are told of it", arguments: JournalKind.allCases)
    func noKey(_ kind: JournalKind) async throws {
        let provider = ScriptedProvider()
        let (first, second) = try benches(provider, kind)
        let codes = await withTaskGroup(of: CertificateError.Code?.self) { group in
            for number in 0..<20 {
                let bench = number.isMultiple(of: 2) ? first : second
                group.addTask { await bench.failure(provider: "ca")?.code }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(provider.orderCount == 1)
        #expect(codes.filter { $0 == nil }.count == 1)
        #expect(codes.compactMap(\.self).allSatisfy { $0 == .rejected || $0 == .outcomeUnknown })
    }

    @Test("a call that waits for its turn past its deadline isn't taken for one that has ended")
    func postponed() async throws {
        let provider = SlowToSend()
        let clock = provider.clock
        let bench = try provider.bench()
        // Its turn comes after four minutes; meanwhile somebody reconciles.
        provider.whileWaiting { deadline throws(CertificateError) in
            clock.advance(by: .seconds(240))
            return deadline + .seconds(240)
        }
        #expect(try await bench.issue(.sample(), provider: "slow", options: OrderingOptions(key: "k")).orderID == "1")
        let entry = try #require(try await bench.journalEntry("k")?.entry)
        #expect(entry.deadline.timeIntervalSince(entry.createdAt) > 260)
    }

    @Test("a call that was given up while it waited for its turn is not sent any more")
    func givenUp() async throws {
        let provider = SlowToSend()
        let clock = provider.clock
        let bench = try provider.bench()
        provider.whileWaiting { deadline throws(CertificateError) in
            clock.advance(by: .seconds(200))
            // Two empty lookups, long after the deadline that the journal knows.
            let all = try await bench.reconcile()
            #expect(all.map(\.entry.state) == [.notExecuted])
            return deadline + .seconds(200)
        }
        await #expect(throws: CertificateError(.timeout, "")) {
            try await bench.issue(.sample(), provider: "slow", options: OrderingOptions(key: "k"))
        }
        #expect(provider.sent == 0)
    }
}
