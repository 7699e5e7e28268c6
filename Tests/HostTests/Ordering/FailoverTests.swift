import CertProtocol
import FoundationEssentials
import Host
import TestSupport
import Testing

@Suite("The next target of a route")
struct FailoverTests {
    private static let routes = [
        Route(targets: [RouteTarget(provider: "first", product: "A"), RouteTarget(provider: "second", product: "B")])
    ]

    @Test(
        "is tried after failures that prove nothing was ordered and that another authority may not have",
        arguments: [
            (CertificateError.Code.unavailable, true), (.rateLimited, true), (.timeout, true), (.permission, true),
            (.rejected, true), (.unsupported, true), (.authentication, false), (.invalidConfiguration, false),
            (.invalidRequest, false), (.notFound, false), (.cancelled, false),
        ]
    )
    func perCode(_ code: CertificateError.Code, goesOn: Bool) async throws {
        let first = ScriptedProvider("first", [.refuse(code)])
        let second = ScriptedProvider("second")
        let bench = try OrderingBench([first, second], routes: Self.routes)
        let error = await bench.failure(options: bench.options(key: "k"))
        #expect(first.calls == ["issue A"])
        #expect(second.calls == (goesOn ? ["issue B"] : []))
        #expect(error?.code == (goesOn ? nil : code))
        let entry = try #require(try await bench.entries().first)
        #expect(entry.state == (goesOn ? .accepted : .refused))
        #expect(entry.attempts.map(\.provider) == (goesOn ? ["first", "second"] : ["first"]))
        #expect(entry.attempts.first?.outcome == code.rawValue)
        if goesOn {
            #expect(bench.events.all.contains("failed over first second \(code)"))
            #expect(entry.provider == "second")
            #expect(entry.product == "B")
        }
    }

    @Test(
        "is never tried where something may have been ordered",
        arguments: [ScriptedProvider.Step.lose, .drop, .refuse(.malformedResponse), .refuse(.verificationFailed)]
    )
    func neverAfterUnknown(_ step: ScriptedProvider.Step) async throws {
        let first = ScriptedProvider("first", [step])
        first.set(lookup: .silent)
        let second = ScriptedProvider("second")
        let bench = try OrderingBench([first, second], routes: Self.routes)
        #expect(await bench.failure()?.code == .outcomeUnknown)
        #expect(second.calls.isEmpty)
        // Nor by a later call: it might be the same order at another authority.
        first.set(script: [.refuse(.unavailable)])
        #expect(await bench.failure()?.code == .outcomeUnknown)
        #expect(second.calls.isEmpty)
    }

    @Test("an order that went to the second target keeps another from going to the first")
    func duplicateAcrossTargets() async throws {
        let first = ScriptedProvider("first", [.refuse(.unavailable)])
        let second = ScriptedProvider("second")
        let bench = try OrderingBench([first, second], routes: Self.routes)
        #expect(await bench.failure() == nil)
        let error = await bench.failure()
        #expect(error?.code == .rejected)
        #expect(error?.message.contains("second/second-1") == true)
        #expect(first.orderCount == 0)
    }

    @Test("a call that names its provider stays there")
    func named() async throws {
        let second = ScriptedProvider("second")
        let bench = try OrderingBench(
            [ScriptedProvider("first", [.refuse(.unavailable)]), second], routes: Self.routes
        )
        #expect(await bench.failure(provider: "first")?.code == .unavailable)
        #expect(second.calls.isEmpty)
    }

    @Test("when all have failed, the last failure tells of the others")
    func all() async throws {
        let bench = try OrderingBench(
            [ScriptedProvider("first", [.refuse(.unavailable)]), ScriptedProvider("second", [.refuse(.rejected)])],
            routes: Self.routes
        )
        let error = try #require(await bench.failure(options: bench.options(key: "k")))
        #expect(error.code == .rejected)
        #expect(error.provider == "second")
        #expect(error.message.contains("first: unavailable"))
        #expect(error.journalKey == "k")
    }

    @Test("a target that can't issue, or a route without one that can, is said without traffic")
    func incapable() async throws {
        let first = ScriptedProvider("first", operations: [.orderDetail])
        let second = ScriptedProvider("second")
        let bench = try OrderingBench([first, second], routes: Self.routes)
        #expect(await bench.failure() == nil)
        #expect(first.calls.isEmpty)
        let none = try OrderingBench(
            [first, second], routes: [Route(targets: [RouteTarget(provider: "first")])]
        )
        let error = try #require(await none.failure())
        #expect(error.code == .unsupported)
        #expect(error.capableProviders == ["second"])
        #expect(error.message.contains("first does not offer issue"))
    }

    @Test("is not tried once the caller's time is over")
    func noTime() async throws {
        let second = ScriptedProvider("second")
        let bench = try OrderingBench(
            [ScriptedProvider("first", [.refuse(.timeout)]), second], routes: Self.routes
        )
        let error = await bench.failure(context: OperationContext(deadline: bench.clock.now))
        #expect(error?.code == .timeout)
        #expect(second.calls.isEmpty)
    }
}
