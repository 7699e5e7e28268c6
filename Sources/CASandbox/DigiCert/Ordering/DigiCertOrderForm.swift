internal import CertProtocol

/// What an order, a reissue or a duplicate says about the certificate that it wants: the `certificate` object of its body.
struct DigiCertOrderForm: Sendable {
    let commonName: String
    /// As they were sent.
    let dnsNames: [String]
    let request: SigningRequest
    let signatureHash: String
    let serverPlatform: Int64?
    /// The period that the certificate is asked to be valid for.
    let validity: JSONValue?

    /// The common name and the further names, in lower case, each once.
    var names: [String] {
        var seen: Set<String> = []
        return ([commonName] + dnsNames).map { $0.lowercased() }.filter { seen.insert($0).inserted }
    }

    /// Reads the object.
    ///
    /// - Throws: the refusal that "Errors" documents for a request that can't be read, and `bad_request_format` otherwise.
    init(_ body: JSONValue) throws {
        guard let certificate = body.object("certificate") else {
            throw DigiCertAnswers.badRequest("certificate is required.")
        }
        guard let commonName = certificate.string("common_name"), !commonName.isEmpty else {
            throw DigiCertAnswers.badRequest("certificate.common_name is required.")
        }
        do {
            request = try SigningRequest(certificate.string("csr") ?? "")
        } catch {
            let reason = error == .wrongSignature ? "its signature does not match its key" : "it could not be parsed"
            throw DigiCertAnswers.badRequest("The CSR is invalid: \(reason).", code: "csr_invalid_cannot_parse")
        }
        let hash = certificate.string("signature_hash") ?? ""
        guard ["sha256", "sha384", "sha512"].contains(hash) else {
            throw DigiCertAnswers.badRequest("certificate.signature_hash must be sha256, sha384 or sha512.")
        }
        self.commonName = commonName
        signatureHash = hash
        dnsNames = (certificate.strings("dns_names") ?? []).filter { !$0.isEmpty }
        serverPlatform = certificate.object("server_platform")?.integer("id")
        validity = certificate.object("cert_validity")
        for name in names where !Self.isDomain(name) {
            throw DigiCertAnswers.badRequest("\(name) is not a domain name.")
        }
        if let name = DigiCertNameRules.forbiddenByCAA(names) {
            throw DigiCertAnswers.badRequest(
                "The CAA record of \(name) does not allow DigiCert to issue.", code: "caa_check_failed|\(name)"
            )
        }
    }

    /// The last day of the certificate: what was asked for, but no longer than public certificates may be, nor than the order.
    ///
    /// - Throws: `cert_validity_exceeds_order_validity` where it is to outlive its order.
    func lastDay(from today: Int, orderLastDay: Int) throws -> Int {
        let longest = min(today + DigiCertPeriod.mostCertificateDays - 1, orderLastDay)
        guard let validity else { return longest }
        let asked = try DigiCertPeriod(validity, from: today).lastDay
        guard asked <= orderLastDay else {
            throw DigiCertAnswers.badRequest(
                "The certificate would be valid for longer than its order.",
                code: "cert_validity_exceeds_order_validity"
            )
        }
        return min(asked, longest)
    }

    private static func isDomain(_ name: String) -> Bool {
        let labels = (name.hasPrefix("*.") ? name.dropFirst(2) : name[...]).split(
            separator: ".", omittingEmptySubsequences: false
        )
        return name.utf8.count <= 253 && labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-_".utf8.contains($0) }
            }
    }
}
