internal import AdapterHTTP
internal import CertProtocol

/// One account at NAVER Cloud Platform.
///
/// The version of the API is what the configuration says. It is never changed because a call failed: v1 shows only a part
/// of what v2 shows, and that part would pass for the whole.
struct NCPProvider: CertificateProvider {
    let capabilities: ProviderCapabilities
    let id: String
    let settings: NCPSettings
    let api: NCPAPI
    let clock: OperationClock

    init(settings: NCPSettings, context: AdapterContext, transport: any ClientTransport, clock: OperationClock) {
        id = context.providerID
        self.settings = settings
        self.clock = clock
        api = NCPAPI(settings: settings, context: context, transport: transport, clock: clock)
        capabilities = ProviderCapabilities(settings)
    }

    func listCertificates(
        _ request: ListCertificatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        try await page(request, named: nil, context)
    }

    /// A page of the list, or of what has that name in it.
    func page(
        _ request: ListCertificatesRequest, named name: String?, _ context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        guard settings.api == .v2 else {
            try requireFirstPage(request.cursor)
            let answer = try await api.externalCertificates(named: name, context: context)
            return wholeList(answer, { Certificate($0, provider: id) }, identifiedBy: \.listIdentity)
        }
        let position = try NCPListPosition(request)
        var page =
            switch position.part {
            case .paid: position.page(try await api.paidCertificates(position, named: name, context: context), id)
            case .all: position.page(try await api.certificates(position, named: name, context: context), id)
            }
        page.problems = api.http.redactor.redacted(page.problems)
        return page
    }

    func orderDetail(
        _ request: OrderDetailRequest, context: OperationContext
    ) async throws(CertificateError) -> Order {
        try require(.orderDetail)
        guard case .order(let orderID) = request.reference else {
            var error = CertificateError.unsupported(.orderDetail)
            error.message =
                "NAVER Cloud finds orders by their id only, not by \(request.reference.lookup.rawValue)."
            throw error
        }
        return try await order(orderID, context)
    }

    func listChanges(
        _ request: ListChangesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<StatusChange> {
        try require(.listChanges)
        try requireFirstPage(request.cursor)
        let answer = try await api.recentChanges(seconds: request.seconds(), context: context)
        return wholeList(answer, { StatusChange($0, provider: id) }, identifiedBy: \.listIdentity)
    }

    func listProducts(
        _ request: ListProductsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Product> {
        try require(.listProducts)
        try requireFirstPage(request.cursor)
        let answer = try await api.certificateTypes(context: context)
        return wholeList(answer, { Product($0, provider: id) }, identifiedBy: \.product)
    }

    func listOrganizations(
        _ request: ListOrganizationsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Organization> {
        try require(.listOrganizations)
        try requireFirstPage(request.cursor)
        let answer = try await api.organizations(context: context)
        return wholeList(answer, { Organization($0, provider: id) }, identifiedBy: \.organizationID)
    }

    func checkHealth(_ request: HealthCheckRequest, context: OperationContext) async throws(CertificateError) {
        switch settings.api {
        case .v1: _ = try await api.externalCertificates(context: context)
        case .v2: _ = try await api.certificateTypes(context: context)
        }
    }

    /// Refuses what the configured version of the API doesn't have.
    func require(_ capability: Capability) throws(CertificateError) {
        guard capabilities.operations.contains(capability) else { throw .unsupported(capability) }
    }

    /// Refuses further pages of a list that has one.
    private func requireFirstPage(_ cursor: Cursor?) throws(CertificateError) {
        guard cursor == nil else { throw .foreignCursor }
    }

    /// A list that one request has read to its end.
    private func wholeList<Row, Item>(
        _ answer: NCP.ListAnswer<Row>, _ item: (Row) -> Item, identifiedBy identity: (Item) -> String
    ) -> Page<Item> {
        var page = Page(answer.rows.map(item), identifiedBy: identity)
        page.total = answer.claimedTotal
        page.problems = api.http.redactor.redacted(answer.problems)
        return page
    }
}
