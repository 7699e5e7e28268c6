internal import AdapterHTTP
internal import AsyncHTTPClient
internal import CertProtocol
internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPCompression
internal import NIOSSL

/// The connections of one set of network options.
struct Connections: Sendable {
    private let direct: HTTPClient
    private let proxied: HTTPClient?
    private let freshDirect: HTTPClient
    private let freshProxied: HTTPClient?
    private let proxyRules: ProxyRules

    private var all: [HTTPClient] { [direct, proxied, freshDirect, freshProxied].compactMap(\.self) }

    init(
        _ network: NetworkOptions, environment: [String: String], maximumBodyBytes: Int
    ) throws(TransportFailure) {
        proxyRules = try ProxyRules(network, environment: environment)
        let plain = try Self.configuration(network, maximumBodyBytes: maximumBodyBytes)
        direct = Self.client(plain)
        freshDirect = Self.client(Self.singleUse(plain))
        if let proxy = proxyRules.proxy {
            var configuration = plain
            configuration.proxy = .server(host: proxy.host, port: proxy.port)
            proxied = Self.client(configuration)
            freshProxied = Self.client(Self.singleUse(configuration))
        } else {
            proxied = nil
            freshProxied = nil
        }
    }

    func client(for request: TransportRequest) -> HTTPClient {
        guard proxyRules.applies(to: request.head), let proxied, let freshProxied else {
            return request.needsFreshConnection ? freshDirect : direct
        }
        return request.needsFreshConnection ? freshProxied : proxied
    }

    func shutdown() async {
        for client in all { try? await client.shutdown() }
    }

    /// Closes the connections some time later, for an owner that is going away.
    func shutdownWithoutWaiting() {
        for client in all { _ = client.shutdown() as EventLoopFuture<Void> }
    }

    private static func client(_ configuration: HTTPClient.Configuration) -> HTTPClient {
        HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// A connection of its own for each request: none is ever reused, so none can have been closed unnoticed.
    private static func singleUse(_ configuration: HTTPClient.Configuration) -> HTTPClient.Configuration {
        var configuration = configuration
        configuration.httpVersion = .http1Only
        configuration.maximumUsesPerConnection = 1
        return configuration
    }

    private static func configuration(
        _ network: NetworkOptions, maximumBodyBytes: Int
    ) throws(TransportFailure) -> HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let path = network.additionalRoots {
            do {
                tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(path))]
            } catch {
                throw TransportFailure(
                    .configuration, "The certificates of ca_file (\(path)) cannot be read: it has to be a PEM file."
                )
            }
        }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls,
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10)),
            decompression: .enabled(limit: .size(maximumBodyBytes))
        )
        configuration.http1_1ConnectionDebugInitializer = { StatusGuard.install(in: $0) }
        // Retrying is decided above, where it is counted and bounded.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        return configuration
    }
}
