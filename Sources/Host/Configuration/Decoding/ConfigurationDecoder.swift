internal import CertProtocol

/// Reads a tree as the configuration format has it, and reports everything that is wrong in it.
///
/// The same code reads the effective configuration, where everything must be there and references are looked up, and the
/// parts of the file that an environment doesn't use, where only what stands there is looked at.
struct ConfigurationDecoder {
    /// What is being read.
    enum Scope {
        /// The effective configuration.
        case effective
        /// The file's own values, which an overlay may complete.
        case base
        /// An overlay, with the configuration that it would give; not the whole of it where the environment also has a
        /// file that isn't read.
        case overlay(result: YAMLNode, isWhole: Bool)
    }

    let scope: Scope
    let registry: AdapterRegistry
    let scalars: ScalarReader
    let folder: ConfigurationFolder
    /// Where the journal is kept when the file doesn't say.
    let defaultJournalPath: String
    let embeddedSandbox: EmbeddedSandbox?
    let recorder = EffectiveRecorder()

    var findings: FindingCollector { scalars.findings }
    var isEffective: Bool { if case .effective = scope { true } else { false } }

    /// Reads the whole.
    func decode(_ root: YAMLNode, at path: ConfigurationPath) -> DecodedConfiguration {
        var decoded = DecodedConfiguration()
        var known = ConfigurationFormat.overlay
        if case .overlay = scope {} else { known = ConfigurationFormat.file }
        guard let mapping = mapping(Field(node: root, path: path), keys: known, of: placeName) else { return decoded }
        decoded.caFile = text(ConfigurationFormat.caFile, in: mapping, at: path).map { folder.absolute($0.text) }
        if isEffective, let file = decoded.caFile, let field = field(ConfigurationFormat.caFile, in: mapping, at: path)
        {
            checkReadable(file, field, unless: mapping[ConfigurationFormat.sandbox] != nil)
        }
        decoded.proxy = proxy(in: mapping, at: path)
        decoded.sandbox = sandbox(in: mapping, at: path)
        if let field = field(ConfigurationFormat.defaults, in: mapping, at: path),
            let defaults = self.mapping(field, keys: ConfigurationFormat.defaults.keys, of: "“defaults”")
        {
            decoded.defaults = pace(of: defaults, at: field.path, inheriting: Pace())
        }
        recordPace(decoded.defaults, at: path.appending(ConfigurationFormat.defaults.name))
        decoded.journalPath = journal(in: mapping, at: path)
        decoded.providers = providers(in: mapping, at: path, decoded: decoded)
        decoded.routes = routes(in: mapping, at: path, providers: mapping[ConfigurationFormat.providers]?.value)
        return decoded
    }

    private var placeName: String {
        if case .overlay = scope { "an environment" } else { "the file" }
    }

    private func checkReadable(_ file: String, _ field: Field, unless isSandboxed: Bool) {
        guard !isSandboxed else { return }
        do {
            let data = try ConfigurationFolder.contents(of: file)
            guard data.firstRange(of: Array("-----BEGIN CERTIFICATE-----".utf8)) == nil else { return }
            findings.add(.invalidRoots, at: field.node.mark, path: field.path)
        } catch {
            // As written: what a reference stands for is never shown.
            let written = field.node.scalar?.text ?? ""
            let shown = written.contains("${") ? written : file
            var problem = ConfigurationProblem.unreadableReference(shown, error)
            problem.found = field.node.scalar.map { ConfigurationProblem.shown($0.text) }
            findings.add(problem, at: field.node.mark, path: field.path)
        }
    }

    private func proxy(in mapping: YAMLMapping, at path: ConfigurationPath) -> String? {
        guard let proxy = text(ConfigurationFormat.proxy, in: mapping, at: path) else { return nil }
        if let reason = ProxyURL.problem(with: proxy.text) {
            let written = proxy.field.node.scalar?.text ?? ""
            findings.add(.invalidURL(written, reason), at: proxy.field.node.mark, path: proxy.field.path)
        }
        return proxy.text
    }

    private func sandbox(in mapping: YAMLMapping, at path: ConfigurationPath) -> SourceMark? {
        guard let field = field(ConfigurationFormat.sandbox, in: mapping, at: path),
            let value = scalars.read(field, as: ConfigurationFormat.sandbox.kind).value
        else { return nil }
        record(field, value, as: ConfigurationFormat.sandbox.kind)
        if isEffective, embeddedSandbox == nil {
            findings.add(.noEmbeddedSandbox, at: field.node.mark, path: field.path)
        }
        return field.node.mark
    }

