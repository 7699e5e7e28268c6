/// A value of a YAML document, with the place where it stands.
struct YAMLNode: Sendable {
    /// What the value is.
    enum Kind: Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping(YAMLMapping)
        /// A value that has been reported already; whoever meets it says nothing more.
        case refused
    }

    /// What the value is.
    var kind: Kind
    /// Where it starts.
    var mark: SourceMark
    /// The last line of a scalar, so that a secret that spans lines is kept out of reports whole.
    var lastLine: Int
    /// The nodes in it, itself included: what an alias to it costs.
    var size: Int
    /// The levels in it, itself included: aliases must not make a tree deeper than a file may be.
    var height: Int

    /// The mapping, where it is one.
    var mapping: YAMLMapping? { if case .mapping(let mapping) = kind { mapping } else { nil } }
    /// The scalar, where it is one.
    var scalar: YAMLScalar? { if case .scalar(let scalar) = kind { scalar } else { nil } }
    /// The elements, where it is a sequence.
    var sequence: [YAMLNode]? { if case .sequence(let nodes) = kind { nodes } else { nil } }

    /// Whether it is a plain scalar that means null.
    var isNull: Bool { scalar?.value == .null }

    /// What it is, for people.
    var kindName: String {
        switch kind {
        case .scalar(let scalar): scalar.value.typeName
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .refused: "nothing readable"
        }
    }
}

/// A scalar as it stands in the file; its type is resolved on demand.
struct YAMLScalar: Sendable {
    /// The text, escapes and folding undone.
    var text: String
    /// Whether it stands without quotes, so that it may be a number, a boolean or null.
    var isPlain: Bool

    /// The value by the core schema.
    var value: YAMLCoreValue { isPlain ? YAMLCoreValue(plain: text) : .string(text) }
}

/// The entries of a mapping in the order of the file.
struct YAMLMapping: Sendable {
    /// One key with its value.
    struct Entry: Sendable {
        var key: String
        var keyMark: SourceMark
        var value: YAMLNode
    }

    /// The entries; each key once.
    var entries: [Entry] = []
    /// Entries that were reported and don't count: repeated keys, merge keys.
    var discarded: [Entry] = []
    /// Whether nothing was left out that may have held what is missing: a merge key, a key that is no string.
    var isWhole = true

    /// The entry of a key.
    subscript(_ key: String) -> Entry? { entries.first { $0.key == key } }
}
