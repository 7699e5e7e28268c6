internal import AdapterHTTP
internal import CertProtocol
internal import HTTPTypes

/// The endpoints of the Services API v2. Most of those that read are functions: path, query, answer; lists have a file of their
/// own. All others are types in Wire (``DigiCertCall``), and are sent by one function.
struct DigiCertAPI: Sendable {
    private static let keyHeader = "X-DC-DEVKEY"

    let client: ProviderHTTPClient

    init(
        _ settings: DigiCertSettings, context: AdapterContext, transport: any ClientTransport, clock: OperationClock
    ) {
        let apiKey = settings.apiKey
        client = ProviderHTTPClient(
            root: settings.root,
            context: context,
            transport: transport,
            // DigiCert counts by user, whatever the region; a key is the closest that can be known here.
            limiter: .shared(scope: DigiCert.adapterName, credential: apiKey, context: context, clock: clock),
            secrets: [apiKey],
            clock: clock,
            sign: { request, _ throws(CertificateError) in try Self.authenticate(&request, with: apiKey) },
            readError: { DigiCertErrors.read($0, effect: $1) }
        )
    }

    private static func authenticate(_ request: inout HTTPRequest, with apiKey: Secret) throws(CertificateError) {
        try apiKey.withExposedValue { value throws(CertificateError) in
            guard let name = HTTPField.Name(keyHeader), !value.isEmpty, HTTPField.isValidValue(value) else {
                throw CertificateError(
                    .invalidConfiguration,
                    "api_key is empty or holds characters that no header may carry, such as a line break. Copy it anew."
                )
            }
            var field = HTTPField(name: name, value: value)
            // Keeps the key out of HTTP/2's compression tables.
            field.indexingStrategy = .disallow
            request.headerFields[fields: name] = [field]
        }
    }

    // MARK: - Records

    /// `GET /order/certificate/{order_id}`: the id may also be the serial number or the thumbprint of the order's primary
    /// certificate.
    func orderInfo(
        _ identifier: String, context: OperationContext
    ) async throws(CertificateError) -> (info: DigiCert.OrderInfo, raw: JSONValue) {
        try await record("/order/certificate/\(identifier)", "order", context) { DigiCert.OrderInfo($0) }
    }

    /// `GET /request/{request_id}`.
    func request(_ id: String, context: OperationContext) async throws(CertificateError) -> DigiCert.ApprovalRequest {
        try await record("/request/\(id)", "request", context) { DigiCert.ApprovalRequest($0) }.0
    }

    /// `GET /domain/{domain_id}` with the value to be published.
    func domain(
        _ id: Int64, context: OperationContext
    ) async throws(CertificateError) -> (domain: DigiCert.Domain, raw: JSONValue) {
        let target: RequestTarget = "/domain/\(String(id))"
        return try await record(
            target.query("include_dcv", "true").query("include_validation", "true"), "domain", context
        ) { DigiCert.Domain($0) }
    }

    private func record<Record>(
        _ target: RequestTarget, _ name: String, _ context: OperationContext, read: (JSONValue) -> Record?
    ) async throws(CertificateError) -> (Record, JSONValue) {
        let answer = try await client.send(HTTPCall(target), context: context)
        let raw = try answer.jsonObject()
        guard let record = read(raw) else { throw answer.malformed("The \(name) has no readable id.") }
        return (record, raw)
    }

    // MARK: - Calls of a type of their own

    /// Sends a call; one that changes something is sent once.
    func send<Call: DigiCertCall>(
        _ call: Call, context: OperationContext
    ) async throws(CertificateError) -> Call.Answer {
        try call.read(await client.send(call.call, context: context))
    }
}
