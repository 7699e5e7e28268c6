internal import CertProtocol

/// One failed attempt.
struct AttemptFailure: Error {
    var error: CertificateError
    var mayRetry: Bool
    /// The certificate authority's id of the request.
    var traceID: String?
}
