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
    let registry: AdapterRegistry
    let variables: [String: String]
    let folder: ConfigurationFolder
    let embeddedSandbox: EmbeddedSandbox?
    let findings: FindingCollector

    private var file: String { root.mark.file }

    /// The environment that an argument, the process or the file names, in this order.
    func chosenEnvironment(argument: String?) -> Choice {
        let reader = ScalarReader(resolver: ReferenceResolver(variables: variables, folder: folder), findings: findings)
        let declared = environments.map(\.key)
        var named: (name: String, origin: String?, mark: SourceMark?)?
        // What the file names is checked even where something else takes its place.
        if let node = root.mapping?["environment"]?.value, !node.isNull {
            let field = Field(node: node, path: ConfigurationPath().appending("environment"))
            if case .string(let name)? = reader.read(field, as: .string).value { named = (name, nil, node.mark) }
            if let written = node.scalar?.text, written.contains("${"), let name = named?.name, !declared.contains(name)
            {
                // What a reference stands for is never shown.
                named?.name = written
            }
        }
        let place = root.mapping?["environments"]?.keyMark
        if let variable = variables["CERTHOST_ENVIRONMENT"], !variable.isEmpty {
            named = (variable, "CERTHOST_ENVIRONMENT", place)
        }
        if let argument { named = (argument, "--environment", place) }
        guard let named else { return Choice() }
        guard declared.contains(named.name) else {
            findings.add(
                .unknownEnvironment(named.name, declared: declared, origin: named.origin), file: file, mark: named.mark,
                path: ConfigurationPath().appending("environment"))
            return Choice(name: named.name, isDeclared: false)
        }
        return Choice(name: named.name)
    }

    /// Reads everything; `nil` where the chosen environment isn't there.
    func read(_ choice: Choice) -> Result? {
        checkVersion()
        let empty = ConfigurationPath()
        if let node = root.mapping?["environments"]?.value, !node.isNull, node.mapping == nil {
            findings.add(
                .wrongType(found: node.kindName, expected: "a mapping"), at: node.mark,
                path: empty.appending("environments"))
        }
        for entry in environments where !entry.value.isNull {
            let result = Overlay.merge(root, entry.value)
            let path = empty.appending("environments").appending(entry.key)
            _ = decoder(.overlay(result: result), readsReferences: false).decode(entry.value, at: path)
        }
        if choice.name != nil { _ = decoder(.base, readsReferences: false).decode(root, at: empty) }
        guard choice.isDeclared else { return nil }
        var effective = root
        if let entry = environments.first(where: { $0.key == choice.name }), entry.value.mapping != nil {
            effective = Overlay.merge(root, entry.value)
        }
        let decoder = decoder(.effective, readsReferences: true)
        let version = empty.appending("version")
        if let mark = root.mapping?["version"]?.value.mark { decoder.recorder.record(version, .integer(1), at: mark) }
        return Result(decoded: decoder.decode(effective, at: empty), recorder: decoder.recorder)
    }

    private var environments: [YAMLMapping.Entry] {
        root.mapping?["environments"]?.value.mapping?.entries ?? []
    }

    private func checkVersion() {
        guard let mapping = root.mapping else { return }
        let path = ConfigurationPath().appending("version")
        guard let version = mapping["version"] else {
            findings.add(.missingVersion(found: nil), at: root.mark, path: path)
            return
        }
        guard version.value.scalar?.value != .integer(1) else { return }
        let found = version.value.scalar.map { $0.isPlain ? $0.text : "\"\($0.text)\"" } ?? version.value.kindName
        findings.add(.missingVersion(found: found), at: version.value.mark, path: path)
    }

    private func decoder(_ scope: ConfigurationDecoder.Scope, readsReferences: Bool) -> ConfigurationDecoder {
        let resolver = readsReferences ? ReferenceResolver(variables: variables, folder: folder) : nil
        return ConfigurationDecoder(
            scope: scope, registry: registry, scalars: ScalarReader(resolver: resolver, findings: findings),
            folder: folder, defaultJournalPath: defaultJournalPath, embeddedSandbox: embeddedSandbox)
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
