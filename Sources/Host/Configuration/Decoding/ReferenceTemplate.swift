/// A string of the file with the references in it.
///
/// `${env:NAME}`, `${env:NAME:-fallback}` and `${file:PATH}` stand for what they name; `$${` stands for `${`.
struct ReferenceTemplate: Sendable {
    enum Part: Sendable, Hashable {
        case literal(String)
        case variable(String, fallback: String?)
        case file(String)
    }

    private(set) var parts: [Part] = []

    /// Reads a string. Nothing is looked up.
    init(_ text: String) throws(ConfigurationProblem) {
        guard text.utf8.contains(UInt8(ascii: "$")) else {
            if !text.isEmpty { parts.append(.literal(text)) }
            return
        }
        var literal = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            literal += rest[..<dollar]
            rest = rest[dollar...]
            if rest.hasPrefix("$${") {
                literal += "${"
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("${") {
                guard let end = rest.firstIndex(of: "}") else { throw .unclosedReference }
                if !literal.isEmpty { parts.append(.literal(literal)) }
                literal = ""
                parts.append(try Self.reference(String(rest[..<end].dropFirst(2))))
                rest = rest[rest.index(after: end)...]
            } else {
                literal += "$"
                rest = rest.dropFirst()
            }
        }
        literal += rest
        if !literal.isEmpty { parts.append(.literal(literal)) }
    }

    /// Whether it refers to anything.
    var hasReferences: Bool { parts.contains { if case .literal = $0 { false } else { true } } }

    /// Whether it is one reference and nothing else.
    var isOneReference: Bool { parts.count == 1 && hasReferences }

    /// Whether a reference has a fallback.
    var hasFallback: Bool { parts.contains { if case .variable(_, .some) = $0 { true } else { false } } }

    /// Whether a byte may stand in the name of an environment variable.
    static func isVariableCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func reference(_ text: String) throws(ConfigurationProblem) -> Part {
        if text.hasPrefix("file:"), text.count > 5 { return .file(String(text.dropFirst(5))) }
        guard text.hasPrefix("env:") else { throw .malformedReference(text) }
        let body = text.dropFirst(4)
        let separator = body.firstRange(of: ":-")
        let name = separator.map { body[..<$0.lowerBound] } ?? body
        guard !name.isEmpty, name.utf8.allSatisfy(isVariableCharacter) else { throw .malformedReference(text) }
        if let separator, body[separator.upperBound...].contains("${") { throw .nestedReference }
        return .variable(String(name), fallback: separator.map { String(body[$0.upperBound...]) })
    }
}
