import CertProtocol
import FoundationEssentials
import Host
import TestSupport
import Testing

@Suite("Reconciling the journal")
struct ReconcileTests {
    /// A bench with one entry whose outcome is unknown.
    private func lost(
        _ step: ScriptedProvider.Step, lookup: ScriptedProvider.FoundOrderScript = .failing(.unavailable)
    ) async throws -> (OrderingBench, ScriptedProvider) {
        let provider = ScriptedProvider("ca", [step])
        provider.set(lookup: lookup)
        let bench = try OrderingBench([provider])
        #expect(await bench.failure(provider: "ca", options: bench.options(key: "k"))?.code == .outcomeUnknown)
        return (bench, provider)
    }

    private func outcome(_ bench: OrderingBench) async throws -> String {
        let all = try await bench.host.reconcile("k")
        #expect(all.count == 1)
        return switch try #require(all.first).outcome {
        case .found: "found"
        case .notExecuted: "not executed"
        case .notFound: "not found"
        case .cannotTell: "cannot tell"
        case .skipped: "skipped"
        case .settled: "settled"
        case .failed(let error): "failed \(error.code)"
        @unknown default: "?"
        }
    }

    @Test("an order that was carried out is found, and the same key returns it")
    func found() async throws {
        let (bench, provider) = try await lost(.lose)
        provider.set(lookup: .truth)
        bench.clock.advance(by: .seconds(40))
        #expect(try await outcome(bench) == "found")
        #expect(try await outcome(bench) == "settled")
        let receipt = try await bench.host.issue(.sample(), provider: "ca", options: bench.options(key: "k"))
        #expect(receipt.orderID == "ca-1")
        #expect(provider.orderCount == 1)
        let (_, records) = try #require(try await bench.host.journalEntry("k"))
        #expect(records.map(\.phase) == [.before, .after, .reconciled])
        #expect(records.last?.orderID == "ca-1")
    }

    @Test("an entry whose call may still be under way is left alone")
    func skipped() async throws {
        let (bench, provider) = try await lost(.lose)
        let calls = provider.calls.count
        // The provider's 30 seconds, and one for the way there.
        bench.clock.advance(by: .seconds(31))
        #expect(try await outcome(bench) == "skipped")
        #expect(provider.calls.count == calls)
    }

    @Test("only two empty lookups, the second long enough after the deadline, free the key")
    func notExecuted() async throws {
        let (bench, provider) = try await lost(.drop, lookup: .hidden)
        bench.clock.advance(by: .seconds(35))
        #expect(try await outcome(bench) == "not found")
        #expect(try await outcome(bench) == "not found")
        // Still not sent again.
        #expect(await bench.failure(provider: "ca", options: bench.options(key: "k"))?.code == .outcomeUnknown)
        bench.clock.advance(by: .seconds(60))
        #expect(try await outcome(bench) == "not executed")
        #expect(provider.orderCount == 0)
        #expect(await bench.failure(provider: "ca", options: bench.options(key: "k")) == nil)
        #expect(provider.orderCount == 1)
    }

    @Test("one run is enough where the settle time is over, and it looks twice")
    func twoLookups() async throws {
        let (bench, provider) = try await lost(.drop)
        provider.set(lookup: .hidden)
        bench.clock.advance(by: .seconds(1000))
        let before = provider.calls.count
        #expect(try await outcome(bench) == "not executed")
        #expect(provider.calls.count == before + 2)
    }

    @Test("what can't be told, or fails, changes nothing")
    func cannotTell() async throws {
        let (bench, provider) = try await lost(.lose)
        bench.clock.advance(by: .seconds(1000))
        provider.set(lookup: .silent)
        #expect(try await outcome(bench) == "cannot tell")
        provider.set(lookup: .failing(.authentication))
        #expect(try await outcome(bench) == "failed authentication")
        #expect(try await bench.entries().map(\.state) == [.outcomeUnknown])
        provider.set(lookup: .truth)
        #expect(try await bench.host.reconcile().count == 1)
        #expect(try await bench.entries().map(\.state) == [.reconciled])
        #expect(try await bench.host.reconcile().isEmpty)
    }

    @Test("an entry of a provider that is gone from the configuration fails by itself, not the others")
    func goneProvider() async throws {
        let journal = MemoryJournal()
        for id in ["old", "ca"] {
            let provider = ScriptedProvider(id, [.lose])
            provider.set(lookup: .silent)
            let bench = try OrderingBench([provider], journal: journal)
            #expect(await bench.failure(provider: id, options: bench.options(key: id)) != nil)
        }
        let bench = try OrderingBench([ScriptedProvider("ca")], journal: journal)
        bench.clock.advance(by: .seconds(1000))
        let all = try await bench.host.reconcile()
        #expect(all.map(\.entry.key) == ["old", "ca"])
        guard case .failed(let error) = all[0].outcome else {
            Issue.record("It was not failed.")
            return
        }
        #expect(error.code == .invalidRequest)
        #expect(all[1].entry.state == .notExecuted)
    }

    @Test("a key that isn't there is not found")
    func unknownKey() async throws {
        let bench = try OrderingBench([ScriptedProvider()])
        await #expect(throws: CertificateError(.notFound, "")) { try await bench.host.reconcile("none") }
    }

    @Test("a call of the same key settles what a process that has gone left behind")
    func afterCrash() async throws {
        let journal = MemoryJournal()
        let provider = ScriptedProvider("ca", [.wait(Gate())])
        let bench = try OrderingBench([provider], journal: journal)
        let crashed = Task { await bench.failure(provider: "ca", options: bench.options(key: "k")) }
        while provider.orderCount == 0 { await Task.yield() }
        // The process is gone as far as anyone can see; its entry says sent.
        let next = try OrderingBench([provider], journal: journal)
        next.clock.advance(by: .seconds(100))
        let receipt = try await next.host.issue(.sample(), provider: "ca", options: next.options(key: "k"))
        #expect(receipt.orderID == "ca-1")
        #expect(provider.orderCount == 1)
        #expect(next.events.all == ["waiting", "looking up ca", "replayed"])
        crashed.cancel()
    }
}
