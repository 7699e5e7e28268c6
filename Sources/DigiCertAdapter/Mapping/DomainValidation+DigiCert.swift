internal import CertProtocol

extension DomainValidation {
    /// A domain of the account, which an order of organization validation goes by.
    ///
    /// - Parameters:
    ///   - domain: the domain.
    ///   - order: the order that needs it.
    ///   - status: what a check said, where it found nothing.
    ///   - raw: the domain's JSON.
    ///   - provider: the id of the provider.
    init(_ domain: DigiCert.Domain, order: String, status: String?, raw: JSONValue, provider: String) {
        let proof = domain.validations.lazy.compactMap(\.dcvStatus).first
        self.init(provider: provider, domain: domain.name ?? "", raw: raw)
        orderID = order
        method = domain.dcvMethod
        self.status = status ?? domain.dcvToken?.status ?? proof
        if domain.needsProof { publish(domain.dcvToken?.token) }
        expiresAt = domain.needsProof ? domain.dcvToken?.expirationDate : nil
    }

    /// A name of an order of domain validation.
    ///
    /// - Parameters:
    ///   - name: the name.
    ///   - order: the order.
    ///   - method: how its control is proven.
    ///   - value: what is to be published; `nil` where nothing is.
    ///   - raw: the order's JSON.
    ///   - provider: the id of the provider.
    init(
        _ name: String, order: DigiCert.OrderInfo, method: String?, value: DigiCert.DCVRandomValue?, raw: JSONValue,
        provider: String
    ) {
        self.init(provider: provider, domain: name, raw: raw)
        orderID = String(order.id)
        self.method = method
        // Its own words for it come with a check only.
        status = order.status
        publish(value?.dcvRandomValue)
        expiresAt = value?.expirationDate
    }

    /// Where a value is published (“Use the DNS TXT, DNS CNAME or HTTP Practical Demonstration method”).
    private mutating func publish(_ value: String?) {
        guard let value else { return }
        let name = domain.hasPrefix("*.") ? String(domain.dropFirst(2)) : domain
        switch method {
        case "dns-txt-token": (recordName, recordType, recordValue) = (name, "TXT", value)
        case "dns-cname-token":
            (recordName, recordType, recordValue) = ("_dnsauth.\(name)", "CNAME", "\(value).dcv.digicert.com")
        case "http-token":
            recordName = "http://\(name)/.well-known/pki-validation/fileauth.txt"
            (recordType, recordValue) = ("HTTP", value)
        default: recordValue = value
        }
    }
}

extension DigiCert.Domain {
    /// Whether its control has to be proven.
    var needsProof: Bool {
        dcvToken.isPending || (dcvToken == nil && validations.contains { $0.dcvStatus == "pending" })
    }
}

extension DigiCert.OrderInfo {
    /// Whether its product validates domains and nothing else.
    var isDomainValidated: Bool { base.validation == "dv" }

    /// Whether something of it is still to be made.
    var isOpen: Bool { base.status == "pending" || base.status == "reissue_pending" }

    /// The common name and the further names, in lower case, each once.
    var names: [String] {
        var seen: Set<String> = []
        let all = [base.certificate?.commonName].compactMap(\.self) + (base.certificate?.dnsNames ?? [])
        return all.map { $0.lowercased() }.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// What proves the control of each name.
    func validations(
        method: String?, value: DigiCert.DCVRandomValue?, raw: JSONValue, provider: String
    ) -> [DomainValidation] {
        names.map { DomainValidation($0, order: self, method: method, value: value, raw: raw, provider: provider) }
    }
}

extension [DomainValidation] {
    /// Notes what a check has found for each name.
    mutating func note(_ check: DigiCert.DCVCheck) {
        for index in indices {
            let own = check.dnsNameValidations.first { $0.dnsName?.lowercased() == self[index].domain }
            self[index].status = own?.status ?? check.dcvStatus
        }
    }

    /// Notes the same outcome for each name.
    mutating func note(status: String) {
        for index in indices { self[index].status = status }
    }
}

extension CertificateError {
    /// What DigiCert answers where a check has found nothing: the outcome of the check, and no failure of it.
    ///
    /// - Throws: the error itself, where it is another one.
    func outcomeOfCheck() throws(CertificateError) -> String {
        guard let providerCode, ["invalid_dns_txt", "file_random_value_not_found"].contains(providerCode) else {
            throw self
        }
        return providerCode
    }
}
