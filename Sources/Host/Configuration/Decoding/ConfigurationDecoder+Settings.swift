internal import CertProtocol

extension ConfigurationDecoder {
    /// Checks settings whose adapter is not known where they stand: the environment that names it isn't chosen, or a
    /// reference does. Each has to be a setting of some adapter.
    func checkSettings(in provider: YAMLMapping, at path: ConfigurationPath) {
        guard !isEffective, let node = provider[ConfigurationFormat.settings]?.value else { return }
        let path = path.appending(ConfigurationFormat.settings.name)
        let declared = registry.factories.flatMap(\.settings.settings)
        let names = declared.map(\.name)
        let settings = mapping(Field(node: node, path: path), names: names, of: "the settings of any adapter")
        for entry in settings?.entries ?? [] where !entry.value.isNull {
            let field = Field(node: entry.value, path: path.appending(entry.key))
            let quiet = ScalarReader(resolver: nil, findings: FindingCollector())
            let candidates = declared.filter { $0.name == entry.key }
            let fits = candidates.contains { !quiet.read(field, as: $0.kind, allowsLiteralSecret: true).isInvalid }
            if !fits, let setting = candidates.first {
                _ = scalars.read(field, as: setting.kind, allowsLiteralSecret: true)
            }
        }
    }

    /// The settings of a provider by its adapter's declaration, defaults filled in.
    func settings(
        of entry: YAMLMapping.Entry, _ provider: YAMLMapping, adapter: AdapterFactory, isEnabled: Bool,
        at providerPath: ConfigurationPath, sandbox: SourceMark?
    ) -> [String: SettingValue] {
        var scalars = scalars
        scalars.toleratesAbsence = !isEnabled
        let path = providerPath.appending(ConfigurationFormat.settings.name)
        let written = provider[ConfigurationFormat.settings]
        let place = written?.keyMark ?? entry.keyMark
        let declared = adapter.settings.settings
        let names = declared.map(\.name)
        let what = "the settings of the adapter \(adapter.name)"
        let node = written?.value
        let mapping = node.flatMap { self.mapping(Field(node: $0, path: path), names: names, of: what) }
        if node != nil, mapping == nil { return [:] }
        let entries = mapping ?? YAMLMapping()
        // What is written wrongly, or beside “settings”, has been reported and isn't missing.
        let misspelt = Set(
            entries.entries.filter { !names.contains($0.key) }
                .compactMap { NearMiss.suggestion(for: $0.key, among: names) } + provider.entries.map(\.key))
        let mayBeThere = !entries.isWhole || written == nil && mayHold("settings", provider)
        let allowsLiterals = allowsLiteralSecrets(of: entry, entries, adapter: adapter, sandbox: sandbox)
        var values: [String: SettingValue] = [:]
        var isComplete = true
        for setting in declared {
            let settingPath = path.appending(setting.name)
            if supplies(setting, of: adapter, sandbox: sandbox) {
                if isEffective { recorder.recordRedacted(settingPath, at: sandbox) }
            } else if let field = field(setting.name, in: entries, at: path) {
                let reading = scalars.read(field, as: setting.kind, allowsLiteralSecret: allowsLiterals)
                if case .value(let value) = reading {
                    values[setting.name] = value
                    record(field, value, as: setting.kind)
                    if setting.isRequired, value == .string("") {
                        findings.add(.emptyValue("This setting"), at: field.node.mark, path: field.path)
                    }
                }
                isComplete = isComplete && !reading.isInvalid
            } else if let text = setting.defaultText {
                if let value = try? ScalarReader.value(ofText: text, kind: setting.kind) {
                    let value = scalars.absolute(value, as: setting.kind)
                    values[setting.name] = value
                    if isEffective { recorder.record(settingPath, value, as: setting.kind, at: nil) }
                }
            } else if isEffective, setting.isRequired, !mayBeThere, !misspelt.contains(setting.name) {
                findings.add(.missingSetting(setting, adapter: adapter.name), at: place, path: settingPath)
            }
        }
        if isEffective, isComplete {
            check(values, adapter: adapter, entries: entries, at: path, place: place)
        }
        return values
    }

    /// Whether the sandbox supplies a setting: the address and the credentials of an adapter that it stands in for.
    func supplies(_ setting: Setting, of adapter: AdapterFactory, sandbox: SourceMark?) -> Bool {
        guard isEffective, sandbox != nil, let embeddedSandbox, embeddedSandbox.adapters.contains(adapter.name) else {
            return false
        }
        switch setting.kind {
        case .secret, .serviceURL: return true
        default: return false
        }
    }

    /// The rules of an adapter, each problem at the setting that it names.
    private func check(
        _ values: [String: SettingValue], adapter: AdapterFactory, entries: YAMLMapping, at path: ConfigurationPath,
        place: SourceMark
    ) {
        let values = SettingsValues(values)
        for problem in adapter.settings.rules.flatMap({ $0(values) }) {
            let node = entries[problem.setting]?.value
            let isSecret = adapter.settings.settings.contains { $0.name == problem.setting && $0.kind == .secret }
            findings.add(
                .invalidSetting(problem, found: isSecret ? nil : node?.scalar?.text), at: node?.mark ?? place,
                path: path.appending(problem.setting))
        }
    }

    /// Whether a credential may stand in the file: it is worth nothing outside a sandbox or this machine.
    ///
    /// In the parts of the file that aren't chosen, an address that a reference gives is not known: what can't be judged
    /// is not reported.
    private func allowsLiteralSecrets(
        of entry: YAMLMapping.Entry, _ entries: YAMLMapping, adapter: AdapterFactory, sandbox: SourceMark?
    ) -> Bool {
        if sandbox != nil { return true }
        var settings = entries
        switch scope {
        case .effective: break
        case .base: return true
        case .overlay(let result, let isWhole):
            guard isWhole, let root = result.mapping, root[ConfigurationFormat.sandbox] == nil else { return true }
            let provider = root[ConfigurationFormat.providers]?.value.mapping?[entry.key]?.value.mapping
            settings = provider?[ConfigurationFormat.settings]?.value.mapping ?? YAMLMapping()
        }
        let quiet = ScalarReader(resolver: scalars.resolver, findings: FindingCollector())
        return adapter.settings.settings.contains { setting in
            guard case .serviceURL = setting.kind, let node = settings[setting.name]?.value, !node.isNull else {
                return false
            }
            switch quiet.read(Field(node: node, path: ConfigurationPath()), as: setting.kind) {
            case .value(.serviceURL(let url)): return url.isLoopback
            case .unread: return true
            default: return false
            }
        }
    }
}
