public import CertProtocol

/// A request of a mutating call as it is written down: whole, and without secrets.
@nonexhaustive
public enum JournaledRequest: Sendable, Hashable, Codable {
    /// Orders a new certificate.
    case issue(IssueRequest)
    /// Orders the successor of a certificate.
    case renew(RenewRequest)
    /// Has the certificate of a paid order made anew.
    case reissue(ReissueRequest)
    /// Has a further certificate made within a paid order.
    case duplicate(DuplicateRequest)
    /// Extends the paid period of an order.
    case extend(ExtendRequest)
    /// Revokes certificates.
    case revoke(RevokeRequest)
    /// Cancels a pending order.
    case cancel(CancelRequest)
    /// Deletes a certificate from the account.
    case delete(DeleteCertificateRequest)
    /// Registers a certificate that another authority issued.
    case `import`(JournaledImport)
    /// Switches the automatic renewal of a certificate.
    case autoRenewal(SetAutoRenewalRequest)
    /// Chooses how the domains of an order are validated.
    case domainValidationChange(SetDomainValidationMethodRequest)
    /// Approves or rejects a request.
    case approval(DecideApprovalRequest)

    /// The capability whose operation it is.
    public var operation: Capability {
        switch self {
        case .issue: .issue
        case .renew: .renew
        case .reissue: .reissue
        case .duplicate: .duplicate
        case .extend: .extend
        case .revoke: .revoke
        case .cancel: .cancel
        case .delete: .delete
        case .import: .import
        case .autoRenewal: .autoRenewal
        case .domainValidationChange: .domainValidationChange
        case .approval: .approvals
        }
    }

    /// The order that it is about; `nil` where it is about none yet.
    public var orderID: String? {
        switch self {
        case .renew(let request): request.orderID
        case .reissue(let request): request.orderID
        case .duplicate(let request): request.orderID
        case .extend(let request): request.orderID
        case .revoke(let request): request.orderID
        case .cancel(let request): request.orderID
        case .domainValidationChange(let request): request.orderID
        case .issue, .delete, .import, .autoRenewal, .approval: nil
        }
    }

    /// The certificate that it is about; `nil` where it is about none, or a whole order.
    public var certificateID: String? {
        switch self {
        case .revoke(let request):
            if case .certificate(let id) = request.scope { id } else { nil }
        case .delete(let request): request.certificateID
        case .import(let request): request.certificateID
        case .autoRenewal(let request): request.certificateID
        default: nil
        }
    }

    /// The product that is ordered, where it orders one.
    public var product: String? {
        switch self {
        case .issue(let request): request.product
        case .renew(let request): request.issue.product
        default: nil
        }
    }

    /// What a certificate that comes of it contains; `nil` where none does.
    public var contents: CertificateContents? {
        get {
            switch self {
            case .issue(let request): request.contents
            case .renew(let request): request.issue.contents
            case .reissue(let request): request.contents
            case .duplicate(let request): request.contents
            default: nil
            }
        }
        set {
            guard let newValue else { return }
            switch self {
            case .issue(var request):
                request.contents = newValue
                self = .issue(request)
            case .renew(var request):
                request.issue.contents = newValue
                self = .renew(request)
            case .reissue(var request):
                request.contents = newValue
                self = .reissue(request)
            case .duplicate(var request):
                request.contents = newValue
                self = .duplicate(request)
            default: break
            }
        }
    }

    /// The same request for another product; unchanged where it orders none.
    public func ordering(product: String?) -> JournaledRequest {
        guard let product else { return self }
        switch self {
        case .issue(var request):
            request.product = product
            return .issue(request)
        case .renew(var request):
            request.issue.product = product
            return .renew(request)
        default: return self
        }
    }
}

/// An import as it is written down: without the private key, which the certificate stands for.
public struct JournaledImport: Sendable, Hashable, Codable {
    /// The name that the certificate gets.
    public var name: String
    /// The certificate, PEM.
    public var certificatePEM: String
    /// Its chain, PEM.
    public var chainPEM: String?
    /// The certificate that it takes the place of.
    public var certificateID: String?

    /// An import without its key.
    public init(_ request: ImportCertificateRequest) {
        name = request.name
        certificatePEM = request.certificatePEM
        chainPEM = request.chainPEM
        certificateID = request.certificateID
    }
}
