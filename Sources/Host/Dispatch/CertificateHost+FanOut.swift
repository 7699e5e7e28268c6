public import CertProtocol

/// Calls to several providers at once.
extension CertificateHost {
    /// Lists certificates (`list-certificates`).
    ///
    /// - Parameters:
    ///   - filter: which ones.
    ///   - includesAllCertificates: whether duplicates and reissues that a list doesn't show are fetched, order by order.
    ///   - ids: the providers; `nil` for all that are enabled.
    ///   - context: deadline of each page, metadata, principal.
    /// - Returns: events in order of arrival.
    /// - Throws: `invalid_request` where a provider that is named doesn't exist or is disabled.
    public func listCertificates(
        _ filter: CertificateFilter = CertificateFilter(), includesAllCertificates: Bool = false,
        providers ids: [String]? = nil, context: OperationContext = OperationContext()
    ) throws(CertificateError) -> FanOut<Certificate> {
        let matcher = CertificateMatcher(filter)
        // A duplicate may match where its order's primary certificate doesn't, so nothing may be filtered away before.
        let pushed = includesAllCertificates ? CertificateFilter(now: filter.now) : filter
        return try fanOut(
            .listCertificates, providers: ids, context: context,
            refine: { entry, certificates throws(CertificateError) in
                guard includesAllCertificates else {
                    let wanted = certificates.filter(matcher.matches)
                    return Refined(items: wanted, notListed: wanted.reduce(into: NotListed()) { $0.add($1.notListed) })
                }
                let all = try await withUnlisted(certificates, of: entry, context: context)
                return Refined(items: all.filter(matcher.matches))
            },
            read: { provider, cursor, context throws(CertificateError) in
                try await provider.listCertificates(
                    ListCertificatesRequest(filter: pushed, cursor: cursor), context: context
                )
            }
        )
    }

    /// Lists the orders of sub-accounts (`list-subaccount-orders`).
    ///
    /// - Parameters:
    ///   - ids: the providers; `nil` for all that are enabled.
    ///   - context: deadline of each page, metadata, principal.
    /// - Returns: events in order of arrival.
    /// - Throws: `invalid_request` where a provider that is named doesn't exist or is disabled.
    public func listSubaccountOrders(
        providers ids: [String]? = nil, context: OperationContext = OperationContext()
    ) throws(CertificateError) -> FanOut<Order> {
        try fanOut(.listSubaccountOrders, providers: ids, context: context) {
            provider, cursor, context throws(CertificateError) in
            try await provider.listSubaccountOrders(ListSubaccountOrdersRequest(cursor: cursor), context: context)
        }
    }

    /// Lists what changed its status lately (`list-changes`).
    ///
    /// - Parameters:
    ///   - since: how far back, seven days at most.
    ///   - ids: the providers; `nil` for all that are enabled.
    ///   - context: deadline of each page, metadata, principal.
    /// - Returns: events in order of arrival.
    /// - Throws: `invalid_request` where the time is longer, or a provider that is named doesn't exist or is disabled.
    public func listChanges(
        since: Duration, providers ids: [String]? = nil, context: OperationContext = OperationContext()
    ) throws(CertificateError) -> FanOut<StatusChange> {
        guard since > .zero, since <= ListChangesRequest.longestWindow else {
            throw CertificateError(
                .invalidRequest,
                "Changes can be listed for the last 7 days at most, and \(since.text) is not within them."
            )
        }
        return try fanOut(.listChanges, providers: ids, context: context) {
            provider, cursor, context throws(CertificateError) in
            try await provider.listChanges(ListChangesRequest(since: since, cursor: cursor), context: context)
        }
    }

    /// Lists the products that the accounts can order (`list-products`).
    ///
    /// - Parameters:
    ///   - ids: the providers; `nil` for all that are enabled.
    ///   - context: deadline of each page, metadata, principal.
    /// - Returns: events in order of arrival.
    /// - Throws: `invalid_request` where a provider that is named doesn't exist or is disabled.
    public func listProducts(
        providers ids: [String]? = nil, context: OperationContext = OperationContext()
    ) throws(CertificateError) -> FanOut<Product> {
        try fanOut(.listProducts, providers: ids, context: context) {
            provider, cursor, context throws(CertificateError) in
            try await provider.listProducts(ListProductsRequest(cursor: cursor), context: context)
        }
    }

    /// Lists the organizations of the accounts (`list-organizations`).
    ///
    /// - Parameters:
    ///   - ids: the providers; `nil` for all that are enabled.
    ///   - context: deadline of each page, metadata, principal.
    /// - Returns: events in order of arrival.
    /// - Throws: `invalid_request` where a provider that is named doesn't exist or is disabled.
    public func listOrganizations(
        providers ids: [String]? = nil, context: OperationContext = OperationContext()
    ) throws(CertificateError) -> FanOut<Organization> {
        try fanOut(.listOrganizations, providers: ids, context: context) {
            provider, cursor, context throws(CertificateError) in
            try await provider.listOrganizations(ListOrganizationsRequest(cursor: cursor), context: context)
        }
    }
}

extension NotListed {
    mutating func add(_ other: NotListed) {
        duplicates += other.duplicates
        reissues += other.reissues
    }
}
