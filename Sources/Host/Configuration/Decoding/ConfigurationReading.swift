internal import CertProtocol

/// One reading of a file's tree: the chosen environment as a whole, the other parts for what stands in them.
struct ConfigurationReading {
    /// Which environment holds.
    struct Choice {
        /// Its name; `nil` where the file's own values hold.
        var name: String?
        /// Whether there is such an environment.
        var isDeclared = true
    }

    /// The effective configuration.
    struct Result {
        var decoded: DecodedConfiguration
        var recorder: EffectiveRecorder
    }

    let root: YAMLNode
    /// The files of environments; `nil` where there can't be any.
    let files: EnvironmentFiles?
    let registry: AdapterRegistry
    let variables: [String: String]
    let folder: ConfigurationFolder
    let embeddedSandbox: EmbeddedSandbox?
    let findings: FindingCollector
    /// Whether credentials' files are looked at for who else may read them.
    let checksPermissions: Bool
    /// What the files of environments hold, as far as they were read, by their environments.
    var overlays: [(environment: String, node: YAMLNode)] = []

    private var file: String { root.mark.file }

    /// The environment that an argument, the process or the file names, in this order.
    func chosenEnvironment(argument: String?) -> Choice {
        let reader = ScalarReader(resolver: ReferenceResolver(variables: variables, folder: folder), findings: findings)
        var named: (name: String, origin: String?, mark: SourceMark?)?
        // What the file names is checked even where something else takes its place.
        if let node = root.mapping?[ConfigurationFormat.environment]?.value, !node.isNull {
            let field = Field(node: node, path: ConfigurationPath().appending(ConfigurationFormat.environment.name))
            if case .string(let name)? = reader.read(field, as: .string).value { named = (name, nil, node.mark) }
            if let written = node.scalar?.text, written.contains("${"), let name = named?.name, !isDeclared(name) {
                // What a reference stands for is never shown.
                named?.name = written
            }
        }
        let place = root.mapping?[ConfigurationFormat.environments]?.keyMark
        if let variable = variables["CERTHOST_ENVIRONMENT"], !variable.isEmpty {
            named = (variable, "CERTHOST_ENVIRONMENT", place)
        }
        if let argument { named = (argument, "--environment", place) }
        guard let named else { return Choice() }
        guard isDeclared(named.name) else {
            let inFile = environments.map(\.key)
            let declared = inFile + (files?.environments ?? []).filter { !inFile.contains($0) }
            findings.add(
                .unknownEnvironment(named.name, declared: declared, origin: named.origin), file: file, mark: named.mark,
                path: ConfigurationPath().appending(ConfigurationFormat.environment.name))
            return Choice(name: named.name, isDeclared: false)
        }
        return Choice(name: named.name)
    }

    /// Reads everything; `nil` where the chosen environment isn't there.
    func read(_ choice: Choice) -> Result? {
        checkVersion()
        let empty = ConfigurationPath()
        if let node = root.mapping?[ConfigurationFormat.environments]?.value, !node.isNull, node.mapping == nil {
            findings.add(
                .wrongType(found: node.kindName, expected: "a mapping"), at: node.mark,
                path: empty.appending(ConfigurationFormat.environments.name))
        }
        for entry in environments where !entry.value.isNull {
            let path = empty.appending(ConfigurationFormat.environments.name).appending(entry.key)
            _ = decoder(scope(of: entry.key), readsReferences: false).decode(entry.value, at: path)
        }
        for (environment, node) in overlays {
            _ = decoder(scope(of: environment), readsReferences: false).decode(node, at: empty)
        }
        if choice.name != nil { _ = decoder(.base, readsReferences: false).decode(root, at: empty) }
        guard choice.isDeclared else { return nil }
        let effective = choice.name.map(merged) ?? root
        let decoder = decoder(.effective, readsReferences: true)
        let version = empty.appending(ConfigurationFormat.version.name)
        if let mark = root.mapping?[ConfigurationFormat.version]?.value.mark {
            decoder.recorder.record(version, .integer(1), as: .integer(1...1), at: mark)
        }
        return Result(decoded: decoder.decode(effective, at: empty), recorder: decoder.recorder)
    }

    private var environments: [YAMLMapping.Entry] {
        root.mapping?[ConfigurationFormat.environments]?.value.mapping?.entries ?? []
    }

    /// Whether the file, or one of its own, declares an environment.
    private func isDeclared(_ environment: String) -> Bool {
        environments.contains { $0.key == environment } || files?.hasFile(of: environment) == true
    }

    /// The file's values with those of an environment over them: first what the file says, then the environment's own.
    private func merged(_ environment: String) -> YAMLNode {
        let changes =
            environments.filter { $0.key == environment }.map(\.value)
            + overlays.filter { $0.environment == environment }.map(\.node)
        return changes.filter { $0.mapping != nil }.reduce(root, Overlay.merge)
    }

    private func scope(of environment: String) -> ConfigurationDecoder.Scope {
        let isRead = overlays.contains { $0.environment == environment }
        return .overlay(result: merged(environment), isWhole: isRead || files?.hasFile(of: environment) != true)
    }

    private func checkVersion() {
        guard let mapping = root.mapping else { return }
        let path = ConfigurationPath().appending(ConfigurationFormat.version.name)
        guard let version = mapping[ConfigurationFormat.version] else {
            findings.add(.missingVersion(found: nil), at: root.mark, path: path)
            return
        }
        guard version.value.scalar?.value != .integer(1) else { return }
        let found = version.value.scalar.map { $0.isPlain ? $0.text : "\"\($0.text)\"" } ?? version.value.kindName
        findings.add(.missingVersion(found: found), at: version.value.mark, path: path)
    }

    private func decoder(_ scope: ConfigurationDecoder.Scope, readsReferences: Bool) -> ConfigurationDecoder {
        let resolver = readsReferences ? ReferenceResolver(variables: variables, folder: folder) : nil
        var scalars = ScalarReader(resolver: resolver, findings: findings)
        scalars.checksPermissions = checksPermissions
        return ConfigurationDecoder(
            scope: scope, registry: registry, scalars: scalars, folder: folder,
            defaultJournalPath: defaultJournalPath, embeddedSandbox: embeddedSandbox)
    }

    /// `certhost/journal.sqlite` in the folder for state of the XDG Base Directory Specification, which wants relative
    /// values ignored.
    private var defaultJournalPath: String {
        let state = variables["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let home = variables["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "/"
        let folder = state ?? (home.hasSuffix("/") ? home : home + "/") + ".local/state"
        return folder + "/certhost/journal.sqlite"
    }
}
