/// Writes documents: block and flow collections, all styles of scalars, anchors, comments, odd indentation. What it
/// writes is mostly valid; what matters is that two implementations say the same of it.
struct YAMLGenerator {
    private static let deepest = 4

    private var random: SeededGenerator
    private var scalars: YAMLScalarGenerator
    private var anchors: [String] = []

    /// One document for each seed.
    init(seed: Int) {
        random = SeededGenerator(seed: seed)
        scalars = YAMLScalarGenerator(seed: seed &+ 1_000_003)
    }

    mutating func document() -> String {
        var text = random.happens(15) ? "# A comment first\n\n" : ""
        if random.happens(15) { text += random.happens(20) ? "--- # a comment\n" : "---\n" }
        if random.happens(4) {
            text += text.hasSuffix("---\n") ? "" : "--- "
            text += scalars.scalar(indent: 0) + "\n"
        } else if random.happens(15) {
            text += flow(depth: 1, indent: 0) + "\n"
        } else {
            text += block(indent: random.happens(5) ? 2 : 0, depth: 1)
        }
        if random.happens(5) { text += "...\n" }
        if random.happens(8) { text = text.replacing("\n", with: "\r\n") }
        if random.happens(10), text.hasSuffix("\n") { text.removeLast() }
        return text
    }

    // MARK: Block style

    private mutating func block(indent: Int, depth: Int) -> String {
        random.happens(65) ? mapping(indent: indent, depth: depth) : sequence(indent: indent, depth: depth)
    }

    /// The entries; the first one without indentation where it follows `- ` on its line.
    private mutating func mapping(indent: Int, depth: Int, isCompact: Bool = false) -> String {
        let padding = spaces(indent)
        var text = ""
        for index in 0..<random.number(1...4) {
            text += between(indent)
            text += isCompact && index == 0 ? "" : padding
            if random.happens(5) {
                text += "? " + key(index) + "\n" + padding + ":"
            } else {
                text += key(index) + (random.happens(5) ? " :" : ":")
            }
            text += value(indent: indent, depth: depth, isInMapping: true)
        }
        return text
    }

    private mutating func sequence(indent: Int, depth: Int, isCompact: Bool = false) -> String {
        let padding = spaces(indent)
        var text = ""
        for index in 0..<random.number(1...4) {
            text += between(indent) + (isCompact && index == 0 ? "" : padding) + "-"
            guard depth < Self.deepest, random.happens(25) else {
                text += value(indent: indent, depth: depth, isInMapping: false)
                continue
            }
            let gap = random.number(1...3)
            let inner = indent + 1 + gap
            text += spaces(gap)
            text +=
                random.happens(60)
                ? mapping(indent: inner, depth: depth + 1, isCompact: true)
                : sequence(indent: inner, depth: depth + 1, isCompact: true)
        }
        return text
    }

    /// What follows `:` or `-`, up to and with the line end.
    private mutating func value(indent: Int, depth: Int, isInMapping: Bool) -> String {
        if !anchors.isEmpty, random.happens(6) { return " *\(random.pick(anchors))" + lineEnd() }
        let properties = anchor()
        if depth < Self.deepest, random.happens(40) {
            let isSequence = random.happens(40)
            let least = isInMapping && isSequence ? 0 : 1
            let inner = indent + random.number(least...4)
            let head = properties.isEmpty ? "" : " " + properties
            let body =
                isSequence ? sequence(indent: inner, depth: depth + 1) : mapping(indent: inner, depth: depth + 1)
            return head + lineEnd() + body
        }
        let lead = " " + (properties.isEmpty ? "" : properties + " ")
        if random.happens(20) { return lead + flow(depth: depth, indent: indent + 1) + lineEnd() }
        if random.happens(6) { return random.happens(50) ? lineEnd() : lead + lineEnd() }
        let scalar = scalars.scalar(indent: indent + 1)
        return (random.happens(10) ? lead + "  " : lead) + scalar + (scalars.endsLine ? "" : lineEnd())
    }

    private mutating func key(_ index: Int) -> String { scalars.key(index) }

    private mutating func anchor() -> String {
        guard random.happens(8) else { return "" }
        let name =
            random.pick(["a", "b1", "long-name", "x_y"]) + (random.happens(30) ? "2" : "")
            + (random.happens(3) ? "é" : "")
        anchors.append(name)
        return "&" + name
    }

    private mutating func lineEnd() -> String {
        if random.happens(8) { return random.pick([" # a comment\n", "  #comment: with [signs]\n", " #\n"]) }
        return random.happens(5) ? "  \n" : "\n"
    }

    /// Blank lines and comments between entries.
    private mutating func between(_ indent: Int) -> String {
        if random.happens(5) { return "\n" }
        return random.happens(5) ? spaces(random.number(0...indent)) + "# between\n" : ""
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

    // MARK: Flow style

    private mutating func flow(depth: Int, indent: Int) -> String {
        let gap = random.pick(["", " ", " ", "\n" + spaces(indent), " # c\n" + spaces(indent)])
        let isMapping = random.happens(50)
        var parts: [String] = []
        for index in 0..<random.number(0...4) {
            let value =
                depth < Self.deepest && random.happens(25)
                ? flow(depth: depth + 1, indent: indent) : scalars.flowScalar(indent: indent)
            let pair =
                switch random.number(0...9) {
                case 0: "? " + scalars.key(index) + " : " + value
                case 1: "\"k\(index)\":" + value
                case 2: scalars.key(index)
                default: scalars.key(index) + ": " + value
                }
            parts.append(isMapping || random.happens(8) ? pair : value)
        }
        var text = parts.joined(separator: random.pick([",", ", ", " , ", ",\n" + spaces(indent)]))
        if !parts.isEmpty, random.happens(15) { text += "," }
        return (isMapping ? "{" : "[") + gap + text + gap + (isMapping ? "}" : "]")
    }
}
