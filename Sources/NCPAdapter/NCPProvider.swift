internal import AdapterHTTP
internal import CertProtocol

/// One account at NAVER Cloud Platform.
///
/// The version of the API is what the configuration says. It is never changed because a call failed: v1 shows only a part
/// of what v2 shows, and that part would pass for the whole.
struct NCPProvider: CertificateProvider {
    let capabilities: ProviderCapabilities
    private let id: String
    private let version: NCPSettings.APIVersion
    private let api: NCPAPI

    init(settings: NCPSettings, context: AdapterContext, transport: any ClientTransport, clock: OperationClock) {
        id = context.providerID
        version = settings.api
        api = NCPAPI(settings: settings, context: context, transport: transport, clock: clock)
        capabilities =
            switch settings.api {
            case .v1: ProviderCapabilities(operations: [.listCertificates])
            case .v2:
                ProviderCapabilities(
                    operations: [.listCertificates, .orderDetail, .listChanges, .listProducts, .listOrganizations],
                    lookups: [.order],
                    pageSize: NCPListPosition.defaultSize
                )
            }
    }

    func listCertificates(
        _ request: ListCertificatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        guard version == .v2 else {
            try requireFirstPage(request.cursor)
            let answer = try await api.externalCertificates(context: context)
            return wholeList(answer, { Certificate($0, provider: id) }, identifiedBy: \.listIdentity)
        }
        let position = try NCPListPosition(request)
        switch position.part {
        case .paid:
            let answer = try await api.paidCertificates(page: position.page, pageSize: position.size, context: context)
            return position.page(
                answer.rows.flatMap { Certificate.rows(of: $0, provider: id) },
                rowCount: answer.rows.count + answer.problems.count,
                total: answer.claimedTotal,
                problems: api.http.redactor.redacted(answer.problems + answer.rows.flatMap(\.problems))
            )
        case .all:
            let answer = try await api.certificates(page: position.page, pageSize: position.size, context: context)
            return position.page(
                answer.rows.map { Certificate($0, provider: id) },
                rowCount: answer.rows.count + answer.problems.count,
                total: answer.claimedTotal,
                problems: api.http.redactor.redacted(answer.problems)
            )
        }
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
        guard !orderID.isEmpty, orderID.utf8.allSatisfy(Self.isIDByte) else {
            throw CertificateError(
                .invalidRequest, "An order id consists of letters, digits, - and _; this one does not."
            )
        }
        var order = Order(try await api.order(orderID, context: context), provider: id)
        order.problems = api.http.redactor.redacted(order.problems)
        return order
    }

    func listChanges(
        _ request: ListChangesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<StatusChange> {
        try require(.listChanges)
        try requireFirstPage(request.cursor)
        guard request.since > .zero, request.since <= ListChangesRequest.longestWindow else {
            throw CertificateError(
                .invalidRequest, "Changes can be asked for over more than nothing and seven days at most."
            )
        }
        // Rounded up: a second more loses nothing, and 0 isn't allowed.
        let parts = request.since.components
        let seconds = parts.seconds + (parts.attoseconds > 0 ? 1 : 0)
        let answer = try await api.recentChanges(seconds: seconds, context: context)
        return wholeList(answer, { StatusChange($0, provider: id) }) { change in
            [change.orderID, change.certificateID, change.providerStatus].map { $0 ?? "" }.joined(separator: "/")
        }
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
        switch version {
        case .v1: _ = try await api.externalCertificates(context: context)
        case .v2: _ = try await api.certificateTypes(context: context)
        }
    }

    /// Refuses what the configured version of the API doesn't have.
    private func require(_ capability: Capability) throws(CertificateError) {
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

    private static func isIDByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
