public import CertProtocol
public import HTTPTypes

/// What an adapter asks of a certificate authority's API.
public struct HTTPCall: Sendable {
    /// What a call does at the other end.
    @nonexhaustive
    public enum Effect: Sendable, Hashable {
        /// Reads. Retried.
        case read
        /// Changes something, or costs money. Sent once, on a connection of its own.
        case mutation
    }

    /// The method.
    public var method: HTTPRequest.Method
    /// The path below the service's root, and the query.
    public var target: RequestTarget
    /// What it does.
    public var effect: Effect
    /// Further header fields. `Accept` is `application/json` unless given here.
    public var headers: HTTPFields
    /// The body; `nil` for none.
    public var body: [UInt8]?
    /// Makes the body of each attempt anew, in place of ``body``: for services whose requests are signed together with their
    /// bodies, or carry something in them that is good for one use only.
    ///
    /// It is called before the attempt waits for its turn, so it may make calls of its own; its time counts against the
    /// deadline. What it throws ends the call, and nothing of the attempt was sent.
    public var makeBody: (@Sendable () async throws(CertificateError) -> [UInt8])?
    /// What the body holds that must not be shown, such as a private key, should the server repeat it.
    public var secrets: [Secret] = []

    /// A `GET` that reads.
    public init(_ target: RequestTarget) { self.init(.get, target) }

    /// A call; by default one that reads.
    public init(
        _ method: HTTPRequest.Method, _ target: RequestTarget, effect: Effect = .read,
        headers: HTTPFields = [:], body: [UInt8]? = nil
    ) {
        self.method = method
        self.target = target
        self.effect = effect
        self.headers = headers
        self.body = body
    }

    /// A call with a body of JSON, and the `Content-Type` that says so.
    public init(_ method: HTTPRequest.Method, _ target: RequestTarget, effect: Effect, json: JSONNode) {
        self.init(
            method, target, effect: effect, headers: [.contentType: "application/json"], body: Array(json.text.utf8)
        )
    }
}

/// A path and a query, percent-encoded once: what is signed is what is sent.
///
/// ```swift
/// let target: RequestTarget = "/order/certificate/\(id)/duplicate"
/// target.query("show_archived", "true")
/// ```
///
/// Interpolated values are encoded as one path segment. ``template`` holds the path with `{}` in their place, for logs and
/// metrics.
public struct RequestTarget: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// The percent-encoded path.
    public private(set) var path: String
    /// The path with `{}` in place of each interpolated value.
    public private(set) var template: String
    /// The percent-encoded query, without the question mark.
    public private(set) var query = ""

    /// A path that is encoded already.
    public init(stringLiteral value: String) {
        path = value
        template = value
    }

    /// A target that the service itself has handed out, sent as it is.
    ///
    /// - Parameters:
    ///   - target: the path and, after a question mark, the query, percent-encoded already.
    ///   - template: what stands for it in logs and metrics: `/order/{}`.
    public init(verbatim target: String, template: String) {
        path = target
        self.template = template
    }

    /// A path with values in it.
    public init(stringInterpolation: StringInterpolation) {
        path = stringInterpolation.path
        template = stringInterpolation.template
    }

    /// Appends a query item, encoded by RFC 3986: everything but unreserved characters, so a space is `%20`.
    public mutating func appendQuery(_ name: String, _ value: String) {
        if !query.isEmpty { query += "&" }
        query += Self.encoded(name) + "=" + Self.encoded(value)
    }

    /// The target with a further query item.
    public func query(_ name: String, _ value: String) -> RequestTarget {
        var target = self
        target.appendQuery(name, value)
        return target
    }

    /// The path and, where there is one, the question mark and the query.
    public var pathAndQuery: String { query.isEmpty ? path : path + "?" + query }

    /// Percent-encodes everything but the unreserved characters of RFC 3986, section 2.3.
    public static func encoded(_ text: String) -> String {
        var output: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                output.append(byte)
            default:
                let digits = Array("0123456789ABCDEF".utf8)
                output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Builds a path from literals and values.
    public struct StringInterpolation: StringInterpolationProtocol {
        var path = ""
        var template = ""

        /// An empty path.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Appends text that is encoded already.
        public mutating func appendLiteral(_ literal: String) {
            path += literal
            template += literal
        }

        /// Appends a value as one path segment. A value made of dots alone is encoded too, so that it can't climb.
        public mutating func appendInterpolation(_ value: String) {
            let isDots = !value.isEmpty && value.allSatisfy { $0 == "." }
            path += isDots ? String(repeating: "%2E", count: value.count) : RequestTarget.encoded(value)
            template += "{}"
        }
    }
}
