public import CertProtocol
public import FoundationEssentials
public import HTTPTypes

/// What a certificate authority answered.
public struct HTTPAnswer: Sendable {
    /// The status.
    public var status: Int
    /// The header fields.
    public var headers: HTTPFields
    /// The body after decompression.
    public var body: [UInt8]
    /// What the call did at the other end.
    public var effect: HTTPCall.Effect
    /// Makes excerpts of the body that are safe to show.
    public var redactor: Redactor
    /// When the request was signed, by this machine's clock.
    public var sentAt: Date?
    /// When the answer was there, by this machine's clock.
    public var receivedAt: Date?

    /// An answer.
    public init(
        status: Int, headers: HTTPFields = [:], body: [UInt8] = [], effect: HTTPCall.Effect = .read,
        redactor: Redactor = Redactor([]), sentAt: Date? = nil, receivedAt: Date? = nil
    ) {
        self.sentAt = sentAt
        self.receivedAt = receivedAt
        self.effect = effect
        self.status = status
        self.headers = headers
        self.body = body
        self.redactor = redactor
    }

    /// How long the server asks to wait: the field `Retry-After`, seconds or a date; `nil` where there is none. A date in it is
    /// the server's, so it counts from the server's own time, where it says one.
    public var retryAfter: Duration? {
        headers[.retryAfter].flatMap { field in
            (date ?? receivedAt).flatMap { RetryAfter.duration(field, now: $0) } ?? RetryAfter.seconds(field)
        }
    }

    /// The body as JSON; `nil` where it isn't JSON. For error bodies, which may be anything.
    public var lenientJSON: JSONValue? { try? JSONValue(parsing: body) }

    /// The body as JSON.
    ///
    /// - Throws: `malformed_response` with a short, redacted excerpt.
    public func json() throws(CertificateError) -> JSONValue {
        do {
            return try JSONValue(parsing: body)
        } catch {
            throw malformed("The answer cannot be read as JSON: \(error).")
        }
    }

    /// The body as a JSON object.
    ///
    /// - Throws: `malformed_response` with a short, redacted excerpt.
    public func jsonObject() throws(CertificateError) -> JSONValue {
        let value = try json()
        guard value.kind == .object else { throw malformed("The answer is JSON, but not an object.") }
        return value
    }

    /// An error that says what can't be read, with an excerpt of the body: `malformed_response`, and for a call that changed
    /// something `outcome_unknown`, since nobody can tell what became of it.
    public func malformed(_ message: String) -> CertificateError {
        var error = CertificateError(
            effect == .mutation ? .outcomeUnknown : .malformedResponse, message + " " + excerpt)
        error.httpStatus = status
        return error
    }

    /// What the body starts with, in quotation marks, or that there is none.
    private var excerpt: String {
        body.isEmpty ? "The body is empty." : "It starts with “\(redactor.excerpt(of: body))”."
    }
}
