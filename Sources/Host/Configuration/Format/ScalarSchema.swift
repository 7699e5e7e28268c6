internal import CertProtocol
internal import FoundationEssentials

/// A single value in the JSON Schema: the values of its kind, references, and nothing.
struct ScalarSchema {
    let kind: Setting.Kind
    /// The key, for examples.
    var name = ""
    var defaultText: String?

    /// A reference somewhere in a text, or a dollar sign that is written out: what such a text means is known later.
    static let referencePattern =
        "(^|[^$])\\$\\{(env:[A-Za-z0-9_]+(:-[^}]*)?|file:[^}]+)\\}|\\$\\$\\{"
    /// One whole reference.
    private static let wholeReferencePattern = "^\\$\\{(env:[A-Za-z0-9_]+(:-[^}]*)?|file:[^}]+)\\}$"

    /// The schema of the value, `null` included, which is as if the key weren't there.
    func node(description: String) -> JSONNode {
        var members: [(String, JSONNode)] = [("description", .string(description))]
        if let value = defaultText.flatMap({ try? ScalarReader.value(ofText: $0, kind: kind) }) {
            members.append(("default", Self.node(of: value)))
        }
        switch kind {
        case .string: members.append(("type", ["string", "null"]))
        case .path: members += [("type", ["string", "null"]), ("minLength", 1)]
        case .secret:
            // In a sandbox it may stand in the file, where a number is taken as it is written.
            members += [
                ("type", ["string", "number", "boolean", "null"]), ("minLength", 1),
                ("examples", .strings(["${env:\(name.uppercased())}", "${file:/run/secrets/\(name)}"])),
            ]
        case .integer(let range):
            members += [
                ("type", ["integer", "string", "null"]), ("minimum", .integer(Int64(range.lowerBound))),
                ("maximum", .integer(Int64(range.upperBound))), ("pattern", .string(Self.wholeReferencePattern)),
                ("patternErrorMessage", "a whole number without quotes, or a reference"),
            ]
        case .boolean:
            members += [
                ("type", ["boolean", "string", "null"]), ("pattern", .string(Self.wholeReferencePattern)),
                ("patternErrorMessage", "true or false without quotes, or a reference"),
            ]
        case .choice(let choices):
            let typed = choices.compactMap(Self.plain)
            let reference: JSONNode = ["type": "string", "pattern": .string(Self.referencePattern)]
            members.append(
                ("anyOf", [["enum": .array(choices.map(JSONNode.string) + typed + [.null])], reference]))
        case .serviceURL(let shape): members += Self.optionalText(Self.pattern(of: shape))
        case .duration: members += Self.optionalText(Self.duration(mayBeZero: true))
        case .durationWithin(let range): members += Self.optionalText(Self.duration(mayBeZero: range.contains(.zero)))
        case .pattern(let pattern): members += Self.optionalText(pattern)
        @unknown default: break
        }
        return .object(members)
    }

    /// What a text has to look like where it holds no reference.
    static func members(of pattern: SettingPattern) -> [(String, JSONNode)] {
        [
            ("pattern", .string("^(?:\(pattern.expression))$|\(referencePattern)")),
            ("patternErrorMessage", .string("\(pattern.meaning), such as \(pattern.example), or a reference")),
            ("examples", .strings([pattern.example])),
        ]
    }

    private static func optionalText(_ pattern: SettingPattern) -> [(String, JSONNode)] {
        [("type", ["string", "null"])] + members(of: pattern)
    }

    private static func duration(mayBeZero: Bool) -> SettingPattern {
        SettingPattern(
            (mayBeZero ? "[0-9]+" : "0*[1-9][0-9]*") + "(ms|s|m|h|d)", "a length of time", example: "30s")
    }

    private static func pattern(of shape: ServiceURL.Shape) -> SettingPattern {
        let rest =
            switch shape {
            case .origin: "/*"
            default: "(/[^?#]*)?"
            }
        let loopback = "([lL][oO][cC][aA][lL][hH][oO][sS][tT]|127\\.[0-9.]+|\\[::1\\])(:[0-9]*)?"
        let scheme = "[hH][tT][tT][pP]"
        return SettingPattern(
            "(\(scheme)[sS]://[^/?#@]+|\(scheme)://\(loopback))\(rest)",
            "an address that starts with https:// (http:// on loopback only)", example: "https://ca.example.com")
    }

    private static func node(of value: SettingValue) -> JSONNode {
        switch value {
        case .integer(let number): .integer(Int64(number))
        case .boolean(let value): .boolean(value)
        case .string(let text): .string(text)
        case .duration(let duration): .string(duration.text)
        case .serviceURL(let url): .string(url.description)
        default: .null
        }
    }

    /// A choice as a parser gives it that takes the plain word for something else than a string.
    private static func plain(_ word: String) -> JSONNode? {
        switch YAMLCoreValue(plain: word) {
        case .boolean(let value): .boolean(value)
        case .integer(let number): number.map { .integer(Int64($0)) }
        case .float(let number): .decimal(Decimal(number))
        case .null, .string: nil
        }
    }
}
