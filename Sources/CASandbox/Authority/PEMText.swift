internal import FoundationEssentials

/// Text around DER bytes (RFC 7468).
enum PEMText {
    /// Lines of 64 characters that end with LF, the last one too.
    static func wrap(_ bytes: [UInt8], as label: String) -> String {
        let text = Data(bytes).base64EncodedString()
        var lines = ["-----BEGIN \(label)-----"]
        var rest = text[...]
        while !rest.isEmpty {
            lines.append(String(rest.prefix(64)))
            rest = rest.dropFirst(64)
        }
        lines.append("-----END \(label)-----\n")
        return lines.joined(separator: "\n")
    }

    /// The text with CRLF, as both certificate authorities send it.
    static func withCRLF(_ text: String) -> String { text.replacing("\n", with: "\r\n") }
}
