internal import CertProtocol
internal import FoundationEssentials

extension IssueRequest {
    /// The names, lower-case, each once, the common name first.
    ///
    /// - Throws: `invalid_request` for another product than the one, and for what is no A-label: servers take none else.
    func acmeNames() throws(CertificateError) -> [String] {
        guard product == ACMEProduct.name else {
            throw .unsent("ACME has one product, \(ACMEProduct.name), and no \(product).")
        }
        var names: [String] = []
        for name in ([contents.commonName] + contents.dnsNames).map({ $0.lowercased() }) where !names.contains(name) {
            guard name.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !name.isEmpty else {
                throw .unsent("“\(name)” has to be written in A-labels (xn--…).")
            }
            names.append(name)
        }
        return names
    }

    /// The way of proof that is asked for; `nil` where that is left to the settings.
    ///
    /// - Throws: `invalid_request` for what can't be done.
    func acmeChallenge(
        for names: [String], settings: ACMESettings, publisher: Publisher
    ) throws(CertificateError) -> ACME.ChallengeType? {
        let asked = validationMethod.map { ACME.ChallengeType(rawValue: $0) }
        if let method = validationMethod, asked == .some(nil) {
            let known = ACME.ChallengeType.allCases.map(\.rawValue).joined(separator: ", ")
            throw .unsent("the control of domains is proven by \(known), not by \(method).")
        }
        let type = asked.flatMap(\.self)
        guard let wildcard = names.first(where: { $0.hasPrefix("*.") }) else { return type }
        if type == .http { throw .unsent("\(wildcard) has a wildcard, which http-01 can't prove; dns-01 can.") }
        guard publisher.isNobody || publisher.canPublish(.dns) else {
            throw .unsent(
                "\(wildcard) has a wildcard, which is proven in DNS: set hook_command, which can publish there.")
        }
        return type
    }

    /// The end of the validity that is asked for; `nil` where that is left to the server.
    func acmeEnd(from now: Date) throws(CertificateError) -> Date? {
        let days: Int
        switch contents.validity {
        case nil: return nil
        case .until(let day)?: return day.startInUTC
        case .days(let count)?: days = count
        case .years(let count)?: days = (0...100).contains(count) ? count * 365 : 0
        @unknown default: days = 0
        }
        guard (1...36_500).contains(days) else { throw .unsent("that is no period that a certificate can have.") }
        return Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down) + Double(days) * 86_400)
    }
}

extension CertificateContents {
    /// The signing request, DER.
    ///
    /// - Throws: `invalid_request` where it isn't PEM (RFC 7468, section 7).
    func signingRequestBytes() throws(CertificateError) -> Data {
        for label in ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"] {
            guard let start = signingRequest.firstRange(of: "-----BEGIN \(label)-----")?.upperBound,
                let end = signingRequest[start...].firstRange(of: "-----END \(label)-----")?.lowerBound,
                let bytes = Data(base64Encoded: signingRequest[start..<end].filter { !$0.isWhitespace }), !bytes.isEmpty
            else { continue }
            return bytes
        }
        throw .unsent("the signing request isn't PEM.")
    }
}

extension RevocationReason {
    /// The reasons that whoever ordered may give. Whether a right was withdrawn, the certificate authority itself says.
    static let acme: [RevocationReason] = [
        .unspecified, .keyCompromise, .affiliationChanged, .superseded, .cessationOfOperation,
    ]

    /// The code of the reason (RFC 5280, section 5.3.1); `nil` for none, which is sent as nothing.
    var acmeCode: Int64? {
        switch self {
        case .keyCompromise: 1
        case .affiliationChanged: 3
        case .superseded: 4
        case .cessationOfOperation: 5
        case .privilegeWithdrawn: 9
        default: nil
        }
    }
}

extension ProviderCapabilities {
    /// What ACME offers. It lists nothing, and cancels no order.
    static let acme = ProviderCapabilities(
        operations: [
            .orderDetail, .listProducts, .findOrder, .issue, .revoke, .download, .domainValidation,
        ],
        lookups: [.order],
        downloadFormats: [.pem, .chain, .fullChain],
        revocationReasons: RevocationReason.acme,
        revocationScopes: [.certificate, .wholeOrder],
        revokesByKey: true
    )
}
