import AdapterHTTP
import CertProtocol
import HTTPTransport

/// Real sockets, and a count of what goes through them.
final class CountingTransport: ClientTransport {
    private let sockets: AsyncHTTPTransport
    private let counts = Locked<(requests: Int, changes: Int)>((0, 0))

    init(environment: [String: String]) { sockets = AsyncHTTPTransport(environment: environment) }

    var requests: Int { counts.withLock(\.requests) }
    /// Those that change something: they get a connection of their own.
    var changes: Int { counts.withLock(\.changes) }

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        counts.withLock { counts in
            counts.requests += 1
            if request.needsFreshConnection { counts.changes += 1 }
        }
        return try await sockets.send(request)
    }

    func shutdown() async { await sockets.shutdown() }
}
