import AdapterHTTP
import CertProtocol
import HTTPTransport
import HTTPTypes

/// Real sockets, and a count of what goes through them.
final class CountingTransport: ClientTransport {
    private let sockets: AsyncHTTPTransport
    private let counts = Locked<(requests: Int, changes: Int)>((0, 0))

    init(environment: [String: String]) { sockets = AsyncHTTPTransport(environment: environment) }

    var requests: Int { counts.withLock(\.requests) }
    /// Those that change something by their method.
    var changes: Int { counts.withLock(\.changes) }

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        counts.withLock { counts in
            counts.requests += 1
            if ![.get, .head].contains(request.head.method) { counts.changes += 1 }
        }
        return try await sockets.send(request)
    }

    func shutdown() async { await sockets.shutdown() }
}
