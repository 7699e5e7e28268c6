/// One account at one certificate authority.
///
/// ## What a conforming type promises
///
/// - **A capability is a fact.** What ``capabilities`` declares works; what it doesn't declare is never called by the
///   host. Every operation has a default that throws `unsupported` without any I/O, so an adapter implements exactly
///   what its certificate authority offers, and an operation added later breaks no adapter.
/// - **One request reads one page.** A list returns one ``Page`` and says where the next one starts; it doesn't loop.
/// - **Nothing is lost.** A row that can't be read becomes a ``RowProblem`` of its page. A status or a date that nobody
///   knows is kept, never guessed, and fails nothing. What the certificate authority sent stands in `raw`.
/// - **Errors are classified.** Every failure is a ``CertificateError`` whose code tells what a caller may do. The
///   provider id and the operation are filled in by the host.
/// - **Mutating calls are sent once.** Whatever happens after the first byte may have left is `outcome_unknown`. Once an
///   order was accepted, its id reaches the caller, in the ``Receipt`` or in the error.
/// - **Cancellation and the deadline of the context reach the socket.**
/// - **No secret** stands in an error, a log line or a description.
///
/// Operations run on the actor of their caller. One that computes for long is marked `@concurrent` by its author.
///
/// The conformance suite, `CertConformance`, tries all of it against a description of the certificate authority, and says what to
/// do where something doesn't hold. `certhost adapter new` writes an adapter that passes it, and the tutorial
/// <doc:Add-a-Certificate-Authority> goes through its files.
///
/// ## Operations
///
/// Each operation takes one request value and one ``OperationContext``, so that a new field is never a new requirement.
public protocol CertificateProvider: Sendable {
    /// What this provider can do. Constant for the life of the value.
    var capabilities: ProviderCapabilities { get }

    // MARK: Reading

    /// Reads one page of the certificates that the account holds (`list-certificates`).
    func listCertificates(
        _ request: ListCertificatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate>

    /// Reads one order (`order-detail`).
    func orderDetail(
        _ request: OrderDetailRequest, context: OperationContext
    ) async throws(CertificateError) -> Order

    /// Reads one page of the duplicates of an order, archived ones included (`list-duplicates`).
    func listDuplicates(
        _ request: ListDuplicatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate>

    /// Reads one page of the reissues of an order (`list-reissues`).
    func listReissues(
        _ request: ListReissuesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate>

    /// Reads one page of the orders of all sub-accounts (`list-subaccount-orders`).
    func listSubaccountOrders(
        _ request: ListSubaccountOrdersRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Order>

    /// Reads one page of the orders whose status changed lately (`list-changes`).
    func listChanges(
        _ request: ListChangesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<StatusChange>

    /// Reads one page of the products that the account can order (`list-products`).
    func listProducts(
        _ request: ListProductsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Product>

    /// Reads one page of the organizations of the account (`list-organizations`).
    func listOrganizations(
        _ request: ListOrganizationsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Organization>

    /// Makes the cheapest call that shows whether the credential works. By default one row of the list.
    func checkHealth(
        _ request: HealthCheckRequest, context: OperationContext
    ) async throws(CertificateError)

    // MARK: The journal

    /// Looks for the order that a journal entry may have led to (`find-order`).
    ///
    /// The answer has to be true: `notFound` only where the certificate authority would show the order if it existed,
    /// `cannotTell` wherever that isn't certain.
    func findOrder(
        _ request: FindOrderRequest, context: OperationContext
    ) async throws(CertificateError) -> FoundOrder

    // MARK: Ordering

    /// Orders a new certificate (`issue`). Costs money.
    func issue(
        _ request: IssueRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt

    /// Orders the successor of a certificate (`renew`). Costs money.
    func renew(
        _ request: RenewRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt

    /// Has a certificate made anew within its paid order (`reissue`).
    func reissue(
        _ request: ReissueRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt

    /// Has a further certificate made within a paid order (`duplicate`).
    func duplicate(
        _ request: DuplicateRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt

    /// Extends the paid period of an order (`extend`). Costs money.
    func extend(
        _ request: ExtendRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt

    // MARK: Ending

    /// Revokes one certificate or all of an order, as the scope says and never more (`revoke`). Final.
    func revoke(
        _ request: RevokeRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt

    /// Cancels a pending order (`cancel`).
    func cancel(
        _ request: CancelRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt

    /// Deletes a certificate from the account (`delete`).
    func deleteCertificate(
        _ request: DeleteCertificateRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt

    // MARK: Certificates and their upkeep

    /// Downloads a certificate (`download`).
    func download(
        _ request: DownloadRequest, context: OperationContext
    ) async throws(CertificateError) -> CertificateDownload

    /// Registers a certificate that another authority issued (`import`).
    func importCertificate(
        _ request: ImportCertificateRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt

    /// Switches the automatic renewal of a certificate on or off (`auto-renewal`).
    func setAutoRenewal(
        _ request: SetAutoRenewalRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt

    // MARK: Validation and approval

    /// Tells what has to be published for the domains of an order (`domain-validation`).
    func showDomainValidations(
        _ request: DomainValidationsRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation]

    /// Has the certificate authority look for what was published (`domain-validation`).
    func checkDomainValidations(
        _ request: DomainValidationsRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation]

    /// Chooses another way to prove the control of an order's domains (`domain-validation-change`).
    func setDomainValidationMethod(
        _ request: SetDomainValidationMethodRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation]

    /// Reads one page of the requests that wait for a person's approval (`approvals`).
    func listApprovals(
        _ request: ListApprovalsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Approval>

    /// Approves or rejects a request (`approvals`). An approval may cost money.
    func decideApproval(
        _ request: DecideApprovalRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt
}
