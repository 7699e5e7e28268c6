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
            refine: { entry, certificates in
                guard includesAllCertificates else {
                    // What isn't listed is told whatever the filter says of the order's primary certificate: a duplicate may
                    // match where that doesn't.
                    return Refined(
                        items: certificates.filter(matcher.matches),
                        notListed: certificates.reduce(into: NotListed()) { $0.add($1.notListed) }
                    )
                }
                let all = await withUnlisted(certificates, of: entry, context: context)
                return Refined(
                    items: all.certificates.filter(matcher.matches), problems: all.problems, notListed: all.notListed,
                    error: all.error
                )
            },
            read: { provider, cursor, context throws(CertificateError) in
                try await provider.listCertificates(
                    ListCertificatesRequest(filter: pushed, cursor: cursor), context: context
                )
            }
        )
    }

    /// Lists the duplicates of an order (`list-duplicates`), row by row where some can't be read.
    ///
    /// - Parameters:
    ///   - orderID: the certificate authority's id of the order.
    ///   - id: the provider that holds it.
    ///   - context: deadline of each page, metadata, principal.
    /// - Returns: the events of that one provider.
    /// - Throws: `invalid_request` or `unsupported`, without traffic.
    public func listDuplicates(
        of orderID: String, at id: String, context: OperationContext = OperationContext()
    ) throws(CertificateError) -> FanOut<Certificate> {
        try offered(.listDuplicates, by: id)
        return try fanOut(.listDuplicates, providers: [id], context: context, read: Self.duplicatePages(of: orderID))
    }

    /// Lists the reissues of an order (`list-reissues`), row by row where some can't be read.
    ///
    /// - Parameters:
    ///   - orderID: the certificate authority's id of the order.
    ///   - id: the provider that holds it.
    ///   - context: deadline of each page, metadata, principal.
    /// - Returns: the events of that one provider.
    /// - Throws: `invalid_request` or `unsupported`, without traffic.
    public func listReissues(
        of orderID: String, at id: String, context: OperationContext = OperationContext()
    ) throws(CertificateError) -> FanOut<Certificate> {
        try offered(.listReissues, by: id)
        return try fanOut(.listReissues, providers: [id], context: context, read: Self.reissuePages(of: orderID))
    }

    private func offered(_ capability: Capability, by id: String) throws(CertificateError) {
        let entry = try provider(id)
        guard entry.capabilities.operations.contains(capability) else { throw unsupported(capability, by: entry) }
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
    /// Adds counts that came from outside, and stays at the largest number there is.
    mutating func add(_ other: NotListed) {
        duplicates = Self.sum(duplicates, other.duplicates)
        reissues = Self.sum(reissues, other.reissues)
    }

    private static func sum(_ left: Int, _ right: Int) -> Int {
        let (sum, overflows) = left.addingReportingOverflow(max(0, right))
        return overflows ? .max : sum
    }
}
