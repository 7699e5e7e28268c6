public import CertProtocol
internal import FoundationEssentials
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import ServiceLifecycle

/// What a sandbox holds beyond the sample data of the certificate authorities' own documentation.
public struct SandboxOptions: Sendable {
    /// The most orders that can be generated.
    public static let mostOrders = 1_000_000

    /// Generated orders per certificate authority, on top of the samples; at most 1,000,000, and none below zero.
    ///
    /// An order is computed from its position when it is asked for, so that the number costs no memory. The estate
    /// is the same at every start, except that days of validity stand relative to the day of the start.
    public var orders: Int

    /// How long an answer takes at least, from the arrival of its request; `nil` for as fast as it can be made. Requests
    /// wait beside each other.
    public var latency: Duration?

    /// Rolling windows for the requests of each key. What is more is answered with status 429 and no `Retry-After`; none
    /// where there are none.
    public var limits: [RateWindow]

    /// The windows that DigiCert documents: 100 requests in 5 seconds, and 1000 in 180.
    public static let documentedLimits = [RateWindow(100, per: .seconds(5)), RateWindow(1000, per: .seconds(180))]

    /// Options.
    public init(orders: Int = 0, latency: Duration? = nil, limits: [RateWindow] = []) {
        self.orders = orders
        self.latency = latency
        self.limits = limits
    }
}

/// Loopback servers that answer as the documentation of DigiCert CertCentral (Services API v2) and of NAVER Cloud
/// Platform Certificate Manager (API 1.0 and 2.0) says, with credentials and signatures really checked.
///
/// **A development and test tool.** It knows only what the documents say, holds made-up data and no real certificate,
/// and its credentials are printed in this source. It listens on 127.0.0.1 and nowhere else.
///
/// Both APIs are served from one port: DigiCert under `/services/v2`, NAVER Cloud under `/api/v1` and `/api/v2`. A sandbox
/// stops when ``stop()`` is called or the value goes away; any number of them may run in one process.
///
/// ## Ordering at DigiCert
///
/// An authority in memory signs the requests it gets, under ``rootCertificatePEM``. What becomes of an order is decided by
/// what it says, so that it is known beforehand:
///
/// - Names in `example.com`, `example.net` and `example.org` are validated already: an order of organization validation for
///   them alone (`ssl_plus`, `ssl_multi_domain`, `ssl_wildcard`, `ssl_securesite`, `ssl_ev_plus`) is issued at once.
/// - Other names wait for validation. A check finds what was to be published, and the domain stays validated.
/// - Orders of domain validation (`ssl_dv_geotrust`) always wait for a check of their own.
/// - A person has to approve what is asked for organization 112234, or for a name with the label `approval`, as in
///   `approval.example.com`; revocations always, unless they skip it.
/// - Organization 112233 is validated; 112235 isn't, and its orders wait.
/// - With the label `unpublished` a check finds nothing; with `other-approver` this key may not approve; with `caa-forbids`
///   the order is refused because of a CAA record.
/// - Certificates are valid for 199 days at most, and not beyond their order.
///
/// The samples and generated orders can be revoked, cancelled, duplicated, reissued and renewed too, as far as their status
/// and their paid period allow.
public final class CASandbox: Sendable {
    /// The port on 127.0.0.1.
    public let port: Int

    /// The root under which its certificates are signed, PEM. It is another at every start.
    public let rootCertificatePEM: String

    private let log: RequestLog
    let faults: FaultPlan
    private let services: ServiceGroup
    private let running: Task<Void, any Error>

    /// Starts a sandbox on 127.0.0.1 and returns once it accepts connections.
    ///
    /// - Parameters:
    ///   - port: the port, or 0 for any free one.
    ///   - options: what it holds.
    /// - Returns: the running sandbox.
    /// - Throws: the operating system's error where it can't listen there, a taken port for example.
    public static func start(port: Int = 0, options: SandboxOptions = .init()) async throws -> CASandbox {
        try await start(port: port, options: options, today: SandboxDates.today)
    }

