public import CertProtocol
internal import Logging
internal import Metrics
internal import Tracing

/// Several accounts at several certificate authorities behind one set of calls.
///
/// ```swift
/// let loaded = try await ConfigurationLoader(registry: registry).load(path: "plugins.yaml")
/// let host = try CertificateHost(configuration: loaded.configuration, registry: registry)
/// for await event in try host.listCertificates() { … }
/// ```
///
/// Calls that name a provider throw `CertificateError`. Calls to several return a ``FanOut``, in which one provider's
/// failure is an outcome among the others.
public struct CertificateHost: Sendable {
    /// What the host was made from.
    public internal(set) var configuration: HostConfiguration
    /// The providers in their configured order, disabled ones included.
    public internal(set) var providers: [ConfiguredProvider]
    /// What made the providers, and makes those of a later configuration.
    let assembly: ProviderAssembly
    /// Where mutating calls are written down; `nil` where none can be made.
    public let journal: (any Journal)?
    /// What checks certificates before they are handed over; `nil` where nobody does.
    public let verifier: (any IssuanceVerifier)?
    /// The times that ordering goes by.
    public let orderingPolicy: OrderingPolicy
    let clock: OperationClock
    var logger = Logger(label: "certhost.host")
    var auditLogger = Logger(label: "certhost.audit")

    /// A host over the providers of a configuration. Does no I/O.
    ///
    /// - Parameters:
    ///   - configuration: the providers and routes.
    ///   - registry: the adapters that the configuration names.
    ///   - clock: the time.
    ///   - circuitBreaker: when calls to a provider that is down fail at once; `nil` for never. It is for programs that run
    ///     long. One that makes a single request of its user's, as the command does, has no use for it: what would be refused
    ///     is the rest of what was asked for.
    ///   - journal: where mutating calls are written down before they are sent; without one they are refused.
    ///   - verifier: what checks requests before they cost money, and certificates before they are handed over.
    ///   - orderingPolicy: the times that ordering goes by.
    /// - Throws: `invalid_configuration` where a provider can't be made. None is left out.
    public init(
        configuration: HostConfiguration, registry: AdapterRegistry, clock: OperationClock = .system,
        circuitBreaker: CircuitBreaker.Policy? = .default, journal: (any Journal)? = nil,
        verifier: (any IssuanceVerifier)? = nil, orderingPolicy: OrderingPolicy = OrderingPolicy()
    ) throws(CertificateError) {
        assembly = ProviderAssembly(registry: registry, circuitBreaker: circuitBreaker)
        let assembled = assembly.providers(of: configuration)
        if let problem = assembled.problems.first { throw problem }
        providers = assembled.providers
        self.configuration = configuration
        self.clock = clock
        self.journal = journal
        self.verifier = verifier
        self.orderingPolicy = orderingPolicy
    }

    /// The provider of that id.
    ///
    /// - Parameter id: the id.
    /// - Returns: the provider, which is enabled.
    /// - Throws: `invalid_request` where there is none, or it is disabled.
    public func provider(_ id: String) throws(CertificateError) -> ConfiguredProvider {
        guard let provider = providers.first(where: { $0.id == id }) else {
            let known =
                providers.isEmpty
                ? "None is configured" : "Configured are \(providers.map(\.id).joined(separator: ", "))"
            throw CertificateError(.invalidRequest, "There is no provider “\(id)”. \(known).")
        }
        guard provider.isEnabled else {
            throw CertificateError(.invalidRequest, "Provider \(id) is disabled. Set enabled: true to use it.")
        }
        return provider
    }

