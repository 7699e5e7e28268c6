internal import CertProtocol
internal import FoundationEssentials

extension LocalCA.Order {
    /// The words of the authority for where an order stands.
    enum Word: String {
        case issued, revoked, expired

        var status: CertificateStatus {
            switch self {
            case .issued: .issued
            case .revoked: .revoked
            case .expired: .expired
            }
        }
    }

    /// Where it stands at a time, in the authority's word: it knows when its certificates end, so it says so. Nothing is written
    /// for that, and the record stays as it is.
    func word(at now: Date) -> String {
        guard status == Word.issued.rawValue, let end = notAfter.flatMap({ CertificateDate($0) })?.startInUTC, end < now
        else { return status }
        return Word.expired.rawValue
    }

    /// Its entry in the revocation list; `nil` for a certificate that isn't revoked.
    var revocation: RevocationList.Entry? {
        guard let revokedAt = revokedAt.flatMap({ CertificateDate($0) }), let bytes = Hexadecimal.bytes(serialNumber)
        else { return nil }
        let reason = revocationReason.flatMap(RevocationReason.init(rawValue:)) ?? .unspecified
        return RevocationList.Entry(
            serialNumber: bytes, date: revokedAt.startInUTC, reason: reason,
            keyIdentifier: try? LocalCAKey(certificate: certificate).identifier)
    }

    /// The certificates of a download or a receipt, leaf first, without the root: servers don't send that.
    var chain: [String] { [certificate, issuer] }
}
