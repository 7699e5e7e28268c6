internal import AdapterHTTP
internal import CertProtocol

/// The endpoints that lists are read with.
extension DigiCertAPI {
    // MARK: - Orders

    /// `GET /order/certificate`: one page of the account's orders.
    func listOrders(
        _ window: PageWindow, filters: [OrderFilter], context: OperationContext
    ) async throws(CertificateError) -> RowList<DigiCert.ListedOrder> {
        var target = window.applied(to: "/order/certificate").query("sort", "order_id")
        for filter in filters { target.appendQuery(filter.name, filter.value) }
        return try await list(target, "orders", at: window, isSorted: true, context)
    }

    /// `GET /order/certificate` with one item of its query: `limit=1` is the one call that every key may make that can read
    /// orders; `filters[certificate_id]` finds the orders that a certificate belongs to.
    func listOrders(
        by name: String, _ value: String, context: OperationContext
    ) async throws(CertificateError) -> RowList<DigiCert.ListedOrder> {
        let target: RequestTarget = "/order/certificate"
        return try await list(target.query(name, value), "orders", context)
    }

    /// `GET /account/subaccount/order`: one page of the orders of all sub-accounts.
    func listSubaccountOrders(
        _ window: PageWindow, context: OperationContext
    ) async throws(CertificateError) -> RowList<DigiCert.SubaccountOrder> {
        let target = window.applied(to: "/account/subaccount/order").query("sort", "order_id")
        return try await list(target, "orders", at: window, isSorted: true, context)
    }

    /// `GET /order/certificate/status-changes`: the orders whose status changed in the last seconds, 604,800 at most.
    ///
    /// The other form, a range of dates, is in mountain time and leaves out orders that changed again since.
    func listStatusChanges(
        seconds: Int64, context: OperationContext
    ) async throws(CertificateError) -> RowList<DigiCert.StatusChange> {
        let target: RequestTarget = "/order/certificate/status-changes"
        return try await list(target.query("seconds", String(seconds)), "orders", mayBeBare: true, context)
    }

    /// `GET /order/alternate/{alternative_order_id}`: the orders that were placed with an id of the customer's.
    func listOrders(
        alternativeID: String, context: OperationContext
    ) async throws(CertificateError) -> RowList<DigiCert.StatusChange> {
        try await list("/order/alternate/\(alternativeID)", "orders", mayBeBare: true, context)
    }

    /// `GET /order/certificate/{order_id}/reissue`: every reissue; or `GET /order/certificate/{order_id}/duplicate`: every
    /// duplicate, of which archived ones are hidden without `show_archived`.
    func list(
        _ copies: CopyList, of order: String, context: OperationContext
    ) async throws(CertificateError) -> RowList<DigiCert.DuplicateCertificate> {
        let target: RequestTarget
        switch copies {
        case .reissues: target = "/order/certificate/\(order)/reissue"
        case .duplicates:
            let all: RequestTarget = "/order/certificate/\(order)/duplicate"
            target = all.query("show_archived", "true")
        }
        return try await list(target, "certificates", context)
    }

    // MARK: - The account

    /// `GET /product`: every product that the key's user can order.
    func listProducts(context: OperationContext) async throws(CertificateError) -> RowList<DigiCert.ListedProduct> {
        try await list("/product", "products", context)
    }

    /// `GET /organization`: one page of the account's organizations. No order of theirs is documented, so none is asked for.
    func listOrganizations(
        _ window: PageWindow, context: OperationContext
    ) async throws(CertificateError) -> RowList<DigiCert.ListedOrganization> {
        try await list(window.applied(to: "/organization"), "organizations", at: window, context)
    }

    /// `GET /request`: one page of the requests that nobody has decided yet.
    func listRequests(
        _ window: PageWindow, context: OperationContext
    ) async throws(CertificateError) -> RowList<DigiCert.ApprovalRequest> {
        let target = window.applied(to: "/request").query("filters[status][0]", "submitted")
            .query("filters[status][1]", "pending")
        return try await list(target, "requests", at: window, context)
    }

    /// `GET /domain` for one name: the account's domains of just this name.
    func listDomains(
        named name: String, context: OperationContext
    ) async throws(CertificateError) -> RowList<DigiCert.Domain> {
        let target: RequestTarget = "/domain"
        return try await list(target.query("filters[search]", name), "domains", mayBeBare: true, context)
    }

    private func list<Row>(
        _ target: RequestTarget, _ name: String, at window: PageWindow? = nil, isSorted: Bool = false,
        mayBeBare: Bool = false, _ context: OperationContext
    ) async throws(CertificateError) -> RowList<Row> {
        let answer = try await client.send(HTTPCall(target), context: context)
        return try RowList(answer, name, at: window, isSorted: isSorted, mayBeBare: mayBeBare)
    }
}
