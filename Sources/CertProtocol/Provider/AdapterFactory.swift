/// What makes providers of one adapter: a value, to be handed to the host's registry.
///
/// It has captured whatever reaches the outside world (a transport, a clock), so that the host never sees it.
public struct AdapterFactory: Sendable {
    /// What `adapter:` names it in the configuration.
    public var name: String
    /// The certificate authority's name for people.
    public var title: String
    /// The settings it takes.
    public var settings: SettingsDeclaration
    /// The rate windows that the certificate authority documents; they hold where the configuration names none.
    public var defaultLimits: [RateWindow]
    /// Makes a provider from validated settings. Does no I/O.
    public var make: @Sendable (SettingsValues, AdapterContext) throws(CertificateError) -> any CertificateProvider

    /// A factory.
    public init(
        name: String, title: String, settings: SettingsDeclaration, defaultLimits: [RateWindow],
        make: @escaping @Sendable (SettingsValues, AdapterContext) throws(CertificateError) -> any CertificateProvider
    ) {
        self.name = name
        self.title = title
        self.settings = settings
        self.defaultLimits = defaultLimits
        self.make = make
    }
}

/// What the host tells a provider about its place in the configuration.
public struct AdapterContext: Sendable {
    /// The id of the provider, for the records it returns.
    public var providerID: String
    /// How often a read is tried again.
    public var retries: Int
    /// How many requests may be under way at a time.
    public var concurrency: Int
    /// How many requests may be sent in which time.
    public var limits: [RateWindow]
    /// How the network is reached.
    public var network: NetworkOptions
    /// What providers of one host share.
    public var shared: SharedResources

    /// A context.
    public init(
        providerID: String, retries: Int = 3, concurrency: Int = 4, limits: [RateWindow] = [],
        network: NetworkOptions = NetworkOptions(), shared: SharedResources = SharedResources()
    ) {
        self.providerID = providerID
        self.retries = retries
        self.concurrency = concurrency
        self.limits = limits
        self.network = network
        self.shared = shared
    }
}

/// How certificate authorities are reached. An adapter hands it to its transport unread.
public struct NetworkOptions: Sendable, Hashable {
    /// A file of certificates, PEM, that are trusted besides the system's roots; an absolute path.
    public var additionalRoots: String?
    /// The http proxy, `http://host:port`; `nil` for the one that the process's environment names, if any.
    public var proxy: String?
    /// Which content of that file is meant: options that differ in it alone share no connections, so that a file that was
    /// replaced is read anew.
    public var rootsRevision: Int

    /// Options; by default no further roots, and whatever proxy the environment names.
    public init(additionalRoots: String? = nil, proxy: String? = nil, rootsRevision: Int = 0) {
        self.additionalRoots = additionalRoots
        self.proxy = proxy
        self.rootsRevision = rootsRevision
    }
}

/// At most so many requests in any period of a length.
public struct RateWindow: Sendable, Hashable, CustomStringConvertible {
    /// The requests, 1 to ``mostRequests``.
    public let requests: Int
    /// The length of the period.
    public let period: Duration

    /// The most requests that a window can have.
    public static let mostRequests = 1_000_000

    /// A window. Numbers that make none become the nearest that do.
    public init(_ requests: Int, per period: Duration) {
        self.requests = min(max(1, requests), Self.mostRequests)
        self.period = max(.milliseconds(1), period)
    }

    /// Reads `100/5s`; `nil` for anything else.
    public init?(text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let requests = Int(parts[0]),
            (1...Self.mostRequests).contains(requests),
            let period = Duration(text: String(parts[1])),
            period > .zero
        else { return nil }
        self.init(requests, per: period)
    }

    /// `100/5s`.
    public var description: String { "\(requests)/\(period.text)" }
}
