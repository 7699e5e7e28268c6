import AdapterHTTP
import CertProtocol
import HTTPTypes

extension AdapterFactory {
    static func acme(transport: any ClientTransport, clock: OperationClock = .system) -> AdapterFactory {
        let token = Setting("token", .secret, isRequired: true, "The API token of the account.")
        let baseURL = Setting("base_url", .serviceURL(.root), isRequired: true, "Where the API is reached.")
        return AdapterFactory(
            name: "acme", title: "Acme Trust", settings: SettingsDeclaration([token, baseURL]), defaultLimits: []
        ) { values, context throws(CertificateError) in
            guard let secret = values.secret(token), let root = values.serviceURL(baseURL) else {
                throw CertificateError(.invalidConfiguration, "token and base_url are needed.")
            }
            let limiter = RateLimiter.shared(scope: "acme", credential: secret, context: context, clock: clock)
            let client = ProviderHTTPClient(
                root: root, context: context, transport: transport, limiter: limiter, secrets: [secret], clock: clock,
                sign: { request, _ in
                    secret.withExposedValue { request.headerFields[.authorization] = "Bearer \($0)" }
                },
                readError: { answer, _ in
                    answer.status == 401 ? CertificateError(.authentication, "The token was refused.") : nil
                }
            )
            return AcmeProvider(id: context.providerID, client: client)
        }
    }
}

struct AcmeProvider: CertificateProvider {
    let id: String
    let client: ProviderHTTPClient
    let capabilities = ProviderCapabilities(operations: [.listCertificates])

    func listCertificates(
        _ request: ListCertificatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        let answer = try await client.send(HTTPCall("/certificates"), context: context).jsonObject()
        let certificates = (answer.array("certificates") ?? []).map { row in
            let word = row.string("state")
            let status: CertificateStatus = word == "valid" ? .issued : .unknown(word ?? "")
            var certificate = Certificate(provider: id, status: status, providerStatus: word, raw: row)
            certificate.certificateID = row.string("id")
            certificate.commonName = row.string("name")
            return certificate
        }
        return Page(certificates) { $0.certificateID ?? "" }
    }
}
