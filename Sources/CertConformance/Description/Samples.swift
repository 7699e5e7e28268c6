public import CertProtocol

/// The data that operations are tried with.
///
/// For each declared capability the kit needs what its operation takes. A member that is left ``Supplied/missing`` fails the
/// requirements that need it, with a message that names it; one that can't be had is ``Supplied/withheld(because:)``.
///
/// What is `made` is made anew each time, without any fault in effect: a sample of a cancellation places the order that it
/// cancels. Names and keys may repeat as far as the authority allows it.
public struct Samples: Sendable {
    // MARK: Reading

    /// Orders that exist, one for each of the declared lookups.
    public var orders: Supplied<[OrderReference]> = .missing
    /// An order that doesn't exist, its id well-formed.
    public var missingOrder: Supplied<OrderReference> = .missing
    /// The id of an order that has duplicates.
    public var orderWithDuplicates: Supplied<String> = .missing
    /// The id of an order that has been reissued.
    public var orderWithReissues: Supplied<String> = .missing
    /// How far back `list-changes` looks; by default as far as it may.
    public var changesSince: Duration = ListChangesRequest.longestWindow
    /// A certificate that can be downloaded. The kit asks for each declared format of it.
    public var download: Supplied<DownloadRequest> = .missing
    /// An order with domains that are, or were, validated.
    public var domainValidations: Supplied<DomainValidationsRequest> = .missing

    // MARK: Ordering

    /// A new order that the authority accepts.
    public var issue: Supplied<IssueRequest> = .missing
    /// The renewal of an order that can be renewed.
    public var renew: Supplied<RenewRequest> = .missing
    /// The reissue of an order that can be reissued.
    public var reissue: Supplied<ReissueRequest> = .missing
    /// The duplicate of an order that can have one.
    public var duplicate: Supplied<DuplicateRequest> = .missing
    /// The extension of an order that can be extended.
    public var extend: Supplied<ExtendRequest> = .missing

    // MARK: Ending and upkeep

    /// Revocations that the authority accepts, one for each declared scope, of different orders. Their reasons are replaced
    /// by each of the declared ones.
    public var revocations: Supplied<[RevokeRequest]> = .missing
    /// A revocation by the certificate's own key, where `revokesByKey` is declared.
    public var revocationByKey: Supplied<RevokeRequest> = .missing
    /// The cancellation of a pending order.
    public var cancel: Supplied<CancelRequest> = .missing
    /// The deletion of a certificate.
    public var delete: Supplied<DeleteCertificateRequest> = .missing
    /// A certificate of another authority to register.
    public var importCertificate: Supplied<ImportCertificateRequest> = .missing
    /// A switch of the automatic renewal.
    public var autoRenewal: Supplied<SetAutoRenewalRequest> = .missing
    /// Another way to prove the control of a pending order's domains.
    public var domainValidationChange: Supplied<SetDomainValidationMethodRequest> = .missing
    /// The decision on a request that waits.
    public var approval: Supplied<DecideApprovalRequest> = .missing

    /// No data.
    public init() {}
}