    /// The one door that every operation goes through: it refuses what isn't declared and what a provider that is down would
    /// not answer, sets the deadline, counts and traces the call, and puts provider and operation on errors.
    ///
    /// Metrics, span and log lines are listed in the article <doc:Observability>.
    func call<Result: Sendable>(
        _ capability: Capability?, on entry: ConfiguredProvider, context: OperationContext,
        _ body: (any CertificateProvider, OperationContext) async throws(CertificateError) -> Result
    ) async throws(CertificateError) -> Result {
        if let capability, !entry.capabilities.operations.contains(capability) {
            throw unsupported(capability, by: entry)
        }
        let operation = capability?.rawValue ?? "health"
        let start = clock.now()
        let outcome = await traced(operation, entry) { span async throws(CertificateError) in
            var inner = context
            inner.metadata["operation"] = operation
            inner.observe = span.observer(after: context.observe)
            return try await guarded(entry, span, context: inner, since: start, body)
        }
        let elapsed = start.duration(to: clock.now())
        Timer(label: "certhost.call.duration", dimensions: [("provider", entry.id), ("operation", operation)])
            .record(duration: elapsed)
        let result: String
        defer {
            Counter(
                label: "certhost.calls",
                dimensions: [("provider", entry.id), ("operation", operation), ("outcome", result)]
            ).increment()
        }
        switch outcome {
        case .success(let value):
            result = "ok"
            return value
        case .failure(let error):
            result = error.code.rawValue
            throw error.filled(provider: entry.id, operation: capability)
        }
    }

    /// Calls the provider within its time, unless it is known to be down, and takes note of what the call says about it.
    private func guarded<Result: Sendable>(
        _ entry: ConfiguredProvider, _ span: CallSpan, context: OperationContext, since start: ContinuousClock.Instant,
        _ body: (any CertificateProvider, OperationContext) async throws(CertificateError) -> Result
    ) async throws(CertificateError) -> Result {
        let latest = start.advanced(by: entry.configuration.timeout)
        let callersDeadline = context.deadline
        var context = context
        context.deadline = callersDeadline.map { min($0, latest) } ?? latest
        guard let circuit = entry.circuit else { return try await body(entry.provider, context) }
        let pass: CircuitBreaker.Pass
        do throws(CertificateError) {
            pass = try circuit.admit(at: start)
        } catch {
            span.refused(error)
            throw error
        }
        do throws(CertificateError) {
            let result = try await body(entry.provider, context)
            circuit.record(.answered, of: pass, at: clock.now(), logger: logger)
            return result
        } catch {
            let end = clock.now()
            let wasCutShort = Task.isCancelled || (callersDeadline.map { $0 < latest && $0 <= end } ?? false)
            circuit.record(.init(error, wasCutShort: wasCutShort), of: pass, at: end, logger: logger)
            throw error
        }
    }

    /// The error for what a provider doesn't offer, naming those that do.
    func unsupported(_ capability: Capability, by entry: ConfiguredProvider) -> CertificateError {
        var error = CertificateError.unsupported(capability)
        error.provider = entry.id
        error.capableProviders = providers.filter {
            $0.isEnabled && $0.capabilities.operations.contains(capability)
        }.map(\.id)
        let others =
            error.capableProviders.isEmpty
            ? "No configured provider does." : "These do: \(error.capableProviders.joined(separator: ", "))."
        error.message = "\(entry.id) (\(entry.title)) does not offer \(capability.rawValue). \(others)"
        return error
    }

    private func traced<Result: Sendable>(
        _ operation: String, _ entry: ConfiguredProvider,
        _ body: (CallSpan) async throws(CertificateError) -> Result
    ) async -> Swift.Result<Result, CertificateError> {
        await withSpan("certhost \(operation)", ofKind: .client) { span in
            let span = CallSpan(span, provider: entry.id, operation: operation)
            do throws(CertificateError) {
                return .success(try await body(span))
            } catch {
                span.failed(error)
                return .failure(error)
            }
        }
    }
}

extension CertificateError {
    /// The error with provider and operation filled in where the adapter left them open.
    func filled(provider: String, operation: Capability?) -> CertificateError {
        var error = self
        error.provider = error.provider ?? provider
        error.operation = error.operation ?? operation
        return error
    }
}
