public import CertProtocol

/// Makes text that came from outside fit to be shown: short, on one line, without credentials.
public struct Redactor: Sendable {
    private let secrets: [Secret]

    /// A redactor that knows these credentials.
    public init(_ secrets: [Secret]) { self.secrets = secrets }

    /// The text with every credential replaced by `<redacted>`.
    public func redacted(_ text: String) -> String {
        secrets.reduce(text) { text, secret in
            secret.withExposedValue { value in
                value.isEmpty ? text : text.replacing(value, with: "<redacted>")
            }
        }
    }

    /// The start of a body: redacted, then cut, white space folded, whatever isn't printable replaced.
    public func excerpt(of body: [UInt8], limit: Int = 120) -> String {
        // Some more than shown, so that a credential on the edge is still recognised whole.
        let text = redacted(String(decoding: body.prefix(limit * 8 + 1024), as: UTF8.self))
        return singleLine(text, limit: limit)
    }

    /// A text of the certificate authority's, redacted, on one line, cut.
    public func message(_ text: String, limit: Int = 300) -> String { singleLine(redacted(text), limit: limit) }

    private func singleLine(_ text: String, limit: Int) -> String {
        var line = ""
        var count = 0
        var isAfterSpace = true
        for character in text {
            let isSpace = character.isWhitespace
            if isSpace && isAfterSpace { continue }
            if count == limit { return line + "…" }
            let isControl = character.unicodeScalars.contains { scalar in
                switch scalar.properties.generalCategory {
                case .control, .format, .surrogate, .privateUse, .unassigned: true
                default: false
                }
            }
            line.append(isSpace ? " " : isControl ? "\u{FFFD}" : character)
            isAfterSpace = isSpace
            count += 1
        }
        return line
    }
}
