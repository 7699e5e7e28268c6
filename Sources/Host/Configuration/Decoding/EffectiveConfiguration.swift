internal import CertProtocol

/// What holds after the overlay, the references and the defaults, and where each value comes from.
///
/// Credentials stand in it as `<redacted>`. What a reference stands for is shown only where the value is one of few that
/// could be told beforehand (a number, a boolean, a choice, a length of time); where any text may stand, and so a credential
/// that was put into the wrong variable, the reference is shown in its place. An address that names a user is redacted.
public struct EffectiveConfiguration: Sendable {
    /// One value.
    public struct Entry: Sendable, Hashable {
        /// Where in the configuration (`providers.example-ca.settings.region`).
        public var path: String { steps.description }
        /// The value, as it would be written; `<redacted>` for a credential, the reference where it may be one.
        public var value: String
        /// The file and line that it comes from (`plugins.yaml:12`); `default` where no file names it.
        public var origin: String
        /// What stands in the file, where that refers to something (`${env:REGION}`).
        public var reference: String?
        var steps: ConfigurationPath
        /// Whether the value is a string, and not a number, a boolean or an empty list.
        var isText: Bool
    }

    /// The values in the order of the format.
    public internal(set) var entries: [Entry] = []

    /// The configuration as YAML, with the origin of each value as a comment.
    public func yaml() -> String {
        var text = ""
        render(entries[...], depth: 0, indentation: 0, into: &text)
        return text
    }

    /// Writes the entries that share their first `depth` steps.
    private func render(_ entries: ArraySlice<Entry>, depth: Int, indentation: Int, into text: inout String) {
        var rest = entries
        while let first = rest.first {
            guard depth < first.steps.components.count else { return }
            let component = first.steps.components[depth]
            let group = rest.prefix { $0.steps.components.dropFirst(depth).first == component }
            rest = rest[group.endIndex...]
            let lead: String
            switch component {
            case .key(let key): lead = Self.quoted(key) + ":"
            case .index: lead = "-"
            }
            let padding = String(repeating: "  ", count: indentation)
            if first.steps.components.count == depth + 1 {
                let reference = first.reference == first.value ? nil : first.reference
                let source = first.origin + (reference.map { ", from \(ConfigurationProblem.shown($0))" } ?? "")
                text += "\(padding)\(lead) \(Self.scalar(first))  # \(source)\n"
            } else {
                text += "\(padding)\(lead)\n"
                render(group, depth: depth + 1, indentation: indentation + 1, into: &text)
            }
        }
    }

    private static func scalar(_ entry: Entry) -> String {
        if entry.value == "<redacted>" || !entry.isText { return entry.value }
        let text = entry.value == entry.reference ? entry.value : entry.value.replacing("${", with: "$${")
        if case .string = YAMLCoreValue(plain: text) { return quoted(text) }
        return "\"\(text)\""
    }

    /// The text, in quotes where a plain scalar would be read as something else.
    private static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty && text.utf8.first.map { !"-?:,[]{}#&*!|>'\"%@` ".utf8.contains($0) } == true
            && !text.contains(": ") && !text.contains(" #") && !text.hasSuffix(":") && !text.hasSuffix(" ")
            && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        if isPlain { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\x" + (digits.count == 1 ? "0" : "") + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
