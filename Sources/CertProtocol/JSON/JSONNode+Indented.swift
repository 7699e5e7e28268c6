extension JSONNode {
    /// The value as JSON text for people: a member or an element a line, what is short and flat on one.
    public var indentedText: String { indentedText(depth: 0) }

    private func indentedText(depth: Int) -> String {
        let short = text
        guard isNested || short.utf8.count > 80 else { return short }
        let margin = String(repeating: "  ", count: depth + 1)
        func block(_ lines: [String], _ open: String, _ close: String) -> String {
            guard !lines.isEmpty else { return open + close }
            let body = lines.map { margin + $0 }.joined(separator: ",\n")
            return "\(open)\n\(body)\n\(margin.dropLast(2))\(close)"
        }
        switch self {
        case .array(let elements):
            return block(elements.map { $0.indentedText(depth: depth + 1) }, "[", "]")
        case .object(let members):
            let lines = members.map { key, value in
                "\(JSONNode.string(key).text): \(value.indentedText(depth: depth + 1))"
            }
            return block(lines, "{", "}")
        default: return short
        }
    }

    /// Whether there is something in it that has something in it.
    private var isNested: Bool {
        func isContainer(_ node: JSONNode) -> Bool {
            switch node {
            case .array, .object: true
            default: false
            }
        }
        return switch self {
        case .array(let elements): elements.contains(where: isContainer)
        case .object(let members): members.contains { isContainer($0.1) }
        default: false
        }
    }
}
