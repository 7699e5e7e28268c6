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

    /// The order as the authority tells it at a time: it knows when its certificates end, so it says so.
    func told(at now: Date) -> LocalCA.Order {
        var order = self
        if status == Word.issued.rawValue, let end = notAfter.flatMap({ CertificateDate($0) })?.startInUTC, end < now {
            order.status = Word.expired.rawValue
        }
        return order
    }

    /// The status in the unified words; a word of a later version is kept.
    var unifiedStatus: CertificateStatus { Word(rawValue: status)?.status ?? .unknown(status) }

    /// Its entry in the revocation list; `nil` for a certificate that isn't revoked.
    var revocation: RevocationList.Entry? {
        guard let revokedAt = revokedAt.flatMap({ CertificateDate($0) }), let bytes = Hexadecimal.bytes(serialNumber)
        else { return nil }
        let reason = revocationReason.flatMap(RevocationReason.init(rawValue:)) ?? .unspecified
        return RevocationList.Entry(serialNumber: bytes, date: revokedAt.startInUTC, reason: reason)
    }

    /// The certificates of a download or a receipt, leaf first, without the root: servers don't send that.
    var chain: [String] { [certificate, issuer] }
}
