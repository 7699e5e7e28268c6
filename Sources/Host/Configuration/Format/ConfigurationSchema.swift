public import CertProtocol

/// The configuration format as a JSON Schema (draft 7, the draft that the YAML language server knows best), so that an
/// editor completes and checks `plugins.yaml` while it is written.
///
/// ```swift
/// let schema = ConfigurationSchema(registry: registry).node.indentedText
/// ```
///
/// The schema refuses nothing that ``ConfigurationLoader`` accepts. It can't see what an environment, in the same file or in
/// one of its own, adds or takes away, nor what a reference stands for; `certhost config check` can.
public struct ConfigurationSchema: Sendable {
    /// What a file holds.
    @nonexhaustive
    public enum Scope: Sendable {
        /// A whole configuration: `plugins.yaml`.
        case file
        /// What stands under an environment's name: `plugins.prod.yaml`.
        case environment
    }

    private let registry: AdapterRegistry
    private let scope: Scope

    /// The schema of files that name adapters of a registry.
    public init(registry: AdapterRegistry, scope: Scope = .file) {
        self.registry = registry
        self.scope = scope
    }

    /// The schema.
    public var node: JSONNode {
        let isFile = scope == .file
        let keys = isFile ? ConfigurationFormat.file : ConfigurationFormat.overlay
        let members: [(String, JSONNode)] =
            [
                ("$schema", "http://json-schema.org/draft-07/schema#"),
                ("$id", isFile ? "urn:certhost:configuration:1" : "urn:certhost:environment:1"),
                ("title", isFile ? "certhost configuration" : "certhost environment"),
                (
                    "description",
                    isFile
                        ? "The accounts at certificate authorities that certhost works with."
                        : "What changes in one environment of a certhost configuration."
                ),
            ] + mapping(of: keys, isOptional: !isFile) + [("definitions", .object(definitions(below: keys)))]
        return .object(members)
    }

    // MARK: Mappings

    /// A mapping with these keys and no others. In an optional one nothing may stand in its place.
    private func mapping(of keys: [FormatKey], isOptional: Bool) -> [(String, JSONNode)] {
        var members: [(String, JSONNode)] = [
            ("type", isOptional ? ["object", "null"] : "object"),
            ("additionalProperties", false),
            ("properties", .object(keys.map { ($0.name, value(of: $0)) })),
        ]
        let needed = keys.filter { $0.presence == .needed }.names
        if !needed.isEmpty { members.insert(("required", .strings(needed)), at: 1) }
        return members
    }

    private func value(of key: FormatKey) -> JSONNode {
        let description: (String, JSONNode) = ("description", .string(key.documentation))
        switch key.content {
        case .section, .named: return reference(key.name)
        case .constant(let number): return .object([description, ("const", .integer(Int64(number)))])
        case .scalar(let kind):
            return ScalarSchema(kind: kind, defaultText: key.defaultText).node(description: key.documentation)
        case .adapter:
            return ScalarSchema(kind: .choice(registry.names)).node(description: key.documentation)
        case .text(let pattern):
            let type: JSONNode = key.presence == .needed ? "string" : ["string", "null"]
            return .object([description, ("type", type)] + text(pattern))
        case .settings: return .object([description, ("type", ["object", "null"])])
        case .list(let element, let mayBeEmpty):
            var members = [description, ("type", key.presence == .needed ? "array" : ["array", "null"])]
            if !mayBeEmpty { members.append(("minItems", 1)) }
            return .object(members + [("items", item(element))])
        case .shorthand: return item(key.content)
        }
    }

    private func item(_ content: FormatKey.Content) -> JSONNode {
        switch content {
        case .text(let pattern): .object([("type", "string")] + text(pattern))
        case .shorthand(let keys):
            ["anyOf": [.object([("type", "string")] + text(nil)), .object(mapping(of: keys, isOptional: false))]]
        case .section(let keys): .object(mapping(of: keys, isOptional: false))
        default: .object([])
        }
    }

