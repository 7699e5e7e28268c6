internal import CertProtocol
internal import FoundationEssentials
internal import HTTPTypes

/// What a failed attempt means: the rules that hold for every certificate authority's API.
///
/// The HTTP status decides first; what the adapter reads from a body supplies code and words only within it.
struct Failures {
    let root: ServiceURL
    let readError: ProviderHTTPClient.ErrorReader

    /// The failure that an answer is; `nil` for a success.
    func failure(of answer: HTTPAnswer, _ call: HTTPCall) -> AttemptFailure? {
        switch answer.status {
        case 200..<300:
            guard let error = readError(answer, call.effect) else { return nil }
            return AttemptFailure(error: completed(error, answer), mayRetry: false)
        case 429:
            var error = CertificateError(.rateLimited, "The certificate authority asks to slow down.")
            error = describing(error, answer, call)
            error.retryAfter = answer.retryAfter
            return AttemptFailure(error: error, mayRetry: true)
        case 400..<500:
            let fallback = CertificateError(
                call.effect == .mutation ? .rejected : .invalidRequest,
                "The certificate authority refused the request with status \(answer.status)."
            )
            let error = readError(answer, call.effect) ?? fallback
            return AttemptFailure(error: completed(error, answer), mayRetry: false)
        case 500..<600 where call.effect == .read:
            var error = CertificateError(
                .unavailable, "The certificate authority failed with status \(answer.status); try again later."
            )
            error = describing(error, answer, call)
            error.retryAfter = answer.retryAfter
            return AttemptFailure(
                error: error, mayRetry: [500, 502, 503, 504].contains(answer.status)
            )
        default:
            return AttemptFailure(error: unexpected(answer, call), mayRetry: false)
        }
    }

    /// A redirect, a status that can't be a final answer, or a 5xx on a mutating call.
    private func unexpected(_ answer: HTTPAnswer, _ call: HTTPCall) -> CertificateError {
        let what: String
        if (300..<400).contains(answer.status) {
            let target = answer.headers[.location].map { answer.redactor.message(Self.host(of: $0, root), limit: 100) }
            what =
                "The answer is a redirect to \(target ?? "nowhere"), which is not followed: credentials go to "
                + "\(root.authority) only. Check base_url and any proxy in between."
        } else {
            what = "The certificate authority answered with status \(answer.status)."
        }
        let code: CertificateError.Code = call.effect == .mutation ? .outcomeUnknown : .malformedResponse
        return describing(CertificateError(code, what), answer, call)
    }

    /// The host that a `Location` names.
    private static func host(of location: String, _ root: ServiceURL) -> String {
        URLComponents(string: location)?.host ?? root.authority
    }

    private func completed(_ error: CertificateError, _ answer: HTTPAnswer) -> CertificateError {
        var error = error
        error.httpStatus = answer.status
        return error
    }

    /// Keeps the code and takes the certificate authority's own words from the body.
    private func describing(_ error: CertificateError, _ answer: HTTPAnswer, _ call: HTTPCall) -> CertificateError {
        var error = completed(error, answer)
        if let read = readError(answer, call.effect) {
            error.providerCode = read.providerCode
            error.providerMessage = read.providerMessage
        }
        return error
    }

    /// What a transport's failure means.
    static func failure(
        of failure: TransportFailure, _ call: HTTPCall, root: ServiceURL
    ) -> AttemptFailure {
        if call.effect == .mutation, !failure.provesNothingSent {
            let error = CertificateError(
                .outcomeUnknown,
                "The answer of \(root.authority) was lost (\(failure.reason)), so the request may have been carried out."
            )
            return AttemptFailure(error: error, mayRetry: false)
        }
        let (code, message, mayRetry): (CertificateError.Code, String, Bool) =
            switch failure.kind {
            case .configuration: (.invalidConfiguration, failure.reason, false)
            case .nameLookup:
                (.unavailable, "The name \(root.host) cannot be resolved (\(failure.reason)).", true)
            case .connect:
                (.unavailable, "No connection to \(root.authority) came about (\(failure.reason)).", true)
            case .tls:
                (
                    .unavailable,
                    "No trusted TLS connection to \(root.authority) came about (\(failure.reason)). "
                        + "If a private authority signs there, name its certificate in ca_file.", false
                )
            case .connectionLost:
                (.unavailable, "The connection to \(root.authority) broke (\(failure.reason)).", true)
            case .deadline:
                (
                    .timeout, "No answer of \(root.authority) came in time. Raise timeout if it is known to be slow.",
                    false
                )
            case .cancelled: (.cancelled, "The call was cancelled.", false)
            case .bodyTooLarge:
                (.malformedResponse, "The answer of \(root.authority) is too large (\(failure.reason)).", false)
            case .malformed:
                (.malformedResponse, "The answer of \(root.authority) is not readable HTTP (\(failure.reason)).", false)
            }
        return AttemptFailure(error: CertificateError(code, message), mayRetry: mayRetry)
    }
}
