import CertProtocol
import FoundationEssentials
import Host
import TestSupport
import Testing

/// A journal whose updates fail from the nth on.
private final class FailingJournal: Journal {
    private let journal = MemoryJournal()
    private let left: Locked<Int>

    init(failingAfter updates: Int) { left = Locked(updates) }

    func update<Result: Sendable>(
        _ body: @escaping @Sendable (any JournalTransaction) throws(CertificateError) -> Result
    ) async throws(CertificateError) -> Result {
        let mayWrite = left.withLock { left in
            left -= 1
            return left >= 0
        }
        guard mayWrite else { throw CertificateError(.invalidConfiguration, "The disk is full.") }
        return try await journal.update(body)
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any JournalReading) throws(CertificateError) -> Result
    ) async throws(CertificateError) -> Result { try await journal.read(body) }
}

@Suite("A journal that can't be written")
struct UnwritableJournalTests {
    @Test("stops the order before it is sent", arguments: [0, 1])
    func before(_ updates: Int) async throws {
        let provider = ScriptedProvider()
        let bench = try OrderingBench([provider], journal: FailingJournal(failingAfter: updates))
        #expect(await bench.failure(provider: "ca")?.code == .invalidConfiguration)
        #expect(provider.calls.isEmpty)
    }

    @Test("doesn't keep the order's id from the caller once it is accepted")
    func after() async throws {
        let provider = ScriptedProvider()
        let bench = try OrderingBench([provider], journal: FailingJournal(failingAfter: 2))
        let receipt = try await bench.host.issue(.sample(), provider: "ca", options: bench.options())
        #expect(receipt.orderID == "ca-1")
        #expect(bench.events.all.last == "journal lost")
        // What it says is the safe side: unresolved, so that nobody orders again.
        #expect(try await bench.entries().map(\.state) == [.sent])
    }

    @Test("keeps the next provider from being tried, since the refusal isn't on record")
    func failover() async throws {
        let second = ScriptedProvider("second")
        let bench = try OrderingBench(
            [ScriptedProvider("ca", [.refuse(.unavailable)]), second],
            routes: [Route(targets: [RouteTarget(provider: "ca"), RouteTarget(provider: "second")])],
            journal: FailingJournal(failingAfter: 2)
        )
        #expect(await bench.failure()?.code == .unavailable)
        #expect(second.calls.isEmpty)
    }

    @Test("still ends a lost answer as an unknown outcome with the key, or as the order that was found")
    func lost() async throws {
        let provider = ScriptedProvider("ca", [.lose])
        let bench = try OrderingBench([provider], journal: FailingJournal(failingAfter: 2))
        let error = try #require(await bench.failure(provider: "ca", options: bench.options(key: "k")))
        #expect(error.code == .outcomeUnknown)
        #expect(error.journalKey == "k")
        #expect(error.receipt?.orderID == "ca-1")
    }
}
