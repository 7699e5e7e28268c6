internal import CertProtocol

/// Comma-separated values (RFC 4180), with line feeds.
enum CSV {
    /// One line of cells.
    static func line(_ cells: [String]) -> [UInt8] {
        Array((cells.map(quoted).joined(separator: ",") + "\n").utf8)
    }

    /// The cell of a JSON value: text as it is, several texts separated by spaces, anything deeper as JSON.
    static func cell(_ node: JSONNode) -> String {
        switch node {
        case .null: return ""
        case .string(let text): return text
        case .array(let elements):
            let texts = elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
            return texts.count == elements.count ? texts.joined(separator: " ") : node.text
        default: return node.text
        }
    }

    private static func quoted(_ cell: String) -> String {
        guard cell.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }
}
