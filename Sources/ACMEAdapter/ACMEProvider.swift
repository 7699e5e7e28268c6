internal import AdapterHTTP
internal import CertProtocol

/// One account at one ACME server.
struct ACMEProvider: CertificateProvider {
    let capabilities = ProviderCapabilities.acme
    let id: String
    let settings: ACMESettings
    let api: ACMEAPI
    let publisher: Publisher
    let clock: OperationClock

    init(
        settings: ACMESettings, context: AdapterContext, transport: any ClientTransport, clock: OperationClock
    ) {
        id = context.providerID
        self.settings = settings
        self.clock = clock
        api = ACMEAPI(settings: settings, context: context, transport: transport, clock: clock)
        publisher = Publisher(settings, clock: clock)
    }

    /// The one product. ACME has no list of them, so nobody is asked.
    func listProducts(
        _ request: ListProductsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Product> {
        try ACMEProduct.page(request, of: id)
    }

    /// An order of this account. One that was begun here is taken on by it as far as it goes without waiting: it is finalized
    /// where it is ready, and what is published without a person is published, or taken away again.
    func orderDetail(
        _ request: OrderDetailRequest, context: OperationContext
    ) async throws(CertificateError) -> Order {
        guard case .order(let orderID) = request.reference else {
            throw .unsent("ACME finds orders by their id only, not by \(request.reference.lookup.rawValue).")
        }
        let location = try ACMELocation(id: orderID, at: api.origin)
        let api = api.during(context)
        var order = try await api.order(location).record
        do throws(CertificateError) {
            order = try await takeOn(location, order, .init(limit: clock.now()), context) ?? order
        } catch  where error.code == .rejected {
            // An order that has ended is shown as it is; one that stays open for too long is an error.
            order = try await api.order(location).record
            if order.status != "invalid" { throw error }
        }
        var shown = try Order(order, at: location, origin: api.origin, provider: id)
        guard order.status != "valid" else { return shown }
        shown.requests = try await api.authorizations(of: order).map { OrderRequest($0.record, provider: id) }
        return shown
    }

    /// What came of an order that was sent from here.
    ///
    /// An order whose URL nobody has learnt can't be finalized by anybody: nothing comes of it, and it is `notFound`. What was
    /// begun elsewhere, or revoked, ACME has no way to look up.
    func findOrder(
        _ request: FindOrderRequest, context: OperationContext
    ) async throws(CertificateError) -> FoundOrder {
        guard request.operation == .issue, let record = try api.state.record(forKey: request.journalKey) else {
            return .cannotTell
        }
        guard let orderID = record.orderID else { return .notFound }
        // A process that ended between two files has left the second one to the next.
        try api.state.save(record)
        let location = try ACMELocation(id: orderID, at: api.origin)
        do throws(CertificateError) {
            return .found(
                try Order(
                    try await api.during(context).order(location).record, at: location, origin: api.origin, provider: id
                ))
        } catch  where error.code == .notFound {
            // The server has forgotten it, and doesn't say what came of it before.
            return .cannotTell
        }
    }

    /// Reads the directory and looks the account up. Where there is none yet, one has to be possible.
    func checkHealth(_ request: HealthCheckRequest, context: OperationContext) async throws(CertificateError) {
        try await api.during(context).checkAccount()
    }
}
