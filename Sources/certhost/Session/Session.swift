internal import ACMEAdapter
internal import ArgumentParser
internal import CASandbox
internal import CertProtocol
internal import DigiCertAdapter
internal import Foundation
internal import HTTPTransport
internal import Host
internal import IssuanceVerification
internal import LocalCAAdapter
internal import NCPAdapter

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What a command works with: the loaded configuration, the host over it, and the console.
struct Session: Sendable {
    let options: CommonOptions
    let console: Console
    let loaded: LoadedConfiguration
    let host: CertificateHost
    let run: CommandRun
    let progress: Progress
    /// What every call of the command is made with.
    let context: OperationContext

    /// Loads the configuration, runs `body` over it, and lets go of everything that was started.
    ///
    /// - Parameters:
    ///   - options: what the command was given.
    ///   - asksProviders: whether the command shows data of certificate authorities, rather than the configuration.
    ///   - journal: what the command does with the journal.
    ///   - settleTime: how long an authority may take to show an order; `nil` for the host's own time.
    ///   - body: the command.
    /// - Throws: the exit status, where it isn't 0. Errors have been printed by then.
    static func open(
        _ options: CommonOptions, asksProviders: Bool = true, journal: JournalUse = .none, settleTime: Duration? = nil,
        body: @escaping @Sendable (Session) async throws -> Void
    ) async throws {
        ConsoleLogHandler.install(isVerbose: options.verbose)
        let console = Console(format: options.format)
        let run = CommandRun(timeout: options.timeout?.duration)
        try await run.run {
            let surroundings = Surroundings()
            let outcome: Result<Void, any Error>
            do {
                let (loaded, registry) = try await surroundings.load(options)
                if !loaded.warnings.isEmpty { console.error.write(ConfigurationReport(loaded.warnings).text) }
                var policy = OrderingPolicy()
                if let settleTime { policy.settleTime = settleTime }
                let host = try CertificateHost(
                    configuration: loaded.configuration, registry: registry, circuitBreaker: nil,
                    journal: try journal.open(loaded.configuration), verifier: X509IssuanceVerifier(),
                    orderingPolicy: policy
                )
                if asksProviders, loaded.configuration.isSandboxed { console.announceSandbox() }
                let progress = Progress(console)
                let session = Session(
                    options: options, console: console, loaded: loaded, host: host, run: run, progress: progress,
                    context: OperationContext(
                        principal: Self.user,
                        observe: { event in
                            progress.note(event)
                            guard case .notice(let text) = event else { return }
                            progress.clear()
                            console.notice(text)
                        })
                )
                defer { progress.clear() }
                try await body(session)
                outcome = .success(())
            } catch {
                outcome = .failure(Self.reported(error, console: console, run: run))
            }
            await surroundings.close()
            console.output.flush()
            try outcome.get()
        }
    }

    /// On whose behalf calls are made: the user of the operating system, by name where the system knows one.
    private static var user: String {
        let name = ProcessInfo.processInfo.userName
        return name.isEmpty ? "uid \(getuid())" : name
    }

    /// Prints an error and turns it into the exit status.
    static func reported(_ error: any Error, console: Console, run: CommandRun) -> any Error {
        switch error {
        case let error as CertificateError:
            let error = run.translated(error)
            console.report(error)
            return ExitCode(error.exitStatus)
        case let error as ConfigurationError:
            console.report(error)
            return ExitCode(78)
        default: return error
        }
    }

    /// Prints a list from several providers.
    func print<Item: Sendable>(
        _ kind: RecordKind<Item>, named: [String], _ events: FanOut<Item>
    ) async throws {
        let enabled = host.providers.filter(\.isEnabled).map(\.id)
        guard !enabled.isEmpty else {
            throw CertificateError(.invalidConfiguration, "No provider is enabled in \(options.config).")
        }
        try await printer(
            kind, order: named.isEmpty ? enabled : enabled.filter(named.contains), named: Set(named)
        ).print(events)
    }

    /// What prints a list of that kind.
    func printer<Item: Sendable>(
        _ kind: RecordKind<Item>, order: [String], named: Set<String>
    ) -> FanOutPrinter<Item> {
        FanOutPrinter(
            kind: kind, console: console, withRaw: options.raw, order: order, named: named, run: run, progress: progress
        )
    }
}

extension CertificateError {
    /// The exit status that tells a script what kind of failure this is.
    var exitStatus: Int32 {
        switch code {
        case .invalidConfiguration: 78
        case .outcomeUnknown: 4
        // Found without asking anyone: the command was used wrongly.
        case .invalidRequest: httpStatus == nil ? 64 : 1
        default: 1
        }
    }
}

extension Console {
    /// Says that nobody's certificates are shown.
    func announceSandbox() {
        notice("This data comes from the built-in sandbox, not from a certificate authority.")
    }

    /// A configuration that can't be used: every finding at once.
    func report(_ error: ConfigurationError) {
        if format.isJSON {
            let report = ConfigurationReport(error.findings.filter { $0.severity == .error })
            self.report(CertificateError(.invalidConfiguration, report.text))
        } else {
            self.error.write(ConfigurationReport(error.findings).text)
            self.error.flush()
        }
    }
}

/// What a command starts and has to end: sockets, and the sandbox where the configuration asks for it.
final class Surroundings: Sendable {
    private let transport = AsyncHTTPTransport(environment: ProcessInfo.processInfo.environment)
    private let sandbox = Locked<CASandbox?>(nil)

    /// The adapters of this command.
    func registry() throws(CertificateError) -> AdapterRegistry {
        try AdapterRegistry([
            .digiCert(transport: transport),
            .ncp(transport: transport),
            .acme(transport: transport),
            .localCA(),
        ])
    }

    /// Loads the configuration; thoroughly where it is only to be checked.
    func load(
        _ options: CommonOptions, isThorough: Bool = false
    ) async throws -> (LoadedConfiguration, AdapterRegistry) {
        let registry = try registry()
        let loader = ConfigurationLoader(
            registry: registry,
            embeddedSandbox: EmbeddedSandbox(adapters: [DigiCert.adapterName, NCP.adapterName]) { [self] in
                let started = try await CASandbox.start()
                sandbox.withLock { $0 = started }
                return started.adapterSettings
            }
        )
        let loaded =
            isThorough
            ? try await loader.check(path: options.config, environment: options.environment)
            : try await loader.load(path: options.config, environment: options.environment)
        return (loaded, registry)
    }

    func close() async {
        await transport.shutdown()
        await sandbox.withLock { $0 }?.stop()
    }
}
