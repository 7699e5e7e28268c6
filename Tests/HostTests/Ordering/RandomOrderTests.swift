import CertProtocol
import FoundationEssentials
import Host
import TestSupport
import Testing

/// Random histories of one key: orders, lost answers, refusals, lookups that see nothing or fail, time that passes.
@Suite("Whatever happens, in whatever order")
struct RandomOrderTests {
    /// A generator that a failing history can be repeated with.
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
    }

    @Test("a key orders at most once, nothing that was ordered is unknown to the journal, and it ends settled")
    func histories() async throws {
        for seed in 0..<300 {
            var random = Seeded(state: UInt64(seed))
            let providers = [ScriptedProvider("first"), ScriptedProvider("second")]
            let bench = try OrderingBench(
                providers,
                routes: [Route(targets: [RouteTarget(provider: "first"), RouteTarget(provider: "second")])]
            )
            for _ in 0..<8 {
                for provider in providers {
                    let steps: [ScriptedProvider.Step] = [
                        .accept(), .accept(.pending), .lose, .drop, .refuse(.unavailable), .refuse(.rejected),
                        .refuse(.authentication), .refuse(.malformedResponse), .acceptAndFail(.unavailable),
                    ]
                    provider.set(script: (0..<3).map { _ in steps.randomElement(using: &random) ?? .drop })
                    // A lookup may fail or say nothing, but what it says is true, as the contract demands.
                    let lookups: [ScriptedProvider.FoundOrderScript] = [.truth, .silent, .failing(.unavailable)]
                    provider.set(lookup: lookups.randomElement(using: &random) ?? .truth)
                }
                if Bool.random(using: &random) {
                    _ = await bench.failure(options: bench.options(key: "k"))
                } else {
                    _ = try await bench.host.reconcile()
                }
                bench.clock.advance(by: .seconds(Int.random(in: 0...120, using: &random)))
            }
            for provider in providers {
                provider.set(lookup: .truth)
                provider.set(script: [])
            }
            bench.clock.advance(by: .seconds(1000))
            _ = try await bench.host.reconcile()
            let receipt = try await bench.host.issue(.sample(), options: bench.options(key: "k"))
            let entry = try #require(try await bench.entries().first, "seed \(seed)")
            #expect(providers.map(\.orderCount).reduce(0, +) == 1, "seed \(seed)")
            #expect(JournalState.ordered.contains(entry.state), "seed \(seed)")
            #expect(receipt.orderID == "\(entry.provider)-1", "seed \(seed)")
        }
    }
}
