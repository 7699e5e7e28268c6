internal import CertProtocol

/// The names that a local authority issues for: exact ones, and `*.test` for every name below `test`.
struct PermittedNames: Sendable, Hashable {
    /// The patterns, lower case, in the order given.
    let patterns: [String]

    static let pattern = SettingPattern(
        "\(one)( *, *\(one))*", "names of lower-case letters, separated by commas", example: "*.test, localhost"
    )
    private static let one = "([*][.])?[a-z0-9-]+([.][a-z0-9-]+)*"

    /// Reads the patterns of a text that follows ``pattern``.
    init(_ text: String) {
        patterns = text.split { $0 == "," || $0 == " " }.map(String.init)
    }

    /// Whether a name, lower case, is one of them; a wildcard name is where all that it stands for are.
    func permit(_ name: String) -> Bool { patterns.contains { Self.covers($0, name) } }

    private static func covers(_ pattern: String, _ name: String) -> Bool {
        guard pattern.hasPrefix("*.") else { return name == pattern }
        let suffix = pattern.dropFirst()
        return name.hasSuffix(suffix) && name.utf8.count > suffix.utf8.count
    }
}
