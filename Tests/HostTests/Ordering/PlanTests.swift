import CertProtocol
import FoundationEssentials
import Host
import TestSupport
import Testing

@Suite("A dry run")
struct PlanTests {
    @Test("tells where an order would go and what would be sent, and does neither write nor send")
    func plan() async throws {
        let provider = ScriptedProvider("second")
        let bench = try OrderingBench(
            [ScriptedProvider("first", operations: [.cancel]), provider],
            routes: [
                Route(targets: [RouteTarget(provider: "first"), RouteTarget(provider: "second", product: "B")])
            ]
        )
        let plan = try await bench.host.plan(.issue(.sample()), at: nil, options: bench.options())
        #expect(plan.decision.candidates == [RouteTarget(provider: "second", product: "B")])
        #expect(plan.decision.refused.map(\.provider) == ["first"])
        #expect(plan.request.product == "B")
        #expect(plan.key == nil)
        #expect(plan.conflict == nil)
        #expect(provider.calls.isEmpty)
        #expect(try await bench.entries().isEmpty)
    }

    @Test("tells what the journal would say")
    func conflicts() async throws {
        let bench = try OrderingBench([ScriptedProvider()])
        _ = try await bench.host.issue(.sample(), provider: "ca", options: bench.options(key: "k"))
        func plan(_ request: IssueRequest, _ key: String?, insists: Bool = false) async throws -> OrderingPlan {
            try await bench.host.plan(
                .issue(request), at: "ca", options: bench.options(key: key, insists: insists)
            )
        }
        #expect(try await plan(.sample(), nil).conflict?.code == .rejected)
        #expect(try await plan(.sample(), nil, insists: true).conflict == nil)
        let same = try await plan(.sample(), "k")
        #expect(same.conflict == nil)
        #expect(same.isAnswered)
        #expect(same.existing?.orderID == "ca-1")
        #expect(try await plan(.sample("other.example"), "k").conflict?.code == .invalidRequest)
        #expect(try await plan(.sample("other.example"), "k2").isAnswered == false)
    }

    @Test("refuses what the call would refuse")
    func refused() async throws {
        let bench = try OrderingBench([ScriptedProvider("ca", reasons: [])])
        await #expect(throws: CertificateError(.invalidRequest, "")) {
            try await bench.host.plan(
                .revoke(RevokeRequest(orderID: "7", scope: .wholeOrder, reason: .superseded)), at: "ca"
            )
        }
    }
}