    private func journal(in mapping: YAMLMapping, at path: ConfigurationPath) -> String {
        let journal = path.appending(ConfigurationFormat.journal.name)
        if let field = field(ConfigurationFormat.journal, in: mapping, at: path),
            let entries = self.mapping(field, keys: ConfigurationFormat.journal.keys, of: "“journal”"),
            let file = text(ConfigurationFormat.journalPath, in: entries, at: journal)
        {
            return folder.absolute(file.text)
        }
        if isEffective {
            recorder.record(
                journal.appending(ConfigurationFormat.journalPath.name), .string(defaultJournalPath), as: .string,
                at: nil)
        }
        return defaultJournalPath
    }
}

// MARK: - What every part is read with

extension ConfigurationDecoder {
    /// The entries of a mapping, unknown keys reported; an empty one where nothing stands there.
    func mapping(_ field: Field, keys: [FormatKey], of place: String) -> YAMLMapping? {
        mapping(field, names: keys.names, of: place)
    }

    /// The entries of a mapping, unknown keys reported where there is a list of known ones.
    func mapping(_ field: Field, names keys: [String]?, of place: String) -> YAMLMapping? {
        if field.node.isNull { return YAMLMapping() }
        guard let mapping = field.node.mapping else {
            wrongType(field, expected: "a mapping")
            return nil
        }
        guard let keys else { return mapping }
        for entry in mapping.entries where !keys.contains(entry.key) {
            let isMisplaced =
                keys == ConfigurationFormat.overlay.names && ConfigurationFormat.fileOnly.names.contains(entry.key)
            findings.add(
                isMisplaced
                    ? .misplacedKey(entry.key, known: keys)
                    : .unknownKey(entry.key, known: keys, of: place, home: home(of: entry.key)),
                at: entry.keyMark, path: field.path.appending(entry.key))
        }
        return mapping
    }

    /// The elements of a list, each with its path.
    func list(_ field: Field) -> [Field]? {
        guard let nodes = field.node.sequence else {
            let text = field.node.scalar.flatMap { $0.isPlain && !$0.text.isEmpty ? "[\($0.text)]" : nil }
            wrongType(field, expected: "a list", suggestion: text)
            return nil
        }
        if nodes.isEmpty, isEffective { recorder.recordEmptyList(field.path, at: field.node.mark) }
        return nodes.enumerated().map { Field(node: $0.element, path: field.path.appending($0.offset)) }
    }

    /// The value of a key; `nil` where there is none, or nothing.
    func field(_ key: String, in mapping: YAMLMapping, at path: ConfigurationPath) -> Field? {
        guard let entry = mapping[key], !entry.value.isNull else { return nil }
        return Field(node: entry.value, path: path.appending(key))
    }

    /// The value of a key; `nil` where there is none, or nothing.
    func field(_ key: FormatKey, in mapping: YAMLMapping, at path: ConfigurationPath) -> Field? {
        field(key.name, in: mapping, at: path)
    }

    /// The text of a key, which must not be empty.
    func text(_ key: FormatKey, in mapping: YAMLMapping, at path: ConfigurationPath) -> (text: String, field: Field)? {
        guard let field = field(key, in: mapping, at: path), let text = text(field) else { return nil }
        return (text, field)
    }

    /// The text of a value, which must not be empty.
    func text(_ field: Field) -> String? {
        guard let value = scalars.read(field, as: .string).value, case .string(let text) = value else { return nil }
        guard !text.isEmpty else {
            findings.add(.emptyValue("This"), at: field.node.mark, path: field.path)
            return nil
        }
        record(field, value, as: .string)
        return text
    }

    func wrongType(_ field: Field, expected: String, suggestion: String? = nil) {
        if case .refused = field.node.kind { return }
        findings.add(
            .wrongType(found: field.node.kindName, expected: expected, suggestion: suggestion), at: field.node.mark,
            path: field.path)
    }

    func record(_ field: Field, _ value: SettingValue, as kind: Setting.Kind) {
        guard isEffective else { return }
        recorder.record(field.path, value, as: kind, written: field.node.scalar?.text, at: field.node.mark)
    }
}
