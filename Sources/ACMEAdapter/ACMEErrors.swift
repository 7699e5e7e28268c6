internal import AdapterHTTP
internal import CertProtocol

/// What the problems of an ACME server mean (RFC 8555, section 6.7). What isn't listed goes by its HTTP status.
///
/// | problem | code |
/// |---|---|
/// | `accountDoesNotExist`, `badPublicKey`, `badSignatureAlgorithm` | `authentication` |
/// | `userActionRequired` | `permission` |
/// | `externalAccountRequired`, `invalidContact`, `unsupportedContact` | `invalid_configuration` |
/// | `rateLimited` | `rate_limited` |
/// | `badNonce`, `serverInternal` | `unavailable` |
/// | `badCSR`, `badRevocationReason`, `alreadyRevoked`, `orderNotReady`, `rejectedIdentifier`, `unsupportedIdentifier`, `caa`, `compound`, `connection`, `dns`, `incorrectResponse`, `tls` | `rejected` |
/// | `malformed`, `unauthorized`, any other | 401 `authentication`, 403 `permission`, 404 `not_found`, else `rejected` for what changes something, `invalid_request` for what reads |
///
/// A 3xx, a 429 and a 5xx are told by their status alone, whatever the problem. The problem's type is the error's
/// `providerCode`, verbatim; detail and subproblems are its `providerMessage`.
enum ACMEErrors {
    static let badNonce = ACME.Problem.namespace + "badNonce"
    static let accountDoesNotExist = ACME.Problem.namespace + "accountDoesNotExist"
    static let orderNotReady = ACME.Problem.namespace + "orderNotReady"
    static let alreadyRevoked = ACME.Problem.namespace + "alreadyRevoked"

    /// Reads answers that aren't 2xx.
    static func read(_ answer: HTTPAnswer, _ effect: HTTPCall.Effect) -> CertificateError? {
        guard !(200..<300).contains(answer.status) else { return nil }
        let problem = ACME.Problem(answer.lenientJSON ?? JSONValue(.null))
        var error: CertificateError
        if let known = problem.name.flatMap({ known[$0] }) {
            error = self.error(known.code, known.advice, problem, answer.redactor)
        } else {
            error = self.error(
                code(answer.status, effect), "The server refused the request with status \(answer.status).", problem,
                answer.redactor
            )
        }
        if error.code == .rateLimited { error.retryAfter = answer.retryAfter }
        return error
    }

    /// What a decided order or challenge says of itself: the certificate authority has refused.
    static func refusal(_ what: String, _ problem: ACME.Problem?, _ redactor: Redactor) -> CertificateError {
        let advice = problem?.name.flatMap { known[$0]?.advice }
        return error(.rejected, [what, advice].compactMap(\.self).joined(separator: " "), problem, redactor)
    }

    private static func code(_ status: Int, _ effect: HTTPCall.Effect) -> CertificateError.Code {
        switch status {
        case 401: .authentication
        case 403: .permission
        case 404: .notFound
        default: effect == .mutation ? .rejected : .invalidRequest
        }
    }
}
