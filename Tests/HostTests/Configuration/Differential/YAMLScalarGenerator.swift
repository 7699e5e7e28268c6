/// Writes scalars in every style.
struct YAMLScalarGenerator {
    private static let words = [
        "a", "word", "two words", "true", "False", "null", "~", "no", "yes", "0", "-1", "+12", "012", "0o17", "0o9",
        "0x1F", "1_000", "0b11", "1.5", "-.5e3", "1.", "1e3", ".inf", "-.INF", ".nan", ".NaN", ".", "-", "12:30", "1:2",
        "2026-01-02", "2026-01-02T03:04:05Z", "99999999999999999999", "1.7976931348623157e309", "5e-324", "1e-400",
        "http://a.example/b?c=d#e", "a:b", "a#b", "x'y", "x\"y", "-x", "?x", ":x", "é", "한국", "😀", "a\u{301}",
        "<<", "=", "e3", "+", "a%", "a\\b", "١",
    ]
    private static let oddWords = [
        "%a", "${env:X}", "*.kr", "@a", "`a", "[a", "b]", "{", "}", "&", "!", "|", ">", "a:", "---", "...", "- a",
        "? a",
        ": a", "a, b", "a\tb", "# a", "\"a", "'a",
    ]
    private static let lines = [
        "text", "two words", "  more indented", "# no comment", "key: value", "- item", "\ttab", "é 한 😀", "'quoted'",
        "",
        "", "trailing  ", "\\n", "---", "end.",
    ]
    private static let escapes = [
        "\\n", "\\t", "\\\"", "\\\\", "\\/", "\\x41", "\\u00e9", "\\U0001F600", "\\e", "\\0", "\\a", "\\b", "\\v",
        "\\f",
        "\\r", "\\ ", "\\N", "\\_", "\\L", "\\P", "\\xE9",
    ]

    private var random: SeededGenerator
    /// Whether the last scalar ended its line itself, as block scalars do.
    private(set) var endsLine = false

    init(seed: Int) { random = SeededGenerator(seed: seed) }

    /// A scalar of any style; further lines of it are indented at least so far.
    mutating func scalar(indent: Int) -> String {
        endsLine = false
        switch random.number(0...9) {
        case 0: return single(indent)
        case 1...2: return double(indent)
        case 3...4:
            endsLine = true
            return block(indent)
        default: return plain(indent)
        }
    }

    /// A scalar that may stand in brackets.
    mutating func flowScalar(indent: Int) -> String {
        endsLine = false
        switch random.number(0...5) {
        case 0: return single(indent)
        case 1: return double(indent)
        default: return plain(indent)
        }
    }

    /// A key that is not used before, mostly.
    mutating func key(_ index: Int) -> String {
        endsLine = false
        let name = random.pick(["k\(index)", "key \(index)", "é\(index)", "a:b\(index)", "\(index)", "-\(index)"])
        switch random.number(0...12) {
        case 0: return "'\(name)'"
        case 1: return "\"\(name)\\x21\""
        case 2: return "\"\(name)\""
        case 3: return word()
        default: return name
        }
    }

    /// A word; now and then one that may not stand there without quotes.
    private mutating func word() -> String { random.pick(random.happens(1) ? Self.oddWords : Self.words) }

    private mutating func plain(_ indent: Int) -> String {
        var text = word()
        while random.happens(20) { text += (random.happens(40) ? fold(indent) : " ") + word() }
        return text
    }

    private mutating func single(_ indent: Int) -> String {
        var text = ""
        for _ in 0..<random.number(0...3) {
            text += (random.happens(30) ? random.pick(Self.oddWords) : word()).replacing("'", with: "''")
            text += random.pick(["", " ", "  ", fold(indent)])
        }
        return "'" + text + "'"
    }

    private mutating func double(_ indent: Int) -> String {
        var text = ""
        for _ in 0..<random.number(0...4) {
            let word = (random.happens(30) ? random.pick(Self.oddWords) : word()).replacing("\\", with: "\\\\")
                .replacing("\"", with: "\\\"")
            text += random.happens(40) ? random.pick(Self.escapes) : word
            text += random.pick(["", " ", fold(indent), "\\" + fold(indent), " \\" + fold(indent)])
        }
        return "\"" + text + "\""
    }

    private mutating func block(_ indent: Int) -> String {
        let step = random.number(0...3)
        var chosen = (0..<random.number(0...5)).map { _ in random.pick(Self.lines) }
        let startsIndented = chosen.first { !$0.isEmpty }?.hasPrefix(" ") ?? false
        let depth = max(1, indent + step)
        var header = random.pick(["|", ">"])
        // An indicator counts from the indentation of what the scalar stands in.
        let digit = startsIndented || random.happens(10) ? "\(max(1, depth - indent + 1))" : ""
        let chomping = random.pick(["", "", "-", "+"])
        header += random.happens(50) ? digit + chomping : chomping + digit
        if random.happens(10) { header += " # a comment" }
        if random.happens(30) { chosen += Array(repeating: "", count: random.number(1...3)) }
        let padding = String(repeating: " ", count: depth)
        return header + "\n"
            + chosen.map { ($0.isEmpty && random.happens(70) ? "" : padding + $0) + "\n" }.joined()
    }

    /// A line break in a scalar, with the white space that folding takes away.
    private mutating func fold(_ indent: Int) -> String {
        let breaks = random.happens(25) ? "\n\n" : "\n"
        let extra = random.number(0...2)
        return (random.happens(20) ? " " : "") + breaks + String(repeating: " ", count: indent + extra)
    }
}
