internal import CertProtocol

extension DomainValidation {
    /// The proofs of a domain; one without any state where the service names none.
    static func all(
        of domain: String, _ info: NCP.VerificationInfo?, orderID: String, provider: String
    ) -> [DomainValidation] {
        let records = info?.dnsVerificationList.map { DomainValidation($0, domain: domain, provider: provider) } ?? []
        let mails = info?.emailVerificationList.map { mail in
            var validation = DomainValidation(provider: provider, domain: domain, raw: mail)
            validation.method = "E"
            validation.status = mail.string("validStatusCode")
            return validation
        }
        let proofs = records + (mails ?? [])
        let all = proofs.isEmpty ? [DomainValidation(provider: provider, domain: domain, raw: .init(.null))] : proofs
        return all.map { proof in
            var proof = proof
            proof.orderID = orderID
            return proof
        }
    }

    /// A proof by DNS record. The service's words for its method aren't among the fields that are documented, and neither is
    /// the field that holds the record's value: it is looked for by the end of its name.
    private init(_ wire: NCP.DNSVerification, domain: String, provider: String) {
        self.init(provider: provider, domain: domain, raw: wire.raw)
        method = wire.raw.string("validationMethod").unlessBlank
        status = wire.validStatusCode.unlessBlank
        recordName = wire.txtName.unlessBlank
        recordType = recordName.map { _ in "TXT" }
        recordValue =
            wire.raw.members.lazy.filter { $0.name.lowercased().hasSuffix("value") }
            .compactMap { $0.value.stringValue.unlessBlank }.first
    }
}
