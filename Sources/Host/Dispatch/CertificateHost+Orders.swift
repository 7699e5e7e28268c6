public import CertProtocol

/// Reading what belongs to an order under way.
extension CertificateHost {
    /// Downloads a certificate (`download`).
    ///
    /// - Parameters:
    ///   - request: which one, and in what form.
    ///   - id: the provider that holds it.
    ///   - context: deadline, metadata, principal.
    /// - Returns: the certificate, leaf first.
    /// - Throws: `invalid_request` where the provider doesn't offer the form, `unsupported`, both without traffic, and whatever
    ///   the provider throws.
    public func download(
        _ request: DownloadRequest, from id: String, context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> CertificateDownload {
        let entry = try provider(id)
        let formats = entry.capabilities.downloadFormats
        if entry.capabilities.operations.contains(.download), !formats.contains(request.format) {
            let offered = formats.map(\.rawValue).joined(separator: ", ")
            var error = CertificateError(
                .invalidRequest, "\(id) (\(entry.title)) offers \(offered), not \(request.format.rawValue)."
            )
            error.provider = id
            error.operation = .download
            throw error
        }
        return try await call(.download, on: entry, context: context) {
            provider, context throws(CertificateError) in
            try await provider.download(request, context: context)
        }
    }

    /// Tells what has to be published for the domains of an order (`domain-validation`).
    ///
    /// - Parameters:
    ///   - orderID: the certificate authority's id of the order.
    ///   - id: the provider that holds it.
    ///   - context: deadline, metadata, principal.
    /// - Returns: one record a domain.
    /// - Throws: `invalid_request`, `unsupported` without traffic, and whatever the provider throws.
    public func domainValidations(
        of orderID: String, at id: String, context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> [DomainValidation] {
        try await call(.domainValidation, on: provider(id), context: context) {
            provider, context throws(CertificateError) in
            try await provider.showDomainValidations(DomainValidationsRequest(orderID: orderID), context: context)
        }
    }

    /// Has the certificate authority look for what was published (`domain-validation`). It may look as often as one likes, so it
    /// is no call for the journal.
    ///
    /// - Parameters:
    ///   - orderID: the certificate authority's id of the order.
    ///   - id: the provider that holds it.
    ///   - context: deadline, metadata, principal.
    /// - Returns: one record a domain, as the certificate authority sees it now.
    /// - Throws: `invalid_request`, `unsupported` without traffic, and whatever the provider throws.
    public func checkDomainValidations(
        of orderID: String, at id: String, context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> [DomainValidation] {
        try await call(.domainValidation, on: provider(id), context: context) {
            provider, context throws(CertificateError) in
            try await provider.checkDomainValidations(DomainValidationsRequest(orderID: orderID), context: context)
        }
    }

    /// Lists the requests that wait for a person's approval (`approvals`).
    ///
    /// - Parameters:
    ///   - ids: the providers; `nil` for all that are enabled.
    ///   - context: deadline of each page, metadata, principal.
    /// - Returns: events in order of arrival.
    /// - Throws: `invalid_request` where a provider that is named doesn't exist or is disabled.
    public func listApprovals(
        providers ids: [String]? = nil, context: OperationContext = OperationContext()
    ) throws(CertificateError) -> FanOut<Approval> {
        try fanOut(.approvals, providers: ids, context: context) {
            provider, cursor, context throws(CertificateError) in
            try await provider.listApprovals(ListApprovalsRequest(cursor: cursor), context: context)
        }
    }
}
