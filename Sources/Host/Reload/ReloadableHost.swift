public import CertProtocol
internal import FoundationEssentials
internal import Logging
internal import Metrics

/// A host whose configuration can be read again while calls are under way: the new one holds as a whole, or not at all.
///
/// ```swift
/// let host = try await ReloadableHost(path: "plugins.yaml", loader: ConfigurationLoader(registry: registry))
/// let order = try await host.current.order(.order("123456"), from: "example-ca")
/// let changes = try await host.reload()
/// ```
///
/// Take ``current`` anew for each piece of work. What was begun goes on with the configuration that it began with, its
/// credentials included; the article <doc:Reloading> says what is kept and what isn't.
public final class ReloadableHost: Sendable {
    private typealias Turn = Task<Result<ConfigurationChanges, ConfigurationError>, Never>

    private struct State {
        var host: CertificateHost
        var roots: TrustedRoots
        var warnings: [ConfigurationFinding]
        /// The latest reload that was asked for.
        var turn: Turn?
    }

    private let path: String
    private let environment: String?
    private let loader: ConfigurationLoader
    private let state: Locked<State>

    /// Loads a configuration and makes a host of it.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - environment: the environment, as ``ConfigurationLoader/load(path:environment:)`` takes it. It stays the same.
    ///   - loader: what reads the file, now and at each reload.
    ///   - clock: the time.
    ///   - circuitBreaker: when calls to a provider that is down fail at once; `nil` for never.
    /// - Throws: ``ConfigurationError`` with everything found, where the configuration can't be used.
    public convenience init(
        path: String, environment: String? = nil, loader: ConfigurationLoader, clock: OperationClock = .system,
        circuitBreaker: CircuitBreaker.Policy? = .default
    ) async throws(ConfigurationError) {
        let loaded = try await loader.load(path: path, environment: environment)
        let host: CertificateHost
        do throws(CertificateError) {
            host = try CertificateHost(
                configuration: loaded.configuration, registry: loader.registry, clock: clock,
                circuitBreaker: circuitBreaker)
        } catch {
            throw ConfigurationError(loaded.warnings + [ConfigurationFinding(error, file: path)])
        }
        self.init(host, path: path, environment: environment, loader: loader, warnings: loaded.warnings)
    }

    /// Takes a host that was made of the file's present configuration, for a program that makes it in its own way.
    ///
    /// - Parameters:
    ///   - host: the host. What it was made with beside the configuration is the same after each reload.
    ///   - path: the file.
    ///   - environment: the environment that was loaded.
    ///   - loader: what reads the file at each reload.
    ///   - warnings: what was doubtful in the configuration.
    public init(
        _ host: CertificateHost, path: String, environment: String? = nil, loader: ConfigurationLoader,
        warnings: [ConfigurationFinding] = []
    ) {
        self.path = path
        self.environment = environment
        self.loader = loader
        let roots = TrustedRoots(file: host.configuration.caFile)
        state = Locked(State(host: host, roots: roots, warnings: warnings))
    }

    /// The host over the configuration that holds now.
    ///
    /// It is a value: it stays as it is when the configuration is reloaded.
    public var current: CertificateHost { state.withLock(\.host) }

    /// What is doubtful in the configuration that holds now.
    public var warnings: [ConfigurationFinding] { state.withLock(\.warnings) }

    /// Reads the configuration again, everything that it refers to included, and puts it in place of the one that holds.
    ///
    /// Reloads that are asked for at the same time are done one after the other; each reads the file after it was asked for.
    /// One that was asked for is done, whether or not its caller is cancelled meanwhile.
    ///
    /// - Returns: what has changed.
    /// - Throws: ``ConfigurationError`` with everything found, where the configuration can't be used. The one that holds then
    ///   stays, untouched.
    @discardableResult
    public func reload() async throws(ConfigurationError) -> ConfigurationChanges {
        let turn = state.withLock { state in
            let earlier = state.turn
            let turn = Turn { [self] in
                _ = await earlier?.value
                return await attempt()
            }
            state.turn = turn
            return turn
        }
        return try await turn.value.get()
    }

    private func attempt() async -> Result<ConfigurationChanges, ConfigurationError> {
        let logger = current.logger
        do throws(ConfigurationError) {
            let changes = try swap(in: try await loader.load(path: path, environment: environment))
            Counter(label: "certhost.reloads", dimensions: [("outcome", "ok")]).increment()
            logger.debug(
                "configuration reloaded",
                metadata: [
                    "providers.added": "\(changes.added.count)", "providers.removed": "\(changes.removed.count)",
                    "providers.changed": "\(changes.changed.count)", "providers.kept": "\(changes.kept.count)",
                ])
            return .success(changes)
        } catch {
            let code = CertificateError.Code.invalidConfiguration.rawValue
            Counter(label: "certhost.reloads", dimensions: [("outcome", code)]).increment()
            let errors = error.findings.count { $0.severity == .error }
            logger.debug("configuration refused", metadata: ["error.code": "\(code)", "error.count": "\(errors)"])
            return .failure(error)
        }
    }

    /// Puts a configuration in place. Only one reload is ever here.
    private func swap(in loaded: LoadedConfiguration) throws(ConfigurationError) -> ConfigurationChanges {
        let (old, roots) = state.withLock { ($0.host, $0.roots.read(again: loaded.configuration.caFile)) }
        let assembled = old.assembly.providers(
            of: loaded.configuration, rootsRevision: roots.revision, keeping: old.providers)
        guard assembled.problems.isEmpty else {
            let findings = assembled.problems.map { ConfigurationFinding($0, file: path) }
            throw ConfigurationError(loaded.warnings + findings)
        }
        var host = old
        host.configuration = loaded.configuration
        host.providers = assembled.providers
        let warnings = loaded.warnings + journalWarning(old.configuration, loaded.configuration)
        state.withLock { [host] state in
            state.host = host
            state.roots = roots
            state.warnings = loaded.warnings
        }
        return ConfigurationChanges(from: old.providers, to: assembled.providers, warnings: warnings)
    }

    /// The journal is opened by the program, at its start.
    private func journalWarning(_ old: HostConfiguration, _ new: HostConfiguration) -> [ConfigurationFinding] {
        guard old.journalPath != new.journalPath else { return [] }
        return [
            ConfigurationFinding(
                severity: .warning, code: "journal-moved", file: path, path: "journal.path",
                message: "A journal that is open stays at \(old.journalPath) until the program is started again.",
                found: new.journalPath)
        ]
    }
}

/// The file of further roots, and how often what it holds has changed.
private struct TrustedRoots: Sendable {
    private(set) var revision = 0
    private var content: Data?

    init(file: String?) { content = Self.content(of: file) }

    /// The file as it is now.
    func read(again file: String?) -> TrustedRoots {
        var roots = self
        let content = Self.content(of: file)
        if content != roots.content {
            roots.content = content
            roots.revision += 1
        }
        return roots
    }

    private static func content(of file: String?) -> Data? {
        file.flatMap { try? ConfigurationFolder.contents(of: $0) }
    }
}

extension ConfigurationFinding {
    /// A provider that its adapter can't make.
    fileprivate init(_ error: CertificateError, file: String) {
        self.init(
            code: "unusable-provider", file: file, path: error.provider.map { "providers.\($0)" },
            message: error.message)
    }
}
