import CertProtocol
import TestSupport
import Testing

@testable import Host

/// A provider that fails as it is told, and counts how often it was asked.
private final class FailingProvider: CertificateProvider {
    typealias Behaviour = @Sendable (Int) async throws(CertificateError) -> Void

    let capabilities = ProviderCapabilities(operations: [.listCertificates])
    private let behaviour: Behaviour
    private let count = Locked(0)

    var calls: Int { count.withLock(\.self) }

    init(_ behaviour: @escaping Behaviour) { self.behaviour = behaviour }

    func checkHealth(_ request: HealthCheckRequest, context: OperationContext) async throws(CertificateError) {
        let number = count.withLock { count in
            count += 1
            return count
        }
        try await behaviour(number)
    }
}

extension CertificateHost {
    fileprivate init(
        _ providers: [(String, FailingProvider)], clock: ManualClock,
        circuitBreaker: CircuitBreaker.Policy? = .init(failures: 2, firstPause: .seconds(10))
    ) throws {
        let factories = providers.map { id, provider in
            AdapterFactory(name: id, title: "Example CA", settings: SettingsDeclaration([]), defaultLimits: []) {
                _, _ throws(CertificateError) in provider
            }
        }
        try self.init(
            configuration: HostConfiguration(
                journalPath: "",
                providers: providers.map { id, _ in
                    ProviderConfiguration(id: id, adapter: id, limits: [], settings: SettingsValues([:]))
                }, routes: []
            ),
            registry: AdapterRegistry(factories), clock: clock.operationClock, circuitBreaker: circuitBreaker
        )
    }

    fileprivate func failure(
        _ id: String = "p", context: OperationContext = OperationContext()
    ) async -> CertificateError? {
        do throws(CertificateError) {
            try await checkHealth(of: id, context: context)
            return nil
        } catch {
            return error
        }
    }
}

@Suite("A host over a provider that is down")
struct HostCircuitTests {
    @Test("fails fast with the reason and the time of the next try, probes once, and is back after a success")
    func wholeStory() async throws {
        let clock = ManualClock()
        let provider = FailingProvider { number throws(CertificateError) in
            guard number <= 3 else { return }
            var error = CertificateError(.unavailable, "The connection to ca.example broke (reset).")
            error.providerCode = "gateway:500"
            throw error
        }
        let host = try CertificateHost([("p", provider)], clock: clock)
        for _ in 1...2 {
            let error = await host.failure()
            #expect(error?.message == "The connection to ca.example broke (reset).")
        }
        clock.advance(by: .milliseconds(2500))
        let refused = try #require(await host.failure())
        #expect(refused.code == .unavailable)
        #expect(refused.provider == "p")
        #expect(refused.retryAfter == .milliseconds(7500))
        #expect(refused.providerCode == "gateway:500")
        #expect((refused.underlying as? CertificateError)?.code == .unavailable)
        #expect(
            refused.message
                == "Nothing was sent: Example CA has failed 2 times in a row and is tried again in 8 s at the earliest. "
                + "The last failure was unavailable: The connection to ca.example broke (reset)."
        )
        #expect(provider.calls == 2)

        clock.advance(by: .milliseconds(7500))
        #expect(await host.failure()?.message == "The connection to ca.example broke (reset).", "the probe")
        #expect(await host.failure()?.retryAfter == .seconds(20))
        #expect(provider.calls == 3)

        clock.advance(by: .seconds(20))
        for _ in 1...3 { #expect(await host.failure() == nil) }
        #expect(provider.calls == 6)
    }

    @Test("a copy of the host knows what the other has met, and the other provider is asked as ever")
    func oneProviderOnly() async throws {
        let down = FailingProvider { _ throws(CertificateError) in throw CertificateError(.timeout, "No answer.") }
        let up = FailingProvider { _ in }
        let host = try CertificateHost([("p", down), ("q", up)], clock: ManualClock())
        let copy = host
        for _ in 1...5 { _ = await host.failure() }
        #expect(await copy.failure()?.message.hasPrefix("Nothing was sent") == true)
        #expect(down.calls == 2)
        for _ in 1...5 { #expect(await copy.failure("q") == nil) }
        #expect(up.calls == 5)
    }

    @Test(
        "a provider that refuses for its own reasons is asked every time",
        arguments: [
            .authentication, .permission, .notFound, .rejected, .rateLimited, .malformedResponse, .cancelled,
        ] as [CertificateError.Code]
    )
    func refusals(_ code: CertificateError.Code) async throws {
        let provider = FailingProvider { _ throws(CertificateError) in throw CertificateError(code, "No.") }
        let host = try CertificateHost([("p", provider)], clock: ManualClock())
        for _ in 1...10 { #expect(await host.failure()?.code == code) }
        #expect(provider.calls == 10)
    }

    @Test("a lost answer of a mutating call counts as a failure")
    func outcomeUnknown() async throws {
        let provider = FailingProvider { _ throws(CertificateError) in throw CertificateError(.outcomeUnknown, "Lost.")
        }
        let host = try CertificateHost([("p", provider)], clock: ManualClock())
        for _ in 1...2 { #expect(await host.failure()?.code == .outcomeUnknown) }
        #expect(await host.failure()?.code == .unavailable, "nothing is sent, so nothing is uncertain")
        #expect(provider.calls == 2)
    }

    @Test("callers without patience don't take a provider away from the others")
    func impatience() async throws {
        let clock = ManualClock()
        let provider = FailingProvider { _ throws(CertificateError) in
            clock.advance(by: .seconds(2))
            throw CertificateError(.timeout, "No answer in time.")
        }
        let host = try CertificateHost([("p", provider)], clock: clock)
        for _ in 1...5 {
            let context = OperationContext(deadline: clock.now.advanced(by: .seconds(1)))
            #expect(await host.failure(context: context)?.code == .timeout)
        }
        #expect(provider.calls == 5)
        for _ in 1...3 { _ = await host.failure() }
        #expect(provider.calls == 7, "with the provider's own time, two are enough")
    }

    @Test("while a probe is under way, everyone else fails fast")
    func oneProbe() async throws {
        let clock = ManualClock()
        let (gate, opening) = AsyncStream<Void>.makeStream()
        let provider = FailingProvider { number throws(CertificateError) in
            guard number > 2 else { throw CertificateError(.unavailable, "It is down.") }
            for await _ in gate { break }
        }
        let host = try CertificateHost([("p", provider)], clock: clock)
        for _ in 1...2 { _ = await host.failure() }
        clock.advance(by: .seconds(10))
        let probe = Task { await host.failure() }
        while provider.calls < 3 { await Task.yield() }
        await withTaskGroup(of: CertificateError?.self) { group in
            for _ in 1...20 { group.addTask { await host.failure() } }
            for await error in group { #expect(error?.code == .unavailable) }
        }
        #expect(provider.calls == 3)
        opening.finish()
        #expect(await probe.value == nil)
        #expect(await host.failure() == nil)
    }

    @Test("without a policy every call is made")
    func off() async throws {
        let provider = FailingProvider { _ throws(CertificateError) in throw CertificateError(.unavailable, "Down.") }
        let host = try CertificateHost([("p", provider)], clock: ManualClock(), circuitBreaker: nil)
        for _ in 1...20 { _ = await host.failure() }
        #expect(provider.calls == 20)
    }
}
