internal import CertProtocol

extension ConfigurationDecoder {
    func providers(
        in root: YAMLMapping, at path: ConfigurationPath, decoded: DecodedConfiguration
    ) -> [DecodedProvider] {
        guard let field = field(ConfigurationFormat.providers, in: root, at: path) else {
            if isEffective, !mayHold("providers", root) {
                findings.add(.noProviders, file: file(of: root), mark: root[ConfigurationFormat.providers]?.keyMark)
            }
            return []
        }
        guard let mapping = mapping(field, names: nil, of: "“providers”") else { return [] }
        if isEffective, mapping.entries.isEmpty, mapping.isWhole {
            findings.add(.noProviders, at: field.node.mark, path: field.path)
        }
        return mapping.entries.compactMap { entry in
            let path = field.path.appending(entry.key)
            if !Self.isID(entry.key) { findings.add(.invalidID(entry.key), at: entry.keyMark, path: path) }
            // In an overlay, nothing in place of a provider takes it out.
            if entry.value.isNull, case .overlay = scope { return nil }
            return provider(entry, at: path, decoded: decoded)
        }
    }

    private func file(of root: YAMLMapping) -> String { root.entries.first?.keyMark.file ?? folder.path }

    /// Whether a text follows ``ConfigurationFormat/providerID``: by hand, since there may be thousands.
    static func isID(_ text: String) -> Bool {
        text.utf8.first != UInt8(ascii: "-") && !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    private func provider(
        _ entry: YAMLMapping.Entry, at path: ConfigurationPath, decoded: DecodedConfiguration
    ) -> DecodedProvider? {
        let field = Field(node: entry.value, path: path)
        guard let mapping = mapping(field, keys: ConfigurationFormat.provider, of: "a provider") else { return nil }
        let adapter = adapter(entry, mapping, at: path)
        var isEnabled = true
        if let field = self.field(ConfigurationFormat.enabled, in: mapping, at: path),
            case .boolean(let value)? = scalars.read(field, as: ConfigurationFormat.enabled.kind).value
        {
            isEnabled = value
            record(field, .boolean(value), as: .boolean)
        } else if isEffective {
            recorder.record(path.appending(ConfigurationFormat.enabled.name), .boolean(true), as: .boolean, at: nil)
        }
        let pace = pace(of: mapping, at: path, inheriting: decoded.defaults)
        recordPace(pace, at: path)
        let limits = limits(in: mapping, at: path, adapter: adapter)
        guard let adapter else {
            checkReferences(in: mapping, at: path)
            checkSettings(in: mapping, at: path)
            return nil
        }
        let settings = settings(
            of: entry, mapping, adapter: adapter, isEnabled: isEnabled, at: path, sandbox: decoded.sandbox)
        return DecodedProvider(
            id: entry.key, adapter: adapter, isEnabled: isEnabled, pace: pace, limits: limits, settings: settings,
            path: path, mark: entry.keyMark)
    }

    /// Looks references up in settings that can't be checked otherwise, because nobody knows their adapter.
    private func checkReferences(in provider: YAMLMapping, at path: ConfigurationPath) {
        guard isEffective, let settings = provider[ConfigurationFormat.settings]?.value.mapping else { return }
        for entry in settings.entries where entry.value.scalar != nil {
            let field = Field(
                node: entry.value, path: path.appending(ConfigurationFormat.settings.name).appending(entry.key))
            guard let text = entry.value.scalar?.text, text.contains("${") else { continue }
            _ = scalars.read(field, as: .secret, allowsLiteralSecret: true)
        }
    }

    private func adapter(
        _ entry: YAMLMapping.Entry, _ mapping: YAMLMapping, at path: ConfigurationPath
    ) -> AdapterFactory? {
        guard let name = text(ConfigurationFormat.adapter, in: mapping, at: path) else {
            if let inherited = inheritedAdapter(of: entry.key), mapping[ConfigurationFormat.adapter] == nil {
                return inherited
            }
            let isUnread = field(ConfigurationFormat.adapter, in: mapping, at: path) != nil
            if isEffective, !isUnread, !mayHold("adapter", mapping) {
                let problem = ConfigurationProblem.missingKey("adapter", of: "The provider “\(entry.key)”")
                findings.add(problem, at: entry.keyMark, path: path)
            }
            return nil
        }
        guard let adapter = registry[name.text] else {
            findings.add(
                .unknownAdapter(name.field.node.scalar?.text ?? name.text, known: registry.names),
                at: name.field.node.mark, path: name.field.path)
            return nil
        }
        return adapter
    }

    /// The adapter of a provider that an overlay changes without naming it again.
    private func inheritedAdapter(of id: String) -> AdapterFactory? {
        guard case .overlay(let result, _) = scope,
            let provider = result.mapping?[ConfigurationFormat.providers]?.value.mapping?[id]?.value.mapping
        else { return nil }
        return (provider[ConfigurationFormat.adapter]?.value.scalar?.text).flatMap { registry[$0] }
    }

    func pace(of mapping: YAMLMapping, at path: ConfigurationPath, inheriting inherited: Pace) -> Pace {
        var pace = inherited
        if let (field, value) = value(of: ConfigurationFormat.timeout, in: mapping, at: path),
            case .duration(let duration) = value
        {
            pace.timeout = Pace.Value(duration, field)
        }
        if let (field, value) = value(of: ConfigurationFormat.retries, in: mapping, at: path),
            case .integer(let number) = value
        {
            pace.retries = Pace.Value(number, field)
        }
        if let (field, value) = value(of: ConfigurationFormat.concurrency, in: mapping, at: path),
            case .integer(let number) = value
        {
            pace.concurrency = Pace.Value(number, field)
        }
        return pace
    }

    private func value(
        of key: FormatKey, in mapping: YAMLMapping, at path: ConfigurationPath
    ) -> (Field, SettingValue)? {
        guard let field = field(key, in: mapping, at: path), let value = scalars.read(field, as: key.kind).value
        else { return nil }
        return (field, value)
    }

    func recordPace(_ pace: Pace, at path: ConfigurationPath) {
        guard isEffective else { return }
        func record<Value>(_ key: FormatKey, _ value: Pace.Value<Value>, _ typed: SettingValue) {
            let node = value.field?.node
            recorder.record(
                path.appending(key.name), typed, as: key.kind, written: node?.scalar?.text, at: node?.mark)
        }
        record(ConfigurationFormat.timeout, pace.timeout, .duration(pace.timeout.value))
        record(ConfigurationFormat.retries, pace.retries, .integer(pace.retries.value))
        record(ConfigurationFormat.concurrency, pace.concurrency, .integer(pace.concurrency.value))
    }

    private func limits(
        in mapping: YAMLMapping, at path: ConfigurationPath, adapter: AdapterFactory?
    ) -> [RateWindow] {
        guard let field = field(ConfigurationFormat.limits, in: mapping, at: path) else {
            let limits = adapter?.defaultLimits ?? []
            if isEffective, adapter != nil {
                let path = path.appending(ConfigurationFormat.limits.name)
                if limits.isEmpty { recorder.recordEmptyList(path, at: nil) }
                for (index, limit) in limits.enumerated() {
                    recorder.record(path.appending(index), .string(limit.description), as: .string, at: nil)
                }
            }
            return limits
        }
        return (list(field) ?? []).compactMap { field in
            guard let text = text(field) else { return nil }
            guard let window = RateWindow(text: text) else {
                findings.add(
                    .invalidLimit(field.node.scalar?.text ?? ""), at: field.node.mark, path: field.path)
                return nil
            }
            return window
        }
    }
}