    private func text(_ pattern: SettingPattern?) -> [(String, JSONNode)] {
        pattern.map(ScalarSchema.members) ?? [("minLength", 1)]
    }

    private func reference(_ name: String) -> JSONNode { ["$ref": .string("#/definitions/\(name)")] }

    // MARK: Definitions

    private func definitions(below keys: [FormatKey]) -> [(String, JSONNode)] {
        var definitions: [(String, JSONNode)] = []
        func define(_ keys: [FormatKey]) {
            for key in keys {
                define(key.keys)
                guard !definitions.contains(where: { $0.0 == key.name }) else { continue }
                let head: [(String, JSONNode)] = [
                    ("title", .string(key.name)), ("description", .string(key.documentation)),
                ]
                switch key.content {
                case .section(let keys):
                    definitions.append((key.name, .object(head + mapping(of: keys, isOptional: true))))
                case .named(let pattern, let keys):
                    let entry = reference("\(key.name)-entry")
                    let entries: [(String, JSONNode)] =
                        pattern.map {
                            [
                                ("additionalProperties", false),
                                ("patternProperties", .object([("^(?:\($0.expression))$", entry)])),
                            ]
                        } ?? [("additionalProperties", entry)]
                    definitions.append((key.name, .object(head + [("type", ["object", "null"])] + entries)))
                    var members = mapping(of: keys, isOptional: true)
                    if keys.contains(where: { if case .adapter = $0.content { true } else { false } }) {
                        members.append(("allOf", .array(settingsByAdapter)))
                    }
                    definitions.append(("\(key.name)-entry", .object(members)))
                default: continue
                }
            }
        }
        define(keys)
        return definitions + settingsDefinitions
    }

    /// Which settings go with which adapter. Where none is named, or by reference, those of any.
    private var settingsByAdapter: [JSONNode] {
        func rule(_ condition: JSONNode, _ properties: [(String, JSONNode)]) -> JSONNode {
            ["if": condition, "then": ["properties": .object(properties)]]
        }
        func names(_ adapter: JSONNode) -> JSONNode { ["required": ["adapter"], "properties": ["adapter": adapter]] }
        let known = registry.factories.map { factory in
            rule(
                names(["const": .string(factory.name)]),
                [
                    ("settings", reference("settings-\(factory.name)")),
                    ("limits", ["default": .strings(factory.defaultLimits.map(\.description))]),
                ])
        }
        return known + [rule(["not": names(["enum": .strings(registry.names)])], [("settings", reference("settings"))])]
    }

    private var settingsDefinitions: [(String, JSONNode)] {
        var any: [(String, [JSONNode])] = []
        var definitions = registry.factories.map { factory in
            let properties = factory.settings.settings.map { setting in
                let documentation = setting.documentation + (setting.isRequired ? " Required." : "")
                let schema = ScalarSchema(kind: setting.kind, name: setting.name, defaultText: setting.defaultText)
                let node = schema.node(description: documentation)
                if let index = any.firstIndex(where: { $0.0 == setting.name }) {
                    if !any[index].1.contains(where: { $0.text == node.text }) { any[index].1.append(node) }
                } else {
                    any.append((setting.name, [node]))
                }
                return (setting.name, node)
            }
            return ("settings-\(factory.name)", settings(of: factory.title, properties))
        }
        let merged = any.map { name, nodes in (name, nodes.count == 1 ? nodes[0] : ["anyOf": .array(nodes)]) }
        definitions.append(("settings", settings(of: "the provider's adapter", merged)))
        return definitions
    }

    private func settings(of owner: String, _ properties: [(String, JSONNode)]) -> JSONNode {
        [
            "title": .string("Settings of \(owner)"), "type": ["object", "null"], "additionalProperties": false,
            "properties": .object(properties),
        ]
    }
}
