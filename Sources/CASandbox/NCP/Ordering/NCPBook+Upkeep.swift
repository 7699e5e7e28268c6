internal import CertProtocol
internal import FoundationEssentials
internal import SwiftASN1
internal import X509

/// What is done to certificates and orders that are there.
extension NCPBook {
    /// The reasons of RevokeCertificate.
    private static let reasons = ["affiliationChanged", "superseded", "cessationOfOperation", "unspecified"]

    /// createExternalCertificate (API 1.0) and RegisterExternalCertificate (API 2.0, which replaces too).
    ///
    /// - Returns: the certificate.
    mutating func register(
        _ body: JSONValue, certificateKey: String, now: Date
    ) throws -> NCPMadeCertificate {
        let form = NCPForm(body: body)
        let replaced = try body.integer("certificateNo").map { try changeable($0) }
        if let replaced, replaced.type != Self.externalType {
            throw NCPAnswers.refused("Only an external certificate can be replaced.")
        }
        let name = replaced == nil ? try freeName(form) : try form.certificateName()
        if let replaced, replaced.name != name { throw NCPAnswers.invalidInput("certificateName doesn't match.") }
        let key = try? Certificate.PrivateKey(pemEncoded: form.text("privateKey"))
        let leaf = PEMCertificate.all(in: try form.text(certificateKey))?.first
        let above = PEMCertificate.all(in: body.string("certificateChain") ?? "")
        guard let key, let leaf, let above else { throw NCPAnswers.failure("1002", "It is not a PEM file.") }
        guard let certificate = try? Certificate(derEncoded: leaf.bytes), certificate.notValidAfter > now else {
            throw NCPAnswers.failure("26034", "The certificate is invalid.")
        }
        guard certificate.publicKey == key.publicKey else {
            throw NCPAnswers.failure("26040", "The public key of the certificate does not match.")
        }
        let names = (try? certificate.extensions.subjectAlternativeNames)?.compactMap { name in
            if case .dnsName(let name) = name { name } else { nil }
        }
        var registered = NCPMadeCertificate(
            number: replaced?.number ?? nextNumber, name: name,
            commonName: certificate.subject.commonName ?? names?.first ?? "", dnsNames: names ?? [],
            type: Self.externalType, registered: replaced?.registered ?? now, changed: now, status: .normal
        )
        registered.text = NCPMadeCertificate.Text(
            certificate: PEMText.withCRLF(leaf.text),
            intermediate: above.isEmpty ? nil : PEMText.withCRLF(above.map(\.text).joined()), root: nil,
            serialNumber: IssuedCertificate.hexadecimal(certificate.serialNumber.bytes),
            issuer: "cn=\(certificate.issuer.commonName ?? "")", keyInfo: "registered",
            notBefore: certificate.notValidBefore, notAfter: certificate.notValidAfter
        )
        put(registered)
        return registered
    }

    /// DeleteCertificate of both versions: the name has to be that of the number.
    mutating func delete(_ number: String, name: String?, now: Date) throws {
        let sample = NCPAccountRecords.externalCertificates.map { JSONValue($0) }
            .first { $0.string("certificateNo") == number && hasExternalSample }
        guard let own = sample?.string("certificateName") ?? certificate(number: number)?.name else {
            throw NCPAnswers.noCertificate
        }
        guard name == own else { throw NCPAnswers.failure("1004", "The name and the number do not match.") }
        guard !NCPNameRules.isInUse(own) else { throw NCPAnswers.failure("1004", "An instance uses the certificate.") }
        if sample != nil { removeExternalSample() } else { try remove(Int64(number) ?? 0, now: now) }
    }

    /// RevokeCertificate.
    ///
    /// - Returns: how many were revoked.
    mutating func revoke(_ body: JSONValue, now: Date) throws -> Int {
        let form = NCPForm(body: body)
        let order = try changeableOrder(try form.text("orderId"))
        let number = try form.number("certificateNo")
        _ = try form.choice("revokeType", Self.reasons)
        guard number == 0 || order.certificates.contains(number) else { throw NCPAnswers.noCertificate }
        let targets = try order.certificates.filter { number == 0 || $0 == number }.map { try changeable($0) }
            .filter(\.status.isInForce)
        guard !targets.isEmpty else { throw NCPAnswers.refused("Only a certificate that is in force can be revoked.") }
        for target in targets {
            var certificate = target
            let isLater = NCPNameRules.isRevokedLater(certificate.commonName)
            certificate.status = isLater ? .revocationRequested : .revoked
            certificate.revoked = isLater ? nil : now
            certificate.changed = now
            put(certificate)
        }
        return targets.count
    }

    /// SetRenewalStatus. No answer shows the flag, so it isn't kept.
    func setRenewal(_ body: JSONValue) throws {
        let form = NCPForm(body: body)
        _ = try form.choice("renewalYn", ["Y", "N"])
        _ = try changeable(try form.number("certificateNo"))
    }

    /// SubscriptionExtend.
    mutating func extend(_ body: JSONValue, now: Date) throws {
        let form = NCPForm(body: body)
        let period = try form.choice("subscriptionPeriod", ["1Y", "2Y", "3Y"])
        var order = try changeableOrder(try form.text("orderId"))
        guard let years = Int(period.prefix(1)), years <= order.extendableYears(now: now) else {
            throw NCPAnswers.refused("The subscription can't be extended by that much.")
        }
        order.extend(by: years)
        put(order)
    }
}
