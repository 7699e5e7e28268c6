internal import CertProtocol

extension DigiCertProvider {
    /// Tells what has to be published. Orders of domain validation have a value of their own; for all others the account's
    /// domains are looked up, each at the name itself or at the closest parent that the account has.
    func showDomainValidations(
        _ request: DomainValidationsRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] {
        let (info, raw) = try await api.orderInfo(try DigiCertIdentifier.order(request.orderID), context: context)
        guard info.isDomainValidated else {
            return try await domains(of: info, context).validations(of: info, provider: providerID)
        }
        var value: DigiCert.DCVRandomValue?
        if info.isOpen, info.dcvMethod != "email" {
            value = try await api.send(DigiCert.DCVRandomValueRequest(order: String(info.id)), context: context)
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
            rows.note(try await api.send(DigiCert.DCVCheckRequest(order: String(info.id)), context: context))
        } catch {
            rows.note(status: try error.outcomeOfCheck())
        }
        return rows
    }

    /// Chooses another method. What was published for the one before is worth nothing any more.
    func setDomainValidationMethod(
        _ request: SetDomainValidationMethodRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] {
        let (info, raw) = try await api.orderInfo(try DigiCertIdentifier.order(request.orderID), context: context)
        guard info.isDomainValidated else {
            for domain in try await domains(of: info, context).compactMap(\.unproven) {
                let change = DigiCert.DomainMethodChange(domain: domain.id, method: request.method)
                try await api.send(change, context: context)
            }
            return try await domains(of: info, context).validations(of: info, provider: providerID)
        }
        let change = DigiCert.DCVMethodChange(order: String(info.id), method: request.method)
        let value = try await api.send(change, context: context)
        return info.validations(method: request.method, value: value, raw: raw, provider: providerID)
    }

    private func checkDomains(
        of info: DigiCert.OrderInfo, _ context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] {
        var rows: [DomainValidation] = []
        for var part in try await domains(of: info, context) {
            var said: String?
            if let domain = part.unproven {
                let check = DigiCert.DomainCheckRequest(domain: domain.id, token: domain.dcvToken?.token ?? "")
                do throws(CertificateError) {
                    try await api.send(check, context: context)
                } catch {
                    said = try error.outcomeOfCheck()
                }
                part.found = try await api.domain(domain.id, context: context)
            }
            rows.append(part.validation(order: info, status: said, provider: providerID))
        }
        return rows
    }

    /// The domains of the account that an order's names lie in, each once; a name that lies in none stands for itself.
    private func domains(
        of info: DigiCert.OrderInfo, _ context: OperationContext
    ) async throws(CertificateError) -> [AccountDomain] {
        var domains: [AccountDomain] = []
        for name in info.provenNames where !domains.contains(where: { $0.covers(name) }) {
            domains.append(AccountDomain(name: name, found: try await closestDomain(to: name, context)))
        }
        return domains
    }

    private func closestDomain(
        to name: String, _ context: OperationContext
    ) async throws(CertificateError) -> (domain: DigiCert.Domain, raw: JSONValue)? {
        for candidate in AccountDomain.candidates(for: name) {
            let listed = try await api.listDomains(named: candidate, context: context).readable
            if let domain = listed.first(where: { $0.name?.lowercased() == candidate }) {
                return try await api.domain(domain.id, context: context)
            }
        }
        return nil
    }
}