    /// Starts a sandbox whose generated days of validity are relative to `today`, in days since 1970-01-01, and whose rate
    /// windows are counted by `now`.
    package static func start(
        port: Int = 0, options: SandboxOptions, today: Int,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) async throws -> CASandbox {
        let log = RequestLog()
        let faults = FaultPlan()
        let authority = try SandboxAuthority()
        let (started, announce) = AsyncThrowingStream<Int, any Error>.makeStream()
        let silent = Logger(label: "certhost.sandbox", factory: { _ in SwiftLogNoOpLogHandler() })
        // TCP_NODELAY is on: NIO sets it on the listening socket, from which accepted ones inherit it.
        let application = Application(
            router: sandboxRouter(
                options, authority: authority, today: today, now: now, log: log, faults: faults
            ),
            server: .http1(configuration: .init(additionalChannelHandlers: [ServerDate()])),
            configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in
                announce.yield(channel.localAddress?.port ?? port)
                announce.finish()
            },
            logger: silent
        )
        var configuration = ServiceGroupConfiguration(services: [application], logger: silent)
        // Answers under way get a moment; connections that stay open are then closed.
        configuration.maximumGracefulShutdownDuration = .milliseconds(500)
        let services = ServiceGroup(configuration: configuration)
        let running = Task {
            do {
                try await services.run()
                announce.finish()
            } catch {
                announce.finish(throwing: error)
                throw error
            }
        }
        for try await boundPort in started {
            return CASandbox(
                port: boundPort, rootCertificatePEM: authority.rootPEM, log: log, faults: faults, services: services,
                running: running
            )
        }
        throw CancellationError()
    }

    private init(
        port: Int, rootCertificatePEM: String, log: RequestLog, faults: FaultPlan, services: ServiceGroup,
        running: Task<Void, any Error>
    ) {
        self.port = port
        self.rootCertificatePEM = rootCertificatePEM
        self.log = log
        self.faults = faults
        self.services = services
        self.running = running
    }

    deinit {
        running.cancel()
    }

    /// The root of the DigiCert API, without a trailing slash.
    public var digiCertRoot: String { "\(ncpOrigin)/services/v2" }

    /// The origin of the NAVER Cloud API; paths start at `/api/`.
    public var ncpOrigin: String { "http://127.0.0.1:\(port)" }

    /// What an adapter needs to reach the sandbox: adapter name, then setting name, then its literal value.
    public var adapterSettings: [String: [String: String]] {
        [
            "digicert": ["api_key": DigiCertGate.apiKey, "base_url": digiCertRoot],
            "ncp": [
                "access_key": NCPSignatureCheck.mainAccount.accessKey,
                "secret_key": NCPSignatureCheck.mainAccount.secretKey,
                "base_url": ncpOrigin,
            ],
        ]
    }

    /// A complete `plugins.yaml` for this sandbox. Literal credentials are allowed in it, since every `base_url` is on
    /// loopback.
    public func pluginsYAML() -> String {
        var lines = [
            "# The bundled sandbox: made-up data, made-up keys. Not for production.",
            "version: 1",
            "",
            "providers:",
        ]
        for (adapter, settings) in adapterSettings.sorted(by: { $0.key < $1.key }) {
            lines += ["  \(adapter):", "    adapter: \(adapter)", "    settings:"]
            lines += settings.sorted { $0.key < $1.key }.map { "      \($0.key): \"\($0.value)\"" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// How many requests have come in, refused ones included.
    public var requestCount: Int { log.count }

    /// How many of them were more than the rate windows allow.
    public var tooManyCount: Int { log.tooMany }

    /// The latest requests, oldest first; at most 10,000 are kept.
    public var requests: [RecordedRequest] { log.requests }

    /// Stops listening, lets answers under way finish for half a second, and returns when the port is free. A second
    /// call returns when the first has done its work.
    public func stop() async {
        await services.triggerGracefulShutdown()
        _ = await running.result
    }
}
