internal import CertProtocol

extension CertificateStatus {
    /// The status that the API's word for a certificate or an order means (“States”). A word that nobody documented is kept.
    init(exampleCA word: String?) {
        self =
            switch word {
            case "requested": .pending
            case "valid": .issued
            case "revoked": .revoked
            case "expired": .expired
            default: .unknown(word ?? "")
            }
    }
}
