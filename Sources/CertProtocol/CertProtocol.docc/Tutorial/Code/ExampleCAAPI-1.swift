internal import AdapterHTTP
internal import CertProtocol
internal import HTTPTypes

/// The endpoints of the API, one function each.
struct ExampleCAAPI: Sendable {
    /// The most rows that a page can have (“Lists”).
    static let largestPage = 100

    private let client: ProviderHTTPClient

    init(
        _ settings: ExampleCASettings, context: AdapterContext, transport: any ClientTransport,
        clock: OperationClock
    ) {
        let token = settings.token
        client = ProviderHTTPClient(
            root: settings.baseURL,
            context: context,
            transport: transport,
            limiter: .shared(
                scope: ExampleCA.adapterName, credential: token, context: context, clock: clock
            ),
            secrets: [token],
            clock: clock,
            sign: { request, _ throws(CertificateError) in try Self.authenticate(&request, with: token) },
            readError: { answer, effect in ExampleCAErrors.read(answer, effect: effect) }
        )
    }

    /// Puts the token into a request (“Authentication”: bearer tokens, RFC 6750).
    private static func authenticate(_ request: inout HTTPRequest, with token: Secret) throws(CertificateError) {
        try token.withExposedValue { value throws(CertificateError) in
            let text = "Bearer " + value
            guard !value.isEmpty, HTTPField.isValidValue(text) else {
                throw CertificateError(
                    .invalidConfiguration,
                    "token is empty or holds characters that no header may carry, such as a line break. Copy it anew."
                )
            }
            var field = HTTPField(name: .authorization, value: text)
            // Keeps the token out of HTTP/2's compression tables.
            field.indexingStrategy = .disallow
            request.headerFields[fields: .authorization] = [field]
        }
    }
}
