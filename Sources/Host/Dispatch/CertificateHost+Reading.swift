public import CertProtocol

/// Calls to one provider.
extension CertificateHost {
    /// Reads one order (`order-detail`).
    ///
    /// - Parameters:
    ///   - reference: which order.
    ///   - id: the provider that holds it.
    ///   - context: deadline, metadata, principal.
    /// - Returns: the order.
    /// - Throws: `invalid_request`, `unsupported` without traffic, and whatever the provider throws.
    public func order(
        _ reference: OrderReference, from id: String, context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> Order {
        let entry = try provider(id)
        if entry.capabilities.operations.contains(.orderDetail),
            !entry.capabilities.lookups.contains(reference.lookup)
        {
            var error = CertificateError.unsupported(.orderDetail)
            error.provider = id
            error.capableProviders = providers.filter {
                $0.isEnabled && $0.capabilities.lookups.contains(reference.lookup)
            }.map(\.id)
            let offered = entry.capabilities.lookups.map(\.rawValue).joined(separator: ", ")
            error.message = "\(id) (\(entry.title)) looks orders up by \(offered), not by \(reference.lookup.rawValue)."
            throw error
        }
        return try await call(.orderDetail, on: entry, context: context) {
            provider, context throws(CertificateError) in
            try await provider.orderDetail(OrderDetailRequest(reference), context: context)
        }
    }

    /// Reads all duplicates of an order (`list-duplicates`).
    ///
    /// - Parameters:
    ///   - orderID: the certificate authority's id of the order.
    ///   - id: the provider that holds it.
    ///   - context: deadline of each page, metadata, principal.
    /// - Returns: the duplicates, archived ones included.
    /// - Throws: `invalid_request`, `unsupported` without traffic, and whatever the provider throws.
    public func duplicates(
        of orderID: String, at id: String, context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> [Certificate] {
        try await readAll(
            .listDuplicates, on: provider(id), context: context, read: Self.duplicatePages(of: orderID)
        )
    }

    /// Reads all reissues of an order (`list-reissues`).
    ///
    /// - Parameters:
    ///   - orderID: the certificate authority's id of the order.
    ///   - id: the provider that holds it.
    ///   - context: deadline of each page, metadata, principal.
    /// - Returns: the reissues.
    /// - Throws: `invalid_request`, `unsupported` without traffic, and whatever the provider throws.
    public func reissues(
        of orderID: String, at id: String, context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> [Certificate] {
        try await readAll(
            .listReissues, on: provider(id), context: context, read: Self.reissuePages(of: orderID)
        )
    }

    /// Checks that a provider's credential works, with the cheapest call that shows it.
    ///
    /// - Parameters:
    ///   - id: the provider.
    ///   - context: deadline, metadata, principal.
    /// - Throws: whatever the provider throws.
    public func checkHealth(
        of id: String, context: OperationContext = OperationContext()
    ) async throws(CertificateError) {
        try await call(nil, on: provider(id), context: context) {
            provider, context throws(CertificateError) in
            try await provider.checkHealth(HealthCheckRequest(), context: context)
        }
    }

    /// The router over this host's providers and routes.
    public var router: Router {
        Router(
            providers: providers.map {
                Router.Snapshot(id: $0.id, isEnabled: $0.isEnabled, capabilities: $0.capabilities.operations)
            },
            routes: configuration.routes
        )
    }

    static func duplicatePages(of orderID: String) -> PageRead<Certificate> {
        { provider, cursor, context throws(CertificateError) in
            try await provider.listDuplicates(ListDuplicatesRequest(orderID: orderID, cursor: cursor), context: context)
        }
    }

    static func reissuePages(of orderID: String) -> PageRead<Certificate> {
        { provider, cursor, context throws(CertificateError) in
            try await provider.listReissues(ListReissuesRequest(orderID: orderID, cursor: cursor), context: context)
        }
    }
}
