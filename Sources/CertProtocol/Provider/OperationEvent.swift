/// Something that happened within one call of a provider, told while it happens through ``OperationContext/observe``.
@nonexhaustive
public enum OperationEvent: Sendable {
    /// A request was sent, and answered or lost.
    case request(RequestRecord)
    /// The call is about to wait for its rate window, for as long as this.
    case waiting(Duration)
    /// The call waited for its turn before a request was sent: for its rate window, or for room among the requests under
    /// way.
    case waited(Duration)
    /// The attempt of that number, counted from 1, has failed and is followed by another one after a pause.
    case retry(afterAttempt: Int, pause: Duration, because: CertificateError.Code)
    /// Something that a person should know, and that no result has a place for: a sentence or two, without secrets.
    case notice(String)

    /// One request and what became of it. It has no header field and no body.
    public struct RequestRecord: Sendable, Hashable {
        /// The method.
        public var method: String
        /// The path, with `{}` in place of each id.
        public var pathTemplate: String
        /// Which attempt of its call it was, counted from 1.
        public var attempt: Int
        /// The status of the answer; `nil` where there was none.
        public var status: Int?
        /// What class of failure it was; `nil` for a success.
        public var errorCode: CertificateError.Code?
        /// The certificate authority's id of the request.
        public var traceID: String?
        /// From the first byte of the request to the last one of the answer.
        public var duration: Duration

        /// A record.
        public init(
            method: String, pathTemplate: String, attempt: Int, status: Int? = nil,
            errorCode: CertificateError.Code? = nil, traceID: String? = nil, duration: Duration
        ) {
            self.method = method
            self.pathTemplate = pathTemplate
            self.attempt = attempt
            self.status = status
            self.errorCode = errorCode
            self.traceID = traceID
            self.duration = duration
        }
    }
}
