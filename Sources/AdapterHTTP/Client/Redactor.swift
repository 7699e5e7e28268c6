public import CertProtocol

/// Makes text that came from outside fit to be shown: short, on one line, without credentials.
///
/// A credential is recognised as it is and in the spellings that a server may give it back in: escaped for JSON, for a URL,
/// for HTML. One of several lines, such as a private key, is recognised in every piece of it that is long enough to tell.
public struct Redactor: Sendable {
    /// Every spelling of every credential, the longest first.
    private let spellings: [Secret]
    /// The most bytes of a body that are looked at for an excerpt; what is shown lies far before its end.
    private static let longestBody = 1 << 20
    /// The characters of a line of a secret that are too many to stand there by chance.
    private static let pieceLength = 16
    /// The fewest bytes of what is taken out of a body. What is shorter can't be told from data.
    private static let shortestInBody = 8

    /// A redactor that knows these credentials.
    public init(_ secrets: [Secret]) { self.init(secrets, besides: []) }

    private init(_ secrets: [Secret], besides known: [Secret]) {
        let new = secrets.flatMap { $0.withExposedValue { Self.pieces($0).flatMap(Self.spellings) } }
        let all = Set(new).union(known.map { $0.withExposedValue(\.self) })
        spellings = all.sorted { $0.utf8.count > $1.utf8.count }.map(Secret.init)
    }

    /// A redactor that knows these secrets too.
    public func knowing(_ more: [Secret]) -> Redactor { more.isEmpty ? self : Redactor(more, besides: spellings) }

    /// The text with every credential replaced by `<redacted>`.
    public func redacted(_ text: String) -> String {
        // Byte by byte, so that a combining mark after a credential doesn't hide it.
        replaced(in: Array(text.utf8), atLeast: 1).map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// The body of an answer with every credential replaced. One that holds none, as nearly all do, is given back as it is.
    public func redacted(body: [UInt8]) -> [UInt8] { replaced(in: body, atLeast: Self.shortestInBody) ?? body }

    /// The bytes with every credential of that length replaced; `nil` where there is none.
    private func replaced(in bytes: [UInt8], atLeast shortest: Int) -> [UInt8]? {
        let spellings = spellings.map { $0.withExposedValue { Array($0.utf8) } }.filter { $0.count >= shortest }
        guard spellings.contains(where: { Self.contains($0, in: bytes) }) else { return nil }
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
        return output
    }

    /// Whether the bytes hold others. Every body is searched, so this is as plain as a search can be.
    private static func contains(_ needle: [UInt8], in bytes: [UInt8]) -> Bool {
        guard let first = needle.first, bytes.count >= needle.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            for index in 0...(bytes.count - needle.count) where bytes[index] == first {
                if bytes[index...].starts(with: needle) { return true }
            }
            return false
        }
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

    private static func spellings(_ secret: String) -> [String] {
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
        return [secret, json, json.replacing("/", with: "\\/"), html, url, lowercase]
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
