/// Where a certificate or an order stands, in words common to all certificate authorities.
@nonexhaustive
public enum CertificateStatus: Sendable, Hashable {
    /// Ordered, and nothing issued yet.
    case pending
    /// Waits for a person of the account to approve it.
    case pendingApproval
    /// There is a valid certificate.
    case issued
    /// There is a valid certificate, and a new one is being made for it.
    case reissuePending
    /// Refused by the certificate authority or an approver.
    case rejected
    /// Ended before anything was issued.
    case canceled
    /// Revoked.
    case revoked
    /// A revocation has been asked for.
    case revocationPending
    /// The certificate authority says that it has expired. Never computed from a date.
    case expired
    /// Nothing was issued, because validation or issuance failed.
    case failed
    /// Removed from the account.
    case deleted
    /// A value that no document explains, kept as it was sent.
    case unknown(String)

    /// Every status but ``unknown(_:)``.
    public static let known: [CertificateStatus] = [
        .pending, .pendingApproval, .issued, .reissuePending, .rejected, .canceled, .revoked, .revocationPending,
        .expired, .failed, .deleted,
    ]

    /// The stable name (`pending_approval`); `unknown` for every value that isn't known.
    public var name: String {
        switch self {
        case .pending: "pending"
        case .pendingApproval: "pending_approval"
        case .issued: "issued"
        case .reissuePending: "reissue_pending"
        case .rejected: "rejected"
        case .canceled: "canceled"
        case .revoked: "revoked"
        case .revocationPending: "revocation_pending"
        case .expired: "expired"
        case .failed: "failed"
        case .deleted: "deleted"
        case .unknown: "unknown"
        }
    }

    /// The status of that name, `unknown` included; `nil` where there is none.
    public init?(name: String) {
        if name == "unknown" {
            self = .unknown("")
        } else if let status = Self.known.first(where: { $0.name == name }) {
            self = status
        } else {
            return nil
        }
    }
}
