internal import AdapterHTTP
internal import CertProtocol

/// The API's errors as `CertificateError`.
///
/// A body is `{"error":{"code":"forbidden","message":"…"}}` (“Errors”). The HTTP status decides, so that a body that can't be
/// read costs nothing but the words.
enum ExampleCAErrors {
    /// The error that an answer is; `nil` for a success.
    static func read(_ answer: HTTPAnswer, effect: HTTPCall.Effect) -> CertificateError? {
        guard !(200..<300).contains(answer.status) else { return nil }
        let body = answer.lenientJSON?.object("error")
        // The words are the authority's, and an echo of the request may stand in them.
        let words = body?.string("message").map { answer.redactor.message($0) }
        var error = classified(answer.status, effect)
        error.providerCode = body?.string("code").map { answer.redactor.message($0) }
        error.providerMessage = words
        return error
    }

    /// What a caller may do about a status. Those of 429 and from 500 on are the same for every authority, and already known.
    private static func classified(_ status: Int, _ effect: HTTPCall.Effect) -> CertificateError {
        switch status {
        case 401:
            CertificateError(.authentication, "The token is not accepted. Check token, and whether it has expired.")
        case 403:
            CertificateError(.permission, "The token may not do this. Give it the role that it needs.")
        case 404:
            CertificateError(.notFound, "There is no such thing in this account. Check the id.")
        default:
            CertificateError(
                effect == .mutation ? .rejected : .invalidRequest,
                "The request was refused with status \(status). Change it before trying again."
            )
        }
    }
}
