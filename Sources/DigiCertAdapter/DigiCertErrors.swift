internal import AdapterHTTP
internal import CertProtocol

/// DigiCert's errors as ``CertificateError``.
///
/// The HTTP status decides, so that a body that can't be read costs nothing but the words.
enum DigiCertErrors {
    /// What a refusal means.
    enum Meaning {
        /// The API key isn't one of the account's.
        case wrongKey
        /// The API key's user may not decide this request.
        case wrongApprover
        /// The API key may do less than is asked.
        case notAllowed
        case notFound
        case refused
    }

    /// The error that an answer is; `nil` for a success.
    static func read(_ answer: HTTPAnswer, effect: HTTPCall.Effect) -> CertificateError? {
        guard !(200..<300).contains(answer.status) else { return nil }
        let body = DigiCert.ErrorBody(answer.lenientJSON)
        // The words are the CA's, and an echo of the request may stand in them.
        let providerCode = body.code.map { answer.redactor.message($0) }
        let providerMessage = body.message.map { answer.redactor.message($0) }

        let meaning = meaning(answer.status, providerCode)
        var error = CertificateError(
            code(meaning, effect), meaning.sentence(status: answer.status, said: providerMessage)
        )
        error.providerCode = providerCode
        error.providerMessage = providerMessage
        return error
    }

    private static func meaning(_ status: Int, _ code: String?) -> Meaning {
        switch status {
        case 401: .wrongKey
        // A wrong key is answered with 403 too; only the code tells it from a key that may do less than is asked.
        case 403 where code == "access_denied|access_denied_invalid_key": .wrongKey
        case 403 where code?.hasSuffix("invalid_approver") == true: .wrongApprover
        case 403: .notAllowed
        case 404: .notFound
        default: .refused
        }
    }

    private static func code(_ meaning: Meaning, _ effect: HTTPCall.Effect) -> CertificateError.Code {
        switch meaning {
        case .wrongKey: .authentication
        case .wrongApprover, .notAllowed: .permission
        case .notFound: .notFound
        case .refused: effect == .mutation ? .rejected : .invalidRequest
        }
    }
}
