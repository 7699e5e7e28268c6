public import AdapterHTTP
internal import CertProtocol
internal import HTTPTypes

/// A transport that answers from a script, and notes what it was asked.
public final class ScriptedTransport: ClientTransport {
    /// What to answer to a request, from its number, counted from 0.
    public typealias Script = @Sendable (TransportRequest, Int) async throws(TransportFailure) -> TransportResponse

    private let script: Script
    private let received = Locked<[TransportRequest]>([])

    /// A transport with that script.
    public init(_ script: @escaping Script) { self.script = script }

    /// The requests so far.
    public var requests: [TransportRequest] { received.withLock(\.self) }

    /// The targets of the requests so far.
    public var targets: [String] { requests.map { $0.head.path ?? "" } }

    /// Answers from the script.
    public func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        let number = received.withLock { received in
            received.append(request)
            return received.count - 1
        }
        return try await script(request, number)
    }
}

extension TransportResponse {
    /// A response with a text as its body.
    public init(_ status: Int, _ body: String = "", headers: [String: String] = ["Content-Type": "application/json"]) {
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        self.init(head: HTTPResponse(status: .init(code: status), headerFields: fields), body: Array(body.utf8))
    }
}
