internal import CertProtocol
internal import HTTPTypes
internal import Hummingbird

/// DigiCert's error bodies (Services API, "Errors").
enum DigiCertAnswers {
    static func error(_ status: HTTPResponse.Status, _ code: String, _ message: String) -> Refusal {
        Refusal(
            answer: .json(["errors": [["code": .string(code), "message": .string(message)]]], status: status)
        )
    }

    static let unknownOrder = unknown("order")

    /// Status 404 for a thing of that kind.
    static func unknown(_ kind: String) -> Refusal {
        error(.notFound, "not_found|\(kind)", "The specified \(kind) was not found.")
    }

    static let invalidApprover = error(
        .forbidden, "access_denied|invalid_approver", "You are not allowed to approve this request."
    )

    static func badRequest(_ message: String, code: String = "bad_request_format") -> Refusal {
        error(.badRequest, code, message)
    }
}

/// Checks the API key. A missing one is 401, as the documentation says; a wrong one is 403 with the body that the live
/// service answers.
struct DigiCertGate: Authority {
    static let apiKey = "sandbox-digicert-api-key-not-a-secret"

    private static let keyField = HTTPField.Name("X-DC-DEVKEY")

    var pathPrefix: String { "/services/v2/" }

    var unknownRoute: Answer {
        DigiCertAnswers.error(.notFound, "not_found|route", "The specified route was not found.").answer
    }

    func authenticate(_ request: Request) throws(Refusal) {
        guard let field = Self.keyField, let key = request.headers[field], !key.isEmpty else {
            throw DigiCertAnswers.error(.unauthorized, "access_denied", "Access denied: no API key was sent.")
        }
        guard key == Self.apiKey, !SandboxConditions.current.keysAreRevoked else {
            throw DigiCertAnswers.error(
                .forbidden,
                "access_denied|access_denied_invalid_key",
                "Access denied due to access_denied_invalid_key."
            )
        }
    }

    func finish(_ response: inout Response, isFromGate: Bool) {
        response.headers[.cacheControl] = "private,no-cache"
    }
}
