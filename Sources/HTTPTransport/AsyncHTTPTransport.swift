public import AdapterHTTP
internal import AsyncHTTPClient
internal import CertProtocol
internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1

/// The transport over sockets: HTTP/1.1 and HTTP/2 by AsyncHTTPClient.
///
/// TLS certificates are always verified, against the system's roots and those that the network options add. Redirects are
/// handed back, never followed. One transport serves a whole process; ``shutdown()`` closes its connections.
public final class AsyncHTTPTransport: ClientTransport {
    private let environment: [String: String]
    private let maximumBodyBytes: Int
    private let connections = Locked<[NetworkOptions: Connections]>([:])

    /// A transport.
    ///
    /// - Parameters:
    ///   - environment: where `HTTPS_PROXY` and `NO_PROXY` are looked up, in either case; empty for no proxy.
    ///   - maximumBodyBytes: the bytes that any body may have once it is decompressed.
    public init(environment: [String: String] = [:], maximumBodyBytes: Int = 32 << 20) {
        self.environment = environment
        self.maximumBodyBytes = maximumBodyBytes
    }

    deinit {
        // AsyncHTTPClient insists on a shutdown; whoever forgot it shouldn't pay with a crash.
        for connections in takeConnections() { connections.shutdownWithoutWaiting() }
    }

    /// Closes all connections. A request made afterwards opens new ones.
    public func shutdown() async {
        for connections in takeConnections() { await connections.shutdown() }
    }

    /// Sends one request and reads the whole response.
    public func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        let client = try connections(for: request.network).client(for: request)
        var outgoing = HTTPClientRequest(url: Self.url(of: request.head))
        outgoing.method = HTTPMethod(rawValue: request.head.method.rawValue)
        for field in request.head.headerFields {
            outgoing.headers.add(name: field.name.rawName, value: field.value)
        }
        if let body = request.body { outgoing.body = .bytes(body, length: .known(Int64(body.count))) }
        if request.needsFreshConnection { outgoing.headers.replaceOrAdd(name: "Connection", value: "close") }

        guard !Task.isCancelled else { throw TransportFailure(.cancelled(wasSent: false), "cancelled") }
        let limit = min(request.maximumBodyBytes, maximumBodyBytes)
        do {
            let response = try await client.execute(outgoing, deadline: Self.deadline(request.deadline))
            guard (100...599).contains(response.status.code) else {
                throw TransportFailure(.malformed, "\(response.status.code) is no status")
            }
            var head = HTTPResponse(status: .init(code: Int(response.status.code)))
            for (name, value) in response.headers {
                guard let name = HTTPField.Name(name) else { continue }
                head.headerFields.append(HTTPField(name: name, value: value))
            }
            let body = try await Self.collect(response.body, upTo: limit, until: request.deadline)
            return TransportResponse(head: head, body: Array(buffer: body))
        } catch {
            throw FailureReader(maximumBodyBytes: limit).failure(of: error)
        }
    }

    /// The whole body. AsyncHTTPClient's own deadline ends with the head of a response; a body that comes slowly, or stops
    /// coming, would be waited for without an end.
    private static func collect(
        _ body: HTTPClientResponse.Body, upTo limit: Int, until deadline: ContinuousClock.Instant?
    ) async throws -> ByteBuffer {
        guard let deadline else { return try await body.collect(upTo: limit) }
        return try await withThrowingTaskGroup(of: ByteBuffer.self) { group in
            group.addTask {
                let whole = try await body.collect(upTo: limit)
                // What a cancelled reader has got so far isn't the body.
                try Task.checkCancellation()
                return whole
            }
            group.addTask {
                try await Task.sleep(until: deadline, clock: .continuous)
                throw TransportFailure(.deadline(wasSent: true), "the deadline passed")
            }
            defer { group.cancelAll() }
            guard let whole = try await group.next() else { throw CancellationError() }
            return whole
        }
    }

    private func connections(for network: NetworkOptions) throws(TransportFailure) -> Connections {
        let result = connections.withLock { all -> Result<Connections, TransportFailure> in
            if let existing = all[network] { return .success(existing) }
            do throws(TransportFailure) {
                let made = try Connections(network, environment: environment, maximumBodyBytes: maximumBodyBytes)
                all[network] = made
                return .success(made)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func takeConnections() -> [Connections] {
        connections.withLock { all in
            defer { all = [:] }
            return Array(all.values)
        }
    }

    private static func url(of head: HTTPRequest) -> String {
        "\(head.scheme ?? "https")://\(head.authority ?? "")\(head.path ?? "/")"
    }

    private static func deadline(_ instant: ContinuousClock.Instant?) -> NIODeadline {
        guard let instant else { return .distantFuture }
        let (seconds, attoseconds) = ContinuousClock.now.duration(to: instant).components
        guard seconds < 1_000_000_000 else { return .distantFuture }
        return .now() + .nanoseconds(max(0, seconds * 1_000_000_000 + attoseconds / 1_000_000_000))
    }
}

extension AsyncHTTPTransport: CustomReflectable {
    /// A mirror without children: the environment may hold the password of a proxy.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
