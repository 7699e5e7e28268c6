internal import CertProtocol
internal import HTTPTypes
internal import Hummingbird

/// Both certificate authorities' routes, each behind its own gate.
func sandboxRouter(
    _ options: SandboxOptions, authority: SandboxAuthority, today: Int,
    now: @escaping @Sendable () -> ContinuousClock.Instant, log: RequestLog, faults: FaultPlan
) -> Router<SandboxContext> {
    let orders = max(0, min(options.orders, SandboxOptions.mostOrders))
    let router = Router(context: SandboxContext.self)
    router.add(middleware: RequestRecorder(log: log))
    router.add(middleware: FaultInjector(plan: faults))
    if let delay = options.latency { router.add(middleware: Latency(delay: delay)) }
    if !options.limits.isEmpty { router.add(middleware: StrictLimits(options.limits, now: now, log: log)) }
    router.add(middleware: AuthorityGate(authority: DigiCertGate()))
    router.add(middleware: AuthorityGate(authority: NCPGate()))
    let digiCert = DigiCertLedger(estate: DigiCertEstate(orders: orders, today: today), authority: authority)
    let services = router.group("services/v2")
    DigiCertRoutes(ledger: digiCert).add(to: services)
    DigiCertOrderingRoutes(ledger: digiCert).add(to: services)
    DigiCertDownloadRoutes(ledger: digiCert).add(to: services)
    let ncp = NCPLedger(estate: NCPEstate(orders: orders, today: today), authority: authority)
    NCPRoutes(ledger: ncp).add(to: router.group("api"))
    NCPOrderingRoutes(ledger: ncp).add(to: router.group("api"))
    return router
}

/// What stands in front of a certificate authority's routes.
protocol Authority: Sendable {
    /// Where its paths start, with a trailing slash.
    var pathPrefix: String { get }
    /// The answer to a path that it doesn't know.
    var unknownRoute: Answer { get }
    /// Checks the request's credentials.
    func authenticate(_ request: Request) throws(Refusal)
    /// Adds the headers that every answer carries.
    func finish(_ response: inout Response, isFromGate: Bool)
}

/// Lets authenticated requests through to one certificate authority's routes and turns refusals and unknown paths into
/// the answers that it documents.
struct AuthorityGate<Gatekeeper: Authority>: RouterMiddleware {
    typealias Context = SandboxContext

    let authority: Gatekeeper

    @concurrent func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard request.uri.path.hasPrefix(authority.pathPrefix) else { return try await next(request, context) }
        var response: Response
        var isFromGate = true
        do {
            try authority.authenticate(request)
            do {
                response = try await next(request, context)
                isFromGate = false
            } catch let refusal as Refusal {
                response = refusal.answer.response
                isFromGate = false
            }
        } catch let refusal as Refusal {
            response = refusal.answer.response
        } catch is HTTPError {
            response = authority.unknownRoute.response
        }
        authority.finish(&response, isFromGate: isFromGate)
        return response
    }
}

/// Writes every request down before anything else looks at it.
struct RequestRecorder: RouterMiddleware {
    typealias Context = SandboxContext

    let log: RequestLog

    @concurrent func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        log.record(RecordedRequest(method: request.method.rawValue, target: request.head.path ?? ""))
        return try await next(request, context)
    }
}

extension RouterGroup<SandboxContext> {
    /// Adds a route that reads the query and path parameters and answers without waiting for anything.
    func get(_ path: RouterPath, answer: @escaping @Sendable (QueryItems, Parameters) throws -> Answer) {
        on(path, method: .get) { request, context -> Response in
            try answer(QueryItems(request.head.path ?? ""), context.parameters).response
        }
    }
}
