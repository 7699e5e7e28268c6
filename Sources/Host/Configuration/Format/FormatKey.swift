internal import CertProtocol

/// A key of the format, declared once: the decoder, the “did you mean”, the documentation and the JSON Schema read what
/// stands here.
struct FormatKey: Sendable {
    /// What stands at a key.
    indirect enum Content: Sendable {
        /// This number, and nothing else.
        case constant(Int)
        /// A value of a kind.
        case scalar(Setting.Kind)
        /// A text that isn't empty, and looks like this where there is a pattern; what else it has to be, its own type says.
        case text(SettingPattern?)
        /// The name of an adapter.
        case adapter
        /// The settings of the adapter that is named beside it.
        case settings
        /// A mapping with these keys.
        case section([FormatKey])
        /// A mapping of names, which follow the pattern where there is one, to mappings with these keys.
        case named(SettingPattern?, [FormatKey])
        /// A list.
        case list(of: Content, mayBeEmpty: Bool)
        /// A text, or a mapping with these keys that says the same and more.
        case shorthand([FormatKey])
    }

    /// Whether the key has to be there.
    enum Presence: Sendable {
        case optional
        /// It has to be there, if not in the file itself then by an environment.
        case neededInTheEnd
        /// It has to be in this very mapping: nothing can add it.
        case needed
    }

    /// The key, snake_case.
    let name: String
    /// What stands there.
    let content: Content
    /// Whether it has to be there.
    let presence: Presence
    /// What holds where it isn't there, as it would be written; `nil` where that is nothing, or depends.
    let defaultText: String?
    /// What it means, in a sentence or two.
    let documentation: String

    init(
        _ name: String, _ content: Content, presence: Presence = .optional, default defaultText: String? = nil,
        _ documentation: String
    ) {
        self.name = name
        self.content = content
        self.presence = presence
        self.defaultText = defaultText
        self.documentation = documentation
    }

    /// The kind of the value, where it is a single one.
    var kind: Setting.Kind {
        if case .scalar(let kind) = content { kind } else { .string }
    }

    /// The keys below it, where there are some.
    var keys: [FormatKey] {
        switch content {
        case .section(let keys), .named(_, let keys), .shorthand(let keys), .list(.section(let keys), _),
            .list(.shorthand(let keys), _):
            keys
        default: []
        }
    }
}

extension [FormatKey] {
    var names: [String] { map(\.name) }

    /// All names, those below too.
    var allNames: Set<String> { reduce(into: Set(names)) { $0.formUnion($1.keys.allNames) } }
}

extension YAMLMapping {
    /// The entry of a key of the format.
    subscript(_ key: FormatKey) -> Entry? { self[key.name] }
}
