internal import CertProtocol

extension DigiCertProvider {
    /// What DigiCert answers where a check has found nothing: the outcome of a check, and no failure of it.
    private static let nothingFound = ["invalid_dns_txt", "file_random_value_not_found"]

    /// Tells what has to be published. Orders of domain validation have a value of their own; for all others the account's
    /// domains are looked up, each at the name itself or at the closest parent that the account has.
    func showDomainValidations(
        _ request: DomainValidationsRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] {
        let (info, raw) = try await api.orderInfo(try DigiCertIdentifier.order(request.orderID), context: context)
        guard info.isDomainValidated else { return try await domains(of: info, context).map(\.validation) }
        var value: DigiCert.DCVRandomValue?
        if info.isOpen, info.dcvMethod != "email" {
            value = try await api.dcvRandomValue(order: String(info.id), context: context)
        }
        return info.validations(method: info.dcvMethod, value: value, raw: raw, provider: providerID)
    }

    /// Has DigiCert look for what was published. An order that waited for nothing else is issued by it.
    func checkDomainValidations(
        _ request: DomainValidationsRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] {
        let (info, raw) = try await api.orderInfo(try DigiCertIdentifier.order(request.orderID), context: context)
        guard info.isDomainValidated else { return try await checkDomains(of: info, context) }
        var rows = info.validations(method: info.dcvMethod, value: nil, raw: raw, provider: providerID)
        guard info.isOpen else { return rows }
        do throws(CertificateError) {
            let check = try await api.checkDCV(order: String(info.id), context: context)
            for index in rows.indices {
                let own = check.dnsNameValidations.first { $0.dnsName?.lowercased() == rows[index].domain }
                rows[index].status = own?.status ?? check.dcvStatus
            }
        } catch {
            let code = try Self.wordOfNothingFound(error)
            for index in rows.indices { rows[index].status = code }
        }
        return rows
    }

    /// Chooses another method. What was published for the one before is worth nothing any more.
    func setDomainValidationMethod(
        _ request: SetDomainValidationMethodRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] {
        let (info, raw) = try await api.orderInfo(try DigiCertIdentifier.order(request.orderID), context: context)
        guard info.isDomainValidated else {
            for part in try await domains(of: info, context) {
                guard let domain = part.domain, domain.needsProof else { continue }
                try await api.setDomainMethod(request.method, domain: domain.id, context: context)
            }
            return try await domains(of: info, context).map(\.validation)
        }
        let value = try await api.setDCVMethod(request.method, order: String(info.id), context: context)
        return info.validations(method: request.method, value: value, raw: raw, provider: providerID)
    }

    private func checkDomains(
        of info: DigiCert.OrderInfo, _ context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] {
        var rows: [DomainValidation] = []
        for part in try await domains(of: info, context) {
            guard let domain = part.domain, domain.needsProof else {
                rows.append(part.validation)
                continue
            }
            var said: String?
            do throws(CertificateError) {
                try await api.checkDomain(domain.id, token: domain.dcvToken?.token ?? "", context: context)
            } catch {
                said = try Self.wordOfNothingFound(error)
            }
            let (checked, raw) = try await api.domain(domain.id, context: context)
            rows.append(
                DomainValidation(checked, order: String(info.id), status: said, raw: raw, provider: providerID)
            )
        }
        return rows
    }

    private static func wordOfNothingFound(_ error: CertificateError) throws(CertificateError) -> String {
        guard let code = error.providerCode, nothingFound.contains(code) else { throw error }
        return code
    }

    /// The domains of the account that an order's names lie in, each once; a name that lies in none stands for itself.
    private func domains(
        of info: DigiCert.OrderInfo, _ context: OperationContext
    ) async throws(CertificateError) -> [(domain: DigiCert.Domain?, validation: DomainValidation)] {
        var found: [(domain: DigiCert.Domain?, validation: DomainValidation)] = []
        for name in info.names.map({ $0.hasPrefix("*.") ? String($0.dropFirst(2)) : $0 }) {
            guard !found.contains(where: { name == $0.validation.domain || name.hasSuffix("." + $0.validation.domain) })
            else { continue }
            if let (domain, raw) = try await closestDomain(to: name, context) {
                let row = DomainValidation(domain, order: String(info.id), status: nil, raw: raw, provider: providerID)
                found.append((domain, row))
            } else {
                var row = DomainValidation(provider: providerID, domain: name, raw: JSONValue(.null))
                row.orderID = String(info.id)
                found.append((nil, row))
            }
        }
        return found
    }

    private func closestDomain(
        to name: String, _ context: OperationContext
    ) async throws(CertificateError) -> (DigiCert.Domain, JSONValue)? {
        var labels = name.split(separator: ".")[...]
        while labels.count >= 2 {
            let candidate = labels.joined(separator: ".")
            let list = try await api.listDomains(named: candidate, context: context)
            let domain = list.rows.lazy.compactMap { DigiCert.Domain($0) }.first { $0.name?.lowercased() == candidate }
            if let domain { return try await api.domain(domain.id, context: context) }
            labels = labels.dropFirst()
        }
        return nil
    }
}
