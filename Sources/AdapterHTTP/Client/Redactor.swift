public import CertProtocol

/// Makes text that came from outside fit to be shown: short, on one line, without credentials.
///
/// A credential is recognised as it is and in the spellings that a server may give it back in: escaped for JSON, for a URL,
/// for HTML. One of several lines, such as a private key, is recognised in every piece of it that is long enough to tell.
public struct Redactor: Sendable {
    private let secrets: [Secret]
    /// The characters of a line of a secret that are too many to stand there by chance.
    private static let pieceLength = 16
    /// The most bytes of a body that are looked at; what is shown lies far before its end.
    private static let longestBody = 1 << 20

    /// A redactor that knows these credentials.
    public init(_ secrets: [Secret]) { self.secrets = secrets }

    /// A redactor that knows these secrets too.
    public func knowing(_ more: [Secret]) -> Redactor { more.isEmpty ? self : Redactor(secrets + more) }

    /// The text with every credential replaced by `<redacted>`.
    public func redacted(_ text: String) -> String {
        // Byte by byte, so that a combining mark after a credential doesn't hide it.
        let spellings = secrets.flatMap { $0.withExposedValue(Self.allSpellings) }.sorted { $0.count > $1.count }
        let bytes = Array(text.utf8)
        guard spellings.contains(where: { bytes.firstRange(of: $0) != nil }) else { return text }
        var output: [UInt8] = []
        var rest = bytes[...]
        let mark = Array("<redacted>".utf8)
        while let first = rest.first {
            if let spelling = spellings.first(where: { rest.starts(with: $0) }) {
                if !output.suffix(mark.count).elementsEqual(mark) { output += mark }
                rest = rest.dropFirst(spelling.count)
            } else {
                output.append(first)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The problem, with every credential in its row replaced.
    public func redacted(_ problem: RowProblem) -> RowProblem {
        let text = problem.raw.text
        let redacted = redacted(text)
        return redacted == text ? problem : RowProblem(reason: problem.reason, raw: JSONValue(.string(redacted)))
    }

    /// The problems, with every credential in their rows replaced.
    public func redacted(_ problems: [RowProblem]) -> [RowProblem] { problems.map { redacted($0) } }

    /// The start of a body: redacted, then cut, white space folded, whatever isn't printable replaced.
    public func excerpt(of body: [UInt8], limit: Int = 120) -> String {
        let text = redacted(String(decoding: body.prefix(Self.longestBody), as: UTF8.self))
        return singleLine(text, limit: limit)
    }

    /// A text of the certificate authority's, redacted, on one line, cut.
    public func message(_ text: String, limit: Int = 300) -> String { singleLine(redacted(text), limit: limit) }

    /// A secret as it is; one of several lines in pieces, the boundaries of PEM left out.
    private static func pieces(_ secret: String) -> [String] {
        let lines = secret.split(whereSeparator: \.isNewline)
        guard lines.count > 1 else { return [secret] }
        return lines.filter { !$0.hasPrefix("-----") && $0.count >= pieceLength }.flatMap { line in
            stride(from: 0, through: line.count - pieceLength, by: pieceLength)
                .map { String(line.dropFirst($0).prefix(pieceLength)) }
                + [String(line), String(line.suffix(pieceLength))]
        }
    }

    private static func allSpellings(_ secret: String) -> [[UInt8]] { pieces(secret).flatMap(spellings) }

    private static func spellings(_ secret: String) -> [[UInt8]] {
        guard !secret.isEmpty else { return [] }
        let json = String(JSONNode.string(secret).text.dropFirst().dropLast())
        let html = secret.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
        let url = RequestTarget.encoded(secret)
        // The escapes of a URL may be in lower case.
        var lowercase = url
        for escape in Set(url.matches(of: /%[0-9A-F]{2}/).map { String($0.output) }) {
            lowercase = lowercase.replacing(escape, with: escape.lowercased())
        }
        let all = [secret, json, json.replacing("/", with: "\\/"), html, url, lowercase]
        return Set(all).map { Array($0.utf8) }
    }

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
