internal import CertProtocol

extension CertificateStatus {
    /// The status that DigiCert's word for an order or a certificate means (“Glossary”, order status).
    init(digiCert word: String?) {
        self =
            switch word {
            case "pending", "processing", "needs_csr", "waiting_pickup": .pending
            case "needs_approval": .pendingApproval
            case "issued", "approved": .issued
            case "reissue_pending": .reissuePending
            case "rejected", "denied": .rejected
            case "canceled": .canceled
            case "revoked": .revoked
            case "expired": .expired
            default: .unknown(word ?? "")
            }
    }
}
