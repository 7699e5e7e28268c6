public import CertProtocol
public import HTTPTypes

/// The one thing that knows sockets: sends a request and returns the whole response.
///
/// ```swift
/// struct CannedTransport: ClientTransport {
///     var answer: TransportResponse
///     func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse { answer }
/// }
/// ```
///
/// A transport follows no redirect, retries nothing, verifies TLS always, hands back the body after decompression and
/// never more of it than ``TransportRequest/maximumBodyBytes``. Cancelling the task closes the connection.
public protocol ClientTransport: Sendable {
    /// Sends one request.
    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse
}

/// One attempt, ready to be written to a socket.
public struct TransportRequest: Sendable {
    /// Method, scheme, authority, target and header fields, exactly as they are to be sent.
    public var head: HTTPRequest
    /// The body; `nil` for none.
    public var body: [UInt8]?
    /// When the whole response has to be there; `nil` for no limit.
    public var deadline: ContinuousClock.Instant?
    /// The bytes that a body may have after decompression.
    public var maximumBodyBytes: Int
    /// Whether the request gets a connection of its own, so that a connection that the server has closed unnoticed can't
    /// make the outcome uncertain.
    public var needsFreshConnection: Bool
    /// How the network is reached.
    public var network: NetworkOptions

    /// A request.
    public init(
        head: HTTPRequest, body: [UInt8]? = nil, deadline: ContinuousClock.Instant? = nil,
        maximumBodyBytes: Int = 32 << 20, needsFreshConnection: Bool = false,
        network: NetworkOptions = NetworkOptions()
    ) {
        self.head = head
        self.body = body
        self.deadline = deadline
        self.maximumBodyBytes = maximumBodyBytes
        self.needsFreshConnection = needsFreshConnection
        self.network = network
    }
}

extension TransportRequest: CustomStringConvertible, CustomReflectable {
    /// The method and the URL. The header fields carry the credential, and are never shown.
    public var description: String {
        "\(head.method) \(head.scheme ?? "https")://\(head.authority ?? "")\(head.path ?? "/")"
    }

    /// A mirror of what may be shown.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "request": description, "headerFields": head.headerFields.map(\.name.rawName),
                "bodyBytes": body?.count ?? 0, "network": network,
            ])
    }
}

/// A whole response.
public struct TransportResponse: Sendable {
    /// Status and header fields.
    public var head: HTTPResponse
    /// The body after decompression.
    public var body: [UInt8]

    /// A response.
    public init(head: HTTPResponse, body: [UInt8] = []) {
        self.head = head
        self.body = body
    }
}

/// Why there is no response.
public struct TransportFailure: Error, Sendable {
    /// How far the request had got.
    @nonexhaustive
    public enum Kind: Sendable, Hashable {
        /// The network options can't be used. Nothing was sent.
        case configuration
        /// The name has no address. Nothing was sent.
        case nameLookup
        /// No connection came about. Nothing was sent.
        case connect
        /// No trust, or no agreement, between this machine and the server. Nothing was sent.
        case tls
        /// The connection broke after it was made.
        case connectionLost
        /// The deadline passed. `wasSent` tells whether a byte may have left.
        case deadline(wasSent: Bool)
        /// The task was cancelled. `wasSent` tells whether a byte may have left.
        case cancelled(wasSent: Bool)
        /// The body is larger than allowed.
        case bodyTooLarge
        /// The response breaks HTTP, or its compression can't be undone.
        case malformed
    }

    /// How far the request had got.
    public var kind: Kind
    /// What happened, without secrets, as the rest of a sentence.
    public var reason: String

    /// A failure.
    public init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }

    /// Whether it is certain that the server has seen nothing of the request.
    public var provesNothingSent: Bool {
        switch kind {
        case .configuration, .nameLookup, .connect, .tls, .deadline(wasSent: false), .cancelled(wasSent: false): true
        case .connectionLost, .deadline, .cancelled, .bodyTooLarge, .malformed: false
        }
    }
}
