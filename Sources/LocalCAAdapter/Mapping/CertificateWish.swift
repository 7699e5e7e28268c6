internal import CertProtocol
internal import FoundationEssentials
internal import X509

/// What a certificate is to say: what was asked for, held against what the settings permit.
struct CertificateWish {
    let product: LocalCAProduct
    /// The names, lower case, each once; the common name first.
    let names: [String]
    let key: LocalCAKey
    let subject: DistinguishedName
    private let validity: ValidityPeriod?
    private let settings: LocalCASettings

    private static let day = 86_400.0
    private static let mostNames = 100
    /// The clocks of a machine and its containers differ by seconds, so that certificates begin a little before now.
    static let backdating = 60.0
    /// RFC 5280, upper bounds. A longer name stands among the alternative names only.
    private static let longestCommonName = 64

    /// Checks names and validity.
    ///
    /// - Parameters:
    ///   - contents: what was asked for.
    ///   - product: what it is for.
    ///   - key: the key of the signing request, or of the certificate that is renewed.
    ///   - settings: the limits.
    ///   - now: the time.
    /// - Throws: `rejected` beyond the limits, `invalid_request` for what is no name.
    init(
        _ contents: CertificateContents, _ product: LocalCAProduct, key: LocalCAKey, settings: LocalCASettings,
        now: Date
    ) throws(CertProtocol.CertificateError) {
        self.product = product
        self.settings = settings
        self.key = key
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
        let end = end(at: now)
        guard end > now else {
            throw .refused("validity_over", "The certificate would have ended already; ask for a later day.")
        }
        // The last second is part of it.
        let seconds = end.timeIntervalSince(Self.start(at: now)) + 1
        guard seconds <= Double(settings.longestValidity.wholeSeconds) else {
            throw .refused(
                "validity_too_long",
                "The local CA issues for \(settings.longestValidity.text) at most (longest_validity); ask for a shorter time."
            )
        }
    }

    /// The common name, where the subject has one.
    var commonName: String? { names.first.flatMap { $0.utf8.count <= Self.longestCommonName ? $0 : nil } }

    /// The first second.
    static func start(at now: Date) -> Date {
        Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down) - backdating)
    }

    /// The last second (RFC 5280, section 4.1.2.5: it is part of the period).
    func end(at now: Date) -> Date {
        let start = Self.start(at: now)
        let end =
            switch validity {
            case .days(let days): start.addingTimeInterval(Double(days) * Self.day)
            case .years(let years): start.addingTimeInterval(Double(years) * 365 * Self.day)
            case .until(let day): day.startInUTC.addingTimeInterval(Self.day)
            default: start.addingTimeInterval(Double(settings.defaultValidity.wholeSeconds))
            }
        return end.addingTimeInterval(-1)
    }

    /// What the certificate says besides names, key and validity.
    ///
    /// - Parameter issuer: the key of whoever signs it.
    /// - Returns: the extensions.
    /// - Throws: where they can't be encoded.
    func extensions(signedBy issuer: X509.Certificate.PublicKey) throws -> X509.Certificate.Extensions {
        let names = SubjectAlternativeNames(names.map(GeneralName.dnsName))
        return try X509.Certificate.Extensions {
            Critical(BasicConstraints.notCertificateAuthority)
            // Not keyEncipherment, for RSA either: TLS 1.3 has no use for it (Baseline Requirements, 7.1.2.7.11).
            Critical(KeyUsage(digitalSignature: true))
            try ExtendedKeyUsage(product.usages)
            SubjectKeyIdentifier(hash: key.publicKey)
            AuthorityKeyIdentifier(of: issuer)
            // RFC 5280, section 4.2.1.6: critical where the subject is empty.
            if subject.isEmpty { Critical(names) } else { names }
        }
    }

    /// A name, lower case.
    private static func checked(
        _ text: String, permitted: PermittedNames
    ) throws(CertProtocol.CertificateError) -> String {
        let name = text.lowercased()
        let isWildcard = name.hasPrefix("*.")
        let labels = (isWildcard ? name.dropFirst(2) : name[...]).split(
            separator: ".", omittingEmptySubsequences: false)
        // Of digits alone, the last label makes an address.
        let isAddress = labels.last?.utf8.allSatisfy { (48...57).contains($0) } ?? true
        guard name.utf8.count <= 253, labels.allSatisfy(isLabel), !isAddress else {
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

extension AuthorityKeyIdentifier {
    /// That of an issuer by its key.
    init(of issuer: X509.Certificate.PublicKey) {
        self.init(keyIdentifier: SubjectKeyIdentifier(hash: issuer).keyIdentifier)
    }
}
