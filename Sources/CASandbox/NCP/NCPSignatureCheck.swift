internal import CertProtocol
internal import Crypto
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird

/// Checks `x-ncp-apigw-signature-v2` as NAVER Cloud Platform's API guide ("Creating a signature") describes it:
/// Base64 of HMAC-SHA256 over method, space, request target, LF, timestamp, LF, access key, with the secret key as it
/// is. The target's bytes are those on the wire.
enum NCPSignatureCheck {
    struct Account: Sendable {
        let accessKey: String
        let secretKey: String
        var isSubAccount = false
        var zone = NCPZone.public
    }

    static let mainAccount = Account(
        accessKey: "sandbox-ncp-access-key-not-real",
        secretKey: "sandbox-ncp-secret-key-not-a-secret"
    )
    static let subAccount = Account(
        accessKey: "sandbox-ncp-sub-account-access-key-not-real",
        secretKey: "sandbox-ncp-sub-account-secret-key-not-a-secret",
        isSubAccount: true
    )
    static let governmentAccount = Account(
        accessKey: "sandbox-ncp-gov-access-key-not-real",
        secretKey: "sandbox-ncp-gov-secret-key-not-a-secret",
        zone: .government
    )
    static let financialAccount = Account(
        accessKey: "sandbox-ncp-fin-access-key-not-real",
        secretKey: "sandbox-ncp-fin-secret-key-not-a-secret",
        zone: .financial
    )
    private static let accounts = [mainAccount, subAccount, governmentAccount, financialAccount]

    /// A timestamp that is this far off, or further, is refused (Certificate Manager overview, "API header").
    private static let tolerance = 300_000.0

    private static let timestampField = HTTPField.Name("x-ncp-apigw-timestamp")
    private static let accessKeyField = HTTPField.Name("x-ncp-iam-access-key")
    private static let signatureField = HTTPField.Name("x-ncp-apigw-signature-v2")

    /// The account that signed the request; a gateway refusal with errorCode 200 where there is none.
    static func account(signing request: Request, now: Double, isAnyAccepted: Bool) throws(Refusal) -> Account {
        guard let timestamp = value(of: timestampField, in: request),
            let accessKey = value(of: accessKeyField, in: request),
            let signature = value(of: signatureField, in: request)
        else { throw failed("Authentication information are missing.") }
        let text = "\(request.method.rawValue) \(request.head.path ?? "")\n\(timestamp)\n\(accessKey)"
        guard isAnyAccepted, let account = accounts.first(where: { $0.accessKey == accessKey }),
            let milliseconds = Int64(timestamp), abs(now * 1000 - Double(milliseconds)) < tolerance,
            let code = Data(base64Encoded: signature),
            HMAC<SHA256>.isValidAuthenticationCode(
                code,
                authenticating: Data(text.utf8),
                using: SymmetricKey(data: Data(account.secretKey.utf8))
            )
        else { throw failed("Invalid authentication information.") }
        return account
    }

    /// The zone that the request's key is of. Requests that get as far as a route are signed by it.
    static func zone(of request: Request) -> NCPZone {
        let accessKey = value(of: accessKeyField, in: request)
        return accounts.first { $0.accessKey == accessKey }?.zone ?? .public
    }

    private static func value(of name: HTTPField.Name?, in request: Request) -> String? {
        name.flatMap { request.headers[$0] }
    }

    private static func failed(_ details: String) -> Refusal {
        NCPAnswers.gateway(status: .unauthorized, code: "200", message: "Authentication Failed", details: details)
    }
}

/// The API gateway in front of Certificate Manager.
struct NCPGate: Authority {
    var pathPrefix: String { "/api/" }

    var unknownRoute: Answer { Self.notFound.answer }

    private static let notFound = NCPAnswers.gateway(
        status: .notFound,
        code: "300",
        message: "Not Found Exception",
        details: "URL not found."
    )

    func authenticate(_ request: Request) throws(Refusal) {
        let conditions = SandboxConditions.current
        let account = try NCPSignatureCheck.account(
            signing: request, now: SandboxDates.now + conditions.clockOffset, isAnyAccepted: !conditions.keysAreRevoked
        )
        guard account.zone.has(request.uri.path) else { throw Self.notFound }
        if account.isSubAccount, request.uri.path.hasPrefix("/api/v2/") {
            // Observed with sub-account keys on API 2.0: no body, and the backend named as the origin.
            throw Refusal(answer: Answer(status: .forbidden, headers: NCPAnswers.origin("ENDPOINT"), body: .empty))
        }
    }

    func finish(_ response: inout Response, isFromGate: Bool) {
        NCPAnswers.complete(&response, origin: isFromGate ? "APIGW" : "ENDPOINT")
    }
}
