internal import CertProtocol
internal import FoundationEssentials

/// What single texts of the service mean in the unified model.
enum NCPText {
    /// A date as sent: `2026-03-01 10:15:30(UTC+09:00)`, or without a zone, which is Korean time then; or milliseconds
    /// since 1970, as other services of the platform send them. `nil` for anything else.
    static func date(_ text: String?) -> CertificateDate? {
        guard let text = text.unlessBlank else { return nil }
        // Twelve or thirteen digits: from 1973 to 2286. Other counts are no milliseconds of ours, and aren't guessed.
        if (12...13).contains(text.utf8.count), let milliseconds = Int64(text), milliseconds > 0 {
            return .instant(Date(timeIntervalSince1970: Double(milliseconds) / 1000))
        }
        return CertificateDate(text, assumingOffset: 9 * 3600)
    }

    /// What `statusCode` means (ListCertificates, table of status codes). The codes -12 and -20 exist without a known
    /// meaning.
    static func status(code: String?) -> CertificateStatus {
        switch code {
        case "0": .pending
        case "1", "2", "3": .issued
        case "-1", "-3", "-4", "-11": .failed
        case "-2": .expired
        case "-5": .revoked
        case "-6": .deleted
        case "-7": .revocationPending
        default: .unknown(code ?? "")
        }
    }

    /// What the words mean that ListRecentCertChanges sends in place of a code.
    static func status(words: String?) -> CertificateStatus {
        switch words {
        case "Normal": .issued
        case "Ongoing": .pending
        case "Validation timed out": .failed
        default: .unknown(words ?? "")
        }
    }

    /// What a type of certificate says about validation: `NCP_PAID_OV_01` is `ov`.
    static func validation(ofType type: String?) -> String? {
        guard let type else { return nil }
        return ["ov", "dv"].first { type.contains("_\($0.uppercased())_") }
    }
}
