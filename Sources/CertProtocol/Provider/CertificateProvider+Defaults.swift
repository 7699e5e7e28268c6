/// What an operation does where an adapter doesn't implement it: it throws `unsupported` and touches nothing.
extension CertificateProvider {
    /// Throws `unsupported`.
    public func listCertificates(
        _ request: ListCertificatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> { throw .unsupported(.listCertificates) }

    /// Throws `unsupported`.
    public func orderDetail(
        _ request: OrderDetailRequest, context: OperationContext
    ) async throws(CertificateError) -> Order { throw .unsupported(.orderDetail) }

    /// Throws `unsupported`.
    public func listDuplicates(
        _ request: ListDuplicatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> { throw .unsupported(.listDuplicates) }

    /// Throws `unsupported`.
    public func listReissues(
        _ request: ListReissuesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> { throw .unsupported(.listReissues) }

    /// Throws `unsupported`.
    public func listSubaccountOrders(
        _ request: ListSubaccountOrdersRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Order> { throw .unsupported(.listSubaccountOrders) }

    /// Throws `unsupported`.
    public func listChanges(
        _ request: ListChangesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<StatusChange> { throw .unsupported(.listChanges) }

    /// Throws `unsupported`.
    public func listProducts(
        _ request: ListProductsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Product> { throw .unsupported(.listProducts) }

    /// Throws `unsupported`.
    public func listOrganizations(
        _ request: ListOrganizationsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Organization> { throw .unsupported(.listOrganizations) }

    /// Reads the first page of the list, one row long.
    public func checkHealth(
        _ request: HealthCheckRequest, context: OperationContext
    ) async throws(CertificateError) {
        _ = try await listCertificates(ListCertificatesRequest(pageSize: 1), context: context)
    }

    /// Throws `unsupported`.
    public func findOrder(
        _ request: FindOrderRequest, context: OperationContext
    ) async throws(CertificateError) -> FoundOrder { throw .unsupported(.findOrder) }

    /// Throws `unsupported`.
    public func issue(
        _ request: IssueRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt { throw .unsupported(.issue) }

    /// Throws `unsupported`.
    public func renew(
        _ request: RenewRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt { throw .unsupported(.renew) }

    /// Throws `unsupported`.
    public func reissue(
        _ request: ReissueRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt { throw .unsupported(.reissue) }

    /// Throws `unsupported`.
    public func duplicate(
        _ request: DuplicateRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt { throw .unsupported(.duplicate) }

    /// Throws `unsupported`.
    public func extend(
        _ request: ExtendRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt { throw .unsupported(.extend) }

    /// Throws `unsupported`.
    public func revoke(
        _ request: RevokeRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt { throw .unsupported(.revoke) }

    /// Throws `unsupported`.
    public func cancel(
        _ request: CancelRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt { throw .unsupported(.cancel) }

    /// Throws `unsupported`.
    public func deleteCertificate(
        _ request: DeleteCertificateRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt { throw .unsupported(.delete) }

    /// Throws `unsupported`.
    public func download(
        _ request: DownloadRequest, context: OperationContext
    ) async throws(CertificateError) -> CertificateDownload { throw .unsupported(.download) }

    /// Throws `unsupported`.
    public func importCertificate(
        _ request: ImportCertificateRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt { throw .unsupported(.import) }

    /// Throws `unsupported`.
    public func setAutoRenewal(
        _ request: SetAutoRenewalRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt { throw .unsupported(.autoRenewal) }

    /// Throws `unsupported`.
    public func showDomainValidations(
        _ request: DomainValidationsRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] { throw .unsupported(.domainValidation) }

    /// Throws `unsupported`.
    public func checkDomainValidations(
        _ request: DomainValidationsRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] { throw .unsupported(.domainValidation) }

    /// Throws `unsupported`.
    public func setDomainValidationMethod(
        _ request: SetDomainValidationMethodRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] { throw .unsupported(.domainValidationChange) }

    /// Throws `unsupported`.
    public func listApprovals(
        _ request: ListApprovalsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Approval> { throw .unsupported(.approvals) }

    /// Throws `unsupported`.
    public func decideApproval(
        _ request: DecideApprovalRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt { throw .unsupported(.approvals) }
}
