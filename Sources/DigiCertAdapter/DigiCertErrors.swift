internal import AdapterHTTP
internal import CertProtocol

/// DigiCert's errors as ``CertificateError``.
///
/// A body is `{"errors":[{"code":"access_denied|missing_permission","message":"…"}]}` (“Errors”); `errors` has also been seen
/// as a single object, and the CDN in front of the API answers in HTML. The HTTP status decides, so that a body that can't
/// be read costs nothing but the words.
enum DigiCertErrors {
    /// The error that an answer is; `nil` for a success.
    static func read(_ answer: HTTPAnswer, effect: HTTPCall.Effect) -> CertificateError? {
        guard !(200..<300).contains(answer.status) else { return nil }
        let entries = entries(of: answer.lenientJSON)
        // The words are the CA's, and an echo of the request may stand in them.
        let code = entries.lazy.compactMap { $0.string("code") }.first.map { answer.redactor.message($0) }
        let messages = entries.compactMap { $0.string("message") }.filter { !$0.isEmpty }
        let words = messages.isEmpty ? nil : answer.redactor.message(messages.joined(separator: "; "))

        var error = classified(status: answer.status, code: code, words: words, effect: effect)
        error.providerCode = code
        error.providerMessage = words
        return error
    }

    private static func entries(of body: JSONValue?) -> [JSONValue] {
        guard let errors = body?["errors"] else { return [] }
        return errors.kind == .object ? [errors] : errors.elements.filter { $0.kind == .object }
    }

    private static func classified(
        status: Int, code: String?, words: String?, effect: HTTPCall.Effect
    ) -> CertificateError {
        let said = words.map { " (“\($0)”)" } ?? ""
        switch status {
        case 401: return wrongKey(said)
        // A wrong key is answered with 403 too; only the code tells it from a key that may do less than is asked.
        case 403 where code == "access_denied|access_denied_invalid_key": return wrongKey(said)
        case 403 where code?.hasSuffix("invalid_approver") == true:
            return CertificateError(
                .permission,
                "The API key's user may not approve this request\(said). "
                    + "Use a key of a user who may: an Administrator or a Manager of CertCentral."
            )
        case 403:
            return CertificateError(
                .permission,
                "The API key may not do this\(said). Give its user a role of CertCentral that may (Administrator, "
                    + "Manager), or lift the key's own restriction (Orders; Orders, Domains, Organizations; View only; "
                    + "User management)."
            )
        case 404:
            return CertificateError(
                .notFound,
                "DigiCert has no such thing in this account\(said). Check the id, and the region of the account."
            )
        default:
            return CertificateError(
                effect == .mutation ? .rejected : .invalidRequest,
                "DigiCert refused the request with status \(status)\(said). Change it before trying again."
            )
        }
    }

    private static func wrongKey(_ said: String) -> CertificateError {
        CertificateError(
            .authentication,
            "DigiCert does not accept the API key\(said). Check api_key, and that region (us or eu) is the account's."
        )
    }
}
