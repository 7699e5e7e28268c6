public import AdapterHTTP
internal import AsyncHTTPClient
internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import NIOSSL

/// The transport over sockets: HTTP/1.1 and HTTP/2 by AsyncHTTPClient.
///
/// TLS certificates are always verified, against the system's roots and those of ``TransportOptions/additionalRoots``.
/// Redirects are handed back, never followed. One transport serves a whole process; ``shutdown()`` closes its connections.
public final class AsyncHTTPTransport: ClientTransport {
    private let direct: HTTPClient
    private let proxied: HTTPClient?
    private let fresh: HTTPClient
    private let proxyRules: ProxyRules

    /// A transport.
    ///
    /// - Throws: ``TransportConfigurationError`` where the roots can't be read or the proxy isn't an address.
    public init(_ options: TransportOptions = TransportOptions()) throws(TransportConfigurationError) {
        proxyRules = try ProxyRules(options)
        let configuration = try Self.configuration(options)
        direct = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        var proxying = configuration
        if let proxy = proxyRules.proxy {
            proxying.proxy = .server(host: proxy.host, port: proxy.port)
            proxied = HTTPClient(eventLoopGroupProvider: .singleton, configuration: proxying)
        } else {
            proxied = nil
        }
        // A connection of its own for each request: none is ever reused, so none can have been closed unnoticed.
        var single = proxying
        single.httpVersion = .http1Only
        single.connectionPool.idleTimeout = .zero
        single.maximumUsesPerConnection = 1
        fresh = HTTPClient(eventLoopGroupProvider: .singleton, configuration: single)
    }

    deinit {
        // AsyncHTTPClient insists on a shutdown; a caller who forgot it shouldn't pay with a crash.
        for client in [direct, proxied, fresh].compactMap(\.self) { _ = client.shutdown() as EventLoopFuture<Void> }
    }

    /// Closes all connections. Requests made afterwards fail.
    public func shutdown() async {
        for client in [direct, proxied, fresh].compactMap(\.self) {
            try? await client.shutdown()
        }
    }

    /// Sends one request and reads the whole response.
    public func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        let url = Self.url(of: request.head)
        var outgoing = HTTPClientRequest(url: url)
        outgoing.method = HTTPMethod(rawValue: request.head.method.rawValue)
        for field in request.head.headerFields {
            outgoing.headers.add(name: field.name.rawName, value: field.value)
        }
        if let body = request.body { outgoing.body = .bytes(body, length: .known(Int64(body.count))) }
        if request.needsFreshConnection { outgoing.headers.replaceOrAdd(name: "Connection", value: "close") }

        let deadline = Self.deadline(request.deadline)
        guard !Task.isCancelled else { throw TransportFailure(.cancelled(wasSent: false), "cancelled") }
        do {
            let client = client(for: request)
            let response = try await client.execute(outgoing, deadline: deadline)
            var head = HTTPResponse(status: .init(code: Int(response.status.code)))
            for (name, value) in response.headers {
                guard let name = HTTPField.Name(name) else { continue }
                head.headerFields.append(HTTPField(name: name, value: value))
            }
            let body = try await response.body.collect(upTo: request.maximumBodyBytes)
            return TransportResponse(head: head, body: Array(buffer: body))
        } catch {
            throw FailureReader(maximumBodyBytes: request.maximumBodyBytes).failure(of: error)
        }
    }

    private func client(for request: TransportRequest) -> HTTPClient {
        let isProxied = proxyRules.applies(to: request.head)
        if request.needsFreshConnection, isProxied == (proxied != nil) { return fresh }
        return isProxied ? proxied ?? direct : direct
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

    private static func configuration(
        _ options: TransportOptions
    ) throws(TransportConfigurationError) -> HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let path = options.additionalRoots {
            do {
                tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(path))]
            } catch {
                throw TransportConfigurationError("The certificates of \(path) cannot be read: \(error).")
            }
        }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls,
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10)),
            decompression: .enabled(limit: .size(options.maximumDecompressedBytes))
        )
        // Retrying is decided above, where it is counted and bounded.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        return configuration
    }
}
