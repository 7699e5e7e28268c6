internal import AdapterHTTP
internal import CertProtocol
internal import HTTPTypes

/// The endpoints of the Services API v2, one function each: here those that lists and orders are read with.
struct DigiCertAPI: Sendable {
    private static let keyHeader = "X-DC-DEVKEY"

    let client: ProviderHTTPClient

    init(
        _ settings: DigiCertSettings, context: AdapterContext, transport: any ClientTransport, clock: OperationClock
    ) {
        let apiKey = settings.apiKey
        client = ProviderHTTPClient(
            root: settings.root,
            context: context,
            transport: transport,
            // DigiCert counts by user, whatever the region; a key is the closest that can be known here.
            limiter: .shared(scope: DigiCert.adapterName, credential: apiKey, context: context, clock: clock),
            secrets: [apiKey],
            clock: clock,
            sign: { request, _ throws(CertificateError) in try Self.authenticate(&request, with: apiKey) },
            readError: { DigiCertErrors.read($0, effect: $1) }
        )
    }

    private static func authenticate(_ request: inout HTTPRequest, with apiKey: Secret) throws(CertificateError) {
        try apiKey.withExposedValue { value throws(CertificateError) in
            guard let name = HTTPField.Name(keyHeader), !value.isEmpty, HTTPField.isValidValue(value) else {
                throw CertificateError(
                    .invalidConfiguration,
                    "api_key is empty or holds characters that no header may carry, such as a line break. Copy it anew."
                )
            }
            var field = HTTPField(name: name, value: value)
            // Keeps the key out of HTTP/2's compression tables.
            field.indexingStrategy = .disallow
            request.headerFields[fields: name] = [field]
        }
    }

    // MARK: - Orders

    /// `GET /order/certificate`: one page of the account's orders.
    func listOrders(
        _ window: PageWindow, filters: [OrderFilter], context: OperationContext
    ) async throws(CertificateError) -> RowList {
        var target = window.applied(to: "/order/certificate", sortedBy: "order_id")
        for filter in filters { target.appendQuery(filter.name, filter.value) }
        return try await list(target, "orders", context)
    }

    /// `GET /order/certificate?limit=1`: the one call that every key may make that can read orders.
    func listOneOrder(context: OperationContext) async throws(CertificateError) -> RowList {
        let target: RequestTarget = "/order/certificate"
        return try await list(target.query("limit", "1"), "orders", context)
    }

    /// `GET /order/certificate?filters[certificate_id]=…`: the orders that a certificate belongs to.
    func listOrders(holding certificate: String, context: OperationContext) async throws(CertificateError) -> RowList {
        let target: RequestTarget = "/order/certificate"
        return try await list(target.query("filters[certificate_id]", certificate), "orders", context)
    }

    /// `GET /order/certificate/{order_id}`: the id may also be the serial number or the thumbprint of the order's primary
    /// certificate.
    func orderInfo(
        _ identifier: String, context: OperationContext
    ) async throws(CertificateError) -> (info: DigiCert.OrderInfo, raw: JSONValue) {
        let answer = try await client.send(HTTPCall(.get, "/order/certificate/\(identifier)"), context: context)
        let raw = try answer.jsonObject()
        guard let info = DigiCert.OrderInfo(raw) else { throw answer.malformed("The order has no readable id.") }
        return (info, raw)
    }

    /// `GET /account/subaccount/order`: one page of the orders of all sub-accounts.
    func listSubaccountOrders(
        _ window: PageWindow, context: OperationContext
    ) async throws(CertificateError) -> RowList {
        try await list(window.applied(to: "/account/subaccount/order", sortedBy: "order_id"), "orders", context)
    }

    /// `GET /order/certificate/status-changes`: the orders whose status changed in the last seconds, 604,800 at most.
    ///
    /// The other form, a range of dates, is in mountain time and leaves out orders that changed again since.
    func listStatusChanges(
        seconds: Int64, context: OperationContext
    ) async throws(CertificateError) -> RowList {
        let target: RequestTarget = "/order/certificate/status-changes"
        return try await list(target.query("seconds", String(seconds)), "orders", mayBeBare: true, context)
    }

    // MARK: - Certificates of an order

    /// `GET /order/certificate/{order_id}/duplicate`: every duplicate; without `show_archived`, archived ones are hidden.
    func listDuplicates(order: String, context: OperationContext) async throws(CertificateError) -> RowList {
        let target: RequestTarget = "/order/certificate/\(order)/duplicate"
        return try await list(target.query("show_archived", "true"), "certificates", context)
    }

    /// `GET /order/certificate/{order_id}/reissue`: every reissue.
    func listReissues(order: String, context: OperationContext) async throws(CertificateError) -> RowList {
        try await list("/order/certificate/\(order)/reissue", "certificates", context)
    }

    // MARK: - The account

    /// `GET /product`: every product that the key's user can order.
    func listProducts(context: OperationContext) async throws(CertificateError) -> RowList {
        try await list("/product", "products", context)
    }

    /// `GET /organization`: one page of the account's organizations. No order of theirs is documented, so none is asked for.
    func listOrganizations(
        _ window: PageWindow, context: OperationContext
    ) async throws(CertificateError) -> RowList {
        try await list(window.applied(to: "/organization"), "organizations", context)
    }

    func list(
        _ target: RequestTarget, _ name: String, mayBeBare: Bool = false, _ context: OperationContext
    ) async throws(CertificateError) -> RowList {
        try RowList(await client.send(HTTPCall(.get, target), context: context), name, mayBeBare: mayBeBare)
    }
}
