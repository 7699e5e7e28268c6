public import CertProtocol

/// An effective configuration: one environment, overlays applied, references substituted, everything validated.
public struct HostConfiguration: Sendable {
    /// The chosen environment; `nil` where the file's own values hold.
    public var environment: String?
    /// Whether the program's own sandbox stands in for the certificate authorities.
    public var isSandboxed: Bool
    /// A file of certificates, PEM, that are trusted besides the system's; an absolute path.
    public var caFile: String?
    /// The proxy that certificate authorities are reached through; an absolute URL.
    public var proxy: String?
    /// Where the journal is kept; an absolute path.
    public var journalPath: String
    /// The providers in the order of the file, disabled ones included.
    public var providers: [ProviderConfiguration]
    /// The routes in the order of the file.
    public var routes: [Route]

    /// A configuration.
    public init(
        environment: String? = nil, isSandboxed: Bool = false, caFile: String? = nil, proxy: String? = nil,
        journalPath: String, providers: [ProviderConfiguration], routes: [Route] = []
    ) {
        self.environment = environment
        self.isSandboxed = isSandboxed
        self.caFile = caFile
        self.proxy = proxy
        self.journalPath = journalPath
        self.providers = providers
        self.routes = routes
    }
}

/// One provider of an effective configuration.
public struct ProviderConfiguration: Sendable, Hashable {
    /// Its id.
    public var id: String
    /// The name of its adapter.
    public var adapter: String
    /// Whether it is used.
    public var isEnabled: Bool
    /// How long one operation may take, its retries included.
    public var timeout: Duration
    /// How often a read is tried again.
    public var retries: Int
    /// How many requests may be under way at a time.
    public var concurrency: Int
    /// The rate windows.
    public var limits: [RateWindow]
    /// The adapter's settings.
    public var settings: SettingsValues

    /// A provider; by default with the defaults of the configuration format.
    public init(
        id: String, adapter: String, isEnabled: Bool = true, timeout: Duration = .seconds(30), retries: Int = 3,
        concurrency: Int = 4, limits: [RateWindow], settings: SettingsValues
    ) {
        self.id = id
        self.adapter = adapter
        self.isEnabled = isEnabled
        self.timeout = timeout
        self.retries = retries
        self.concurrency = concurrency
        self.limits = limits
        self.settings = settings
    }
}
