internal import CertProtocol

extension ConfigurationDecoder {
    func routes(in root: YAMLMapping, at path: ConfigurationPath, providers: YAMLNode?) -> [Route] {
        guard let field = field(ConfigurationFormat.routes, in: root, at: path), let fields = list(field) else {
            return []
        }
        var read: [(route: Route, field: Field)] = []
        for field in fields {
            guard let route = route(field, providers: providers) else { continue }
            if isEffective, let earlier = read.first(where: { $0.route.covers(route) }) {
                findings.add(
                    .unreachableRoute(after: earlier.field.node.mark.line), at: field.node.mark, path: field.path)
            }
            read.append((route, field))
        }
        return read.map(\.route)
    }

    private func route(_ field: Field, providers: YAMLNode?) -> Route? {
        guard let mapping = mapping(field, keys: ConfigurationFormat.route, of: "a route") else { return nil }
        var route = Route(targets: [])
        var isWhole = true
        if let when = self.field(ConfigurationFormat.when, in: mapping, at: field.path) {
            let conditions = self.mapping(when, keys: ConfigurationFormat.when.keys, of: "“when”")
            let domains = words(ConfigurationFormat.domains, in: conditions, at: when.path)
            let validations = words(ConfigurationFormat.validation, in: conditions, at: when.path)
            let products = words(ConfigurationFormat.product, in: conditions, at: when.path)
            route.validations = (validations ?? []).map { $0.text.lowercased() }
            route.products = (products ?? []).map(\.text)
            for domain in domains ?? [] {
                if let pattern = DomainPattern(domain.text) {
                    route.domains.append(pattern)
                } else {
                    findings.add(
                        .invalidDomain(domain.field.node.scalar?.text ?? ""), at: domain.field.node.mark,
                        path: domain.field.path)
                    isWhole = false
                }
            }
            // A condition that can't be read must not make a route match more than was meant.
            isWhole = isWhole && conditions != nil && domains != nil && validations != nil && products != nil
        }
        guard let use = self.field(ConfigurationFormat.use, in: mapping, at: field.path) else {
            if !mayHold("use", mapping) {
                findings.add(.missingKey("use", of: "A route"), at: field.node.mark, path: field.path)
            }
            return nil
        }
        guard let targets = list(use) else { return nil }
        if targets.isEmpty { findings.add(.emptyValue("“use”"), at: use.node.mark, path: use.path) }
        route.targets = targets.compactMap { target($0, providers: providers) }
        return isWhole ? route : nil
    }

    /// The strings of a condition: none where it isn't stated, `nil` where it can't be read.
    private func words(
        _ key: FormatKey, in mapping: YAMLMapping?, at path: ConfigurationPath
    ) -> [(text: String, field: Field)]? {
        guard let mapping, let field = field(key, in: mapping, at: path) else { return [] }
        guard let fields = list(field) else { return nil }
        guard !fields.isEmpty else {
            findings.add(.emptyValue("A condition's list"), at: field.node.mark, path: field.path)
            return nil
        }
        let words = fields.compactMap { field in text(field).map { (text: $0, field: field) } }
        return words.count == fields.count ? words : nil
    }

    private func target(_ field: Field, providers: YAMLNode?) -> RouteTarget? {
        guard field.node.mapping != nil else {
            guard let id = text(field) else { return nil }
            check(id, at: field, providers: providers)
            return RouteTarget(provider: id)
        }
        guard let mapping = mapping(field, keys: ConfigurationFormat.target, of: "a target") else { return nil }
        let product = text(ConfigurationFormat.targetProduct, in: mapping, at: field.path)?.text
        guard let id = text(ConfigurationFormat.targetProvider, in: mapping, at: field.path) else {
            if self.field(ConfigurationFormat.targetProvider, in: mapping, at: field.path) == nil,
                !mayHold("provider", mapping)
            {
                findings.add(.missingKey("provider", of: "A target"), at: field.node.mark, path: field.path)
            }
            return nil
        }
        check(id.text, at: id.field, providers: providers)
        return RouteTarget(provider: id.text, product: product)
    }

    private func check(_ id: String, at field: Field, providers: YAMLNode?) {
        guard isEffective else { return }
        let known = providers?.mapping?.entries ?? []
        guard let provider = known.first(where: { $0.key == id }) else {
            let problem = ConfigurationProblem.unknownProvider(field.node.scalar?.text ?? "", known: known.map(\.key))
            findings.add(problem, at: field.node.mark, path: field.path)
            return
        }
        guard let enabled = provider.value.mapping?[ConfigurationFormat.enabled]?.value else { return }
        let quiet = ScalarReader(resolver: scalars.resolver, findings: FindingCollector())
        let reading = quiet.read(Field(node: enabled, path: field.path), as: .boolean)
        if reading.value == .boolean(false) { findings.add(.disabledTarget(id), at: field.node.mark, path: field.path) }
    }
}

extension Route {
    /// Whether every call that `other` matches is matched by this route too.
    func covers(_ other: Route) -> Bool {
        Self.covers(domains, other.domains) { $0.covers($1) } && Self.covers(validations, other.validations, by: ==)
            && Self.covers(products, other.products, by: ==)
    }

    /// Whether one list of alternatives takes whatever the other takes; an empty list takes everything.
    private static func covers<Value>(
        _ values: [Value], _ others: [Value], by isCovered: (Value, Value) -> Bool
    ) -> Bool {
        values.isEmpty || !others.isEmpty && others.allSatisfy { other in values.contains { isCovered($0, other) } }
    }
}
