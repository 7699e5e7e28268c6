internal import AdapterHTTP
internal import CertProtocol
internal import HTTPTypes

/// The endpoints that prove the control of domains: of an order for products of domain validation, of the account's domains
/// for all others.
///
/// Looking for what was published, and asking for the value to publish, may be done any number of times, so that these calls
/// are retried as reads are, in spite of their method.
extension DigiCertAPI {
    /// `PUT /order/certificate/{order_id}/dcv-random-value`: the current value as long as it can be used, otherwise a new one.
    func dcvRandomValue(
        order: String, context: OperationContext
    ) async throws(CertificateError) -> DigiCert.DCVRandomValue {
        let target: RequestTarget = "/order/certificate/\(order)/dcv-random-value"
        return try Self.randomValue(await change(.put, target, [:], effect: .read, context: context))
    }

    /// `PUT /order/certificate/{order_id}/dcv-method`. What was published before is worth nothing any more.
    func setDCVMethod(
        _ method: String, order: String, context: OperationContext
    ) async throws(CertificateError) -> DigiCert.DCVRandomValue {
        let target: RequestTarget = "/order/certificate/\(order)/dcv-method"
        return try Self.randomValue(
            await change(.put, target, ["dcv_method": .string(method)], context: context)
        )
    }

    /// `PUT /order/certificate/{order_id}/check-dcv`.
    func checkDCV(order: String, context: OperationContext) async throws(CertificateError) -> DigiCert.DCVCheck {
        let target: RequestTarget = "/order/certificate/\(order)/check-dcv"
        let answer = try await change(.put, target, [:], effect: .read, context: context)
        guard let check = DigiCert.DCVCheck(try answer.jsonObject()) else {
            throw answer.malformed("The check is not an object.")
        }
        return check
    }

    /// `GET /domain` for one name: the account's domains of just this name.
    func listDomains(named name: String, context: OperationContext) async throws(CertificateError) -> RowList {
        let target: RequestTarget = "/domain"
        return try await list(target.query("filters[search]", name), "domains", mayBeBare: true, context)
    }

    /// `GET /domain/{domain_id}` with the value to be published.
    func domain(
        _ id: Int64, context: OperationContext
    ) async throws(CertificateError) -> (domain: DigiCert.Domain, raw: JSONValue) {
        let target: RequestTarget = "/domain/\(String(id))"
        let call = HTTPCall(target.query("include_dcv", "true").query("include_validation", "true"))
        let answer = try await client.send(call, context: context)
        let raw = try answer.jsonObject()
        guard let domain = DigiCert.Domain(raw) else { throw answer.malformed("The domain has no readable id.") }
        return (domain, raw)
    }

    /// `PUT /domain/{domain_id}/dcv/validate-token`. Nobody documents the answer; the domain is read again instead.
    func checkDomain(_ id: Int64, token: String, context: OperationContext) async throws(CertificateError) {
        let target: RequestTarget = "/domain/\(String(id))/dcv/validate-token"
        _ = try await change(.put, target, ["token": .string(token)], effect: .read, context: context)
    }

    /// `PUT /domain/{domain_id}/dcv/method`.
    func setDomainMethod(
        _ method: String, domain id: Int64, context: OperationContext
    ) async throws(CertificateError) {
        let target: RequestTarget = "/domain/\(String(id))/dcv/method"
        _ = try await change(.put, target, ["dcv_method": .string(method)], context: context)
    }

    /// An answer without a body has no value, as for the method `email`.
    private static func randomValue(_ answer: HTTPAnswer) throws(CertificateError) -> DigiCert.DCVRandomValue {
        let body = answer.body.isEmpty ? JSONValue([:]) : try answer.json()
        // `[]` has been seen where an object is empty.
        guard let value = DigiCert.DCVRandomValue(body.kind == .array ? JSONValue([:]) : body) else {
            throw answer.malformed("The random value is not an object.")
        }
        return value
    }
}
