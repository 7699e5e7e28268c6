internal import CertProtocol
internal import FoundationEssentials

/// Reads a configuration file: one environment of it, everything validated, everything wrong reported at once.
///
/// ```swift
/// let loader = ConfigurationLoader(registry: registry)
/// let loaded = try await loader.load(path: "plugins.yaml", environment: "prod")
/// ```
public struct ConfigurationLoader: Sendable {
    let registry: AdapterRegistry
    private let givenVariables: [String: String]?
    private let embeddedSandbox: EmbeddedSandbox?

    /// A loader.
    ///
    /// - Parameters:
    ///   - registry: the adapters that `adapter:` may name.
    ///   - variables: the environment variables that references and `CERTHOST_ENVIRONMENT` are read from; `nil` for those that
    ///     the process has whenever a file is read.
    ///   - embeddedSandbox: what `sandbox: embedded` starts; without one it is an error in the file.
    public init(
        registry: AdapterRegistry, variables: [String: String]? = nil,
        embeddedSandbox: EmbeddedSandbox? = nil
    ) {
        self.registry = registry
        givenVariables = variables
        self.embeddedSandbox = embeddedSandbox
    }

    /// Reads a file, and the file that the environment may have of its own beside it.
    ///
    /// - Parameters:
    ///   - path: the file; where it is relative, from the current directory.
    ///   - environment: the environment; otherwise the one that `CERTHOST_ENVIRONMENT` names, otherwise the file's own
    ///     `environment`, otherwise none, and the file's own values hold.
    /// - Returns: the configuration, with warnings.
    /// - Throws: ``ConfigurationError`` with everything found, where something is wrong.
    public func load(path: String, environment: String? = nil) async throws(ConfigurationError) -> LoadedConfiguration {
        try await load(path, environment: environment, isThorough: false)
    }

    /// Reads a file as ``load(path:environment:)`` does, and looks further: at the files of the other environments, without
    /// the references in them, and at who else may read a file that holds a credential.
    public func check(path: String, environment: String? = nil) async throws(ConfigurationError) -> LoadedConfiguration
    {
        try await load(path, environment: environment, isThorough: true)
    }

    private func load(
        _ path: String, environment: String?, isThorough: Bool
    ) async throws(ConfigurationError) -> LoadedConfiguration {
        let findings = FindingCollector()
        let variables = givenVariables ?? ProcessInfo.processInfo.environment
        let main: YAMLDocument?
        do { main = try document(at: path, findings: findings) } catch {
            findings.add(error.isMissing ? .missingFile(path) : .unusableFile(path, error), file: path)
            throw ConfigurationError(findings.inFileOrder)
        }
        guard let main else { throw ConfigurationError(findings.inFileOrder) }
        var documents = [main]
        // Finding out which lines may be shown takes a while, and most files have nothing to show.
        func everything() -> [ConfigurationFinding] {
            guard !findings.findings.isEmpty else { return [] }
            return documents.reduce(findings.inFileOrder) { Excerpts($1, registry: registry).added(to: $0) }
        }
        guard let root = main.root, !root.isNull else {
            if main.isReadable { findings.add(.emptyFile, file: path) }
            throw ConfigurationError(everything())
        }
        if let mapping = root.mapping, mapping[ConfigurationFormat.version] == nil,
            let owner = EnvironmentFiles.owner(of: path)
        {
            // Whatever else is wrong with it as a configuration would mislead.
            findings.add(.environmentFile(of: owner.file, environment: owner.environment), file: path)
            throw ConfigurationError(everything())
        }
        let folder = ConfigurationFolder(ofFile: path, home: variables["HOME"])
        var reading = ConfigurationReading(
            root: root, files: EnvironmentFiles(ofFile: path), registry: registry, variables: variables, folder: folder,
            embeddedSandbox: embeddedSandbox, findings: findings, checksPermissions: isThorough)
        let chosen = reading.chosenEnvironment(argument: environment)
        documents += reading.readFiles(chosen: chosen.name, others: isThorough, read: document(at:findings:))
        var result = reading.read(chosen)
        if !findings.hasErrors, let effective = result { result = await supply(effective, findings: findings) }
        guard !findings.hasErrors, let result else { throw ConfigurationError(everything()) }
        let decoded = result.decoded
        return LoadedConfiguration(
            configuration: HostConfiguration(
                environment: chosen.name, isSandboxed: decoded.sandbox != nil, caFile: decoded.caFile,
                proxy: decoded.proxy, journalPath: decoded.journalPath,
                providers: decoded.providers.map(\.configuration), routes: decoded.routes),
            warnings: everything(), effective: result.recorder.effective,
            places: Dictionary(decoded.providers.map { ($0.id, $0.mark) }) { first, _ in first })
    }

    /// A file as YAML; `nil` where it isn't text.
    private func document(at path: String, findings: FindingCollector) throws(FileProblem) -> YAMLDocument? {
        findings.files.append(path)
        let data = try ConfigurationFolder.contents(of: path)
        guard !YAMLSource.isWide(data) else {
            findings.add(.wideEncoding, at: SourceMark(file: path, line: 1, column: 1))
            return nil
        }
        return YAMLDocument(data, file: path, findings: findings)
    }

    /// Starts the sandbox where the configuration wants it, and fills in what it supplies.
    private func supply(
        _ reading: ConfigurationReading.Result, findings: FindingCollector
    ) async -> ConfigurationReading.Result {
        var reading = reading
        guard let mark = reading.decoded.sandbox, let embeddedSandbox else { return reading }
        let supplied: [String: [String: String]]
        do { supplied = try await embeddedSandbox.settings() } catch {
            findings.add(.sandboxFailed(String(describing: error)), at: mark)
            return reading
        }
        for index in reading.decoded.providers.indices {
            let provider = reading.decoded.providers[index]
            guard let settings = supplied[provider.adapter.name] else { continue }
            for setting in provider.adapter.settings.settings {
                let path = provider.path.appending(ConfigurationFormat.settings.name).appending(setting.name)
                do throws(ConfigurationProblem) {
                    guard let text = settings[setting.name] else { continue }
                    let value = try ScalarReader.value(ofText: text, kind: setting.kind)
                    reading.decoded.providers[index].settings[setting.name] = value
                    reading.recorder.record(path, value, as: setting.kind, at: mark)
                } catch {
                    findings.add(.sandboxFailed(error.message), at: mark, path: path)
                }
            }
        }
        return reading
    }
}

extension ConfigurationLoader: CustomReflectable {
    /// A mirror without the environment variables, which hold credentials.
    public var customMirror: Mirror { Mirror(self, children: ["adapters": registry.names]) }
}
