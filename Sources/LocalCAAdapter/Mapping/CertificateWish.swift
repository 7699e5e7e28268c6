internal import CertProtocol
internal import FoundationEssentials
internal import X509

/// What a certificate is to say: what was asked for, held against what the settings permit.
struct CertificateWish {
    let product: LocalCAProduct
    /// The names, lower case, each once; the common name first.
    let names: [String]
    let publicKey: X509.Certificate.PublicKey
    let subject: DistinguishedName
    private let validity: ValidityPeriod?
    private let settings: LocalCASettings

    private static let day = 86_400.0
    private static let mostNames = 100
    /// RFC 5280, upper bounds. A longer name stands among the alternative names only.
    private static let longestCommonName = 64

    /// Checks names and validity.
    ///
    /// - Parameters:
    ///   - contents: what was asked for.
    ///   - product: what it is for.
    ///   - key: the key of the signing request, or of the certificate that is renewed.
    ///   - settings: the limits.
    ///   - now: when it would begin.
    /// - Throws: `rejected` beyond the limits, `invalid_request` for what is no name.
    init(
        _ contents: CertificateContents, _ product: LocalCAProduct, key: LocalCAKey, settings: LocalCASettings,
        now: Date
    ) throws(CertProtocol.CertificateError) {
        self.product = product
        self.settings = settings
        publicKey = key.publicKey
        validity = contents.validity
        var names: [String] = []
        for name in [contents.commonName] + contents.dnsNames {
            let name = try Self.checked(name, permitted: settings.names)
            if !names.contains(name) { names.append(name) }
        }
        guard names.count <= Self.mostNames else {
            throw .refused("too_many_names", "A certificate has \(Self.mostNames) names at most, not \(names.count).")
        }
        self.names = names
        do {
            let first = names[0]
            subject = try DistinguishedName { if first.utf8.count <= Self.longestCommonName { CommonName(first) } }
        } catch {
            throw CertProtocol.CertificateError.wrapping(
                error, as: .invalidRequest, "The common name can't be encoded.")
        }
        let seconds = end(from: now).timeIntervalSince(now)
        guard seconds > 0 else {
            throw .refused("validity_over", "The certificate would have ended already; ask for a later day.")
        }
        guard seconds <= Double(settings.longestValidity.wholeSeconds) else {
            throw .refused(
                "validity_too_long",
                "The local CA issues for \(settings.longestValidity.text) at most (longest_validity); ask for a shorter time."
            )
        }
    }

    /// The last second of a certificate that begins now (RFC 5280, section 4.1.2.5: it is part of the period).
    func end(from now: Date) -> Date {
        let end =
            switch validity {
            case .days(let days): now.addingTimeInterval(Double(days) * Self.day)
            case .years(let years): now.addingTimeInterval(Double(years) * 365 * Self.day)
            case .until(let day): day.startInUTC.addingTimeInterval(Self.day)
            default: now.addingTimeInterval(Double(settings.defaultValidity.milliseconds) / 1000)
            }
        return Date(timeIntervalSince1970: end.timeIntervalSince1970.rounded(.down) - 1)
    }

    /// A name, lower case.
    private static func checked(
        _ text: String, permitted: PermittedNames
    ) throws(CertProtocol.CertificateError) -> String {
        let name = text.lowercased()
        let isWildcard = name.hasPrefix("*.")
        let labels = (isWildcard ? name.dropFirst(2) : name[...]).split(
            separator: ".", omittingEmptySubsequences: false)
        guard name.utf8.count <= 253, labels.allSatisfy(isLabel) else {
            throw .malformed(
                "not_a_name", "“\(text)” is not a domain name; international ones are written as xn--….")
        }
        guard !isWildcard || labels.count > 1 else {
            throw .refused("wildcard_too_wide", "No program accepts \(name): two labels have to follow the asterisk.")
        }
        guard permitted.permit(name) else {
            throw .refused(
                "name_not_permitted",
                "The local CA issues for \(permitted.patterns.joined(separator: ", ")), not for \(name). "
                    + "The setting names says which."
            )
        }
        return name
    }

    /// RFC 1123, section 2.1: letters, digits, and hyphens within.
    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
            && label.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
