internal import CertProtocol

/// The keys of the format and the settings of adapters as tables in Markdown, for the documentation.
enum ConfigurationTables {
    /// The settings of all adapters of a registry.
    static func settings(of registry: AdapterRegistry) -> String {
        let rows = registry.factories.flatMap { factory in
            factory.settings.settings.map { setting in
                [
                    "`\(setting.name)`", factory.name,
                    words(kind: setting.kind, isRequired: setting.isRequired, defaultText: setting.defaultText),
                    setting.documentation,
                ]
            }
        }
        return table(["setting", "adapter", "value", "meaning"], rows)
    }

    /// Every key of the format, with the path to it.
    static var keys: String { table(["key", "value", "meaning"], rows(of: ConfigurationFormat.file, below: "")) }

    private static func rows(of keys: [FormatKey], below path: String) -> [[String]] {
        keys.flatMap { key in
            let row = ["`\(path)\(key.name)`", words(of: key), key.documentation]
            // What an environment holds is what the file holds.
            if key.name == "environments" { return [row] }
            let steps =
                switch key.content {
                case .named: "\(path)\(key.name).ID."
                case .list: "\(path)\(key.name)[]."
                default: "\(path)\(key.name)."
                }
            return [row] + rows(of: key.keys, below: steps)
        }
    }

    private static func words(of key: FormatKey) -> String {
        let isRequired = key.presence != .optional
        return switch key.content {
        case .constant(let number): "`\(number)`, required"
        case .scalar(let kind): words(kind: kind, isRequired: isRequired, defaultText: key.defaultText)
        case .adapter: "the name of an adapter, required"
        case .text(let pattern): (pattern?.meaning ?? "text") + (isRequired ? ", required" : "")
        case .settings: "the settings of the adapter"
        case .section, .named: "keys below it"
        case .shorthand: "text, or keys below it"
        case .list(.text(let pattern), _): "a list of texts" + (pattern.map { ", such as `\($0.example)`" } ?? "")
        case .list: "a list" + (isRequired ? ", required" : "")
        }
    }

    private static func words(kind: Setting.Kind, isRequired: Bool, defaultText: String?) -> String {
        let value =
            switch kind {
            case .string: "text"
            case .path: "a path"
            case .secret: "a reference to a credential"
            case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
            case .boolean: "`true` or `false`"
            case .choice(let choices): choices.map { "`\($0)`" }.joined(separator: ", ")
            case .serviceURL(.origin): "a URL without a path"
            case .serviceURL: "a URL"
            case .duration: "a length of time"
            case .durationWithin(let range) where range.upperBound >= .longest: "a length of time"
            case .durationWithin(let range): "\(range.lowerBound.text) to \(range.upperBound.text)"
            case .pattern(let pattern): "\(pattern.meaning), such as `\(pattern.example)`"
            }
        return value + (isRequired ? ", required" : "") + (defaultText.map { "; by default `\($0)`" } ?? "")
    }

    private static func table(_ head: [String], _ rows: [[String]]) -> String {
        func line(_ cells: [String]) -> String {
            "| \(cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |"
        }
        let rule = "|" + String(repeating: "---|", count: head.count)
        return ([line(head), rule] + rows.map(line)).joined(separator: "\n") + "\n"
    }
}
