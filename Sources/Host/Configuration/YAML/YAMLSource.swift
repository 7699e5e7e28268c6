internal import FoundationEssentials

/// The text of a file as libyaml may read it: valid UTF-8 without forbidden characters, and with lines mended where one
/// mistake would otherwise hide all others.
///
/// Whatever is mended is reported; the configuration is refused all the same.
struct YAMLSource {
    /// The file, as it was named.
    let file: String
    /// The lines, mended.
    private(set) var lines: [String]
    /// The indentation that mended lines were given and had, by their index.
    private var mended: [Int: (given: Int, had: Int)] = [:]
    /// What the indentation of mended lines was, and how wide it was taken to be.
    private var tabbed: [(text: String, given: Int)] = []

    /// Lines before they were mended, by their index.
    private var originals: [Int: String] = [:]

    /// Reads a file's bytes and reports what isn't text.
    init(_ data: Data, file: String, findings: FindingCollector) {
        self.file = file
        var bytes = data[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            bytes = bytes.dropFirst(3)
            findings.add(.byteOrderMark, at: SourceMark(file: file, line: 1, column: 1))
        }
        lines = []
        mended = [:]
        originals = [:]
        for line in Self.split(bytes) {
            lines.append(Self.readable(line, number: lines.count + 1, file: file, findings: findings))
        }
    }

    /// Whether the bytes begin as UTF-16 or UTF-32 does.
    static func isWide(_ data: Data) -> Bool {
        data.starts(with: [0xFE, 0xFF]) || data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0, 0, 0xFE, 0xFF])
    }

    /// A line as it stands in the file, before it was mended.
    func original(ofLine index: Int) -> String { originals[index] ?? lines[index] }

    /// The text for the parser.
    var text: String { lines.joined(separator: "\n") }

    /// The place in the file that the parser means.
    func mark(_ position: YAMLEvent.Position) -> SourceMark {
        // The end of a file without a line end at its end is, to libyaml, a line of its own.
        guard position.line < lines.count else {
            return SourceMark(file: file, line: lines.count, column: (lines.last?.unicodeScalars.count ?? 0) + 1)
        }
        var column = position.column
        if let line = mended[position.line], column >= line.given { column += line.had - line.given }
        return SourceMark(file: file, line: position.line + 1, column: column + 1)
    }

    /// The place of the byte that libyaml's reader stopped at.
    func mark(offset: Int) -> SourceMark {
        let before = String(decoding: Array(text.utf8.prefix(offset)), as: UTF8.self)
        let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
        return SourceMark(file: file, line: max(1, lines.count), column: (lines.last?.unicodeScalars.count ?? 0) + 1)
    }

    /// Puts spaces in place of tabs that only a comment, or nothing, follows, in the line and those below it that hold
    /// nothing else: YAML 1.2 allows them there and libyaml doesn't. Whether there were any.
    mutating func mendTabsBeforeComment(ofLine index: Int, from column: Int) -> Bool {
        guard replaceTabsBeforeComment(ofLine: index, from: column) else { return false }
        var next = index + 1
        while lines.indices.contains(next), !Self.isContent(lines[next]) {
            _ = replaceTabsBeforeComment(ofLine: next, from: 0)
            next += 1
        }
        return true
    }

    private mutating func replaceTabsBeforeComment(ofLine index: Int, from column: Int) -> Bool {
        let scalars = lines[index].unicodeScalars
        let head = scalars.prefix(column)
        let rest = scalars.dropFirst(column)
        let gap = rest.prefix { $0 == " " || $0 == "\t" }
        let follower = rest.dropFirst(gap.count).first
        guard gap.contains("\t"), follower == nil || follower == "#" else { return false }
        replace(
            line: index,
            with: String(head) + String(repeating: " ", count: gap.count) + String(rest.dropFirst(gap.count)))
        return true
    }

    /// Puts a space in place of a tab; whether there was one.
    mutating func mendTab(ofLine index: Int, at column: Int) -> Bool {
        let scalars = lines[index].unicodeScalars
        guard scalars.dropFirst(column).first == "\t" else { return false }
        replace(line: index, with: String(scalars.prefix(column)) + " " + String(scalars.dropFirst(column + 1)))
        return true
    }

    private mutating func replace(line index: Int, with text: String) {
        originals[index] = original(ofLine: index)
        lines[index] = text
    }

    /// The column, from 1, of the first tab in the white space that a line begins with.
    func tabInIndentation(ofLine index: Int) -> Int? {
        guard lines.indices.contains(index), mended[index] == nil else { return nil }
        let indentation = lines[index].prefix { $0 == " " || $0 == "\t" }
        return indentation.firstIndex(of: "\t").map { indentation.distance(from: indentation.startIndex, to: $0) + 1 }
    }

    /// Gives a line the indentation that its neighbours suggest, in place of one with tabs.
    ///
    /// It can be one that a line before it has, or a step more where the line before opens a block. Among tabbed lines
    /// the number of tabs decides; a single one goes with the line before, or fits the line that it opens a block for.
    mutating func mendIndentation(ofLine index: Int) {
        let line = lines[index]
        let content = line.drop { $0 == " " || $0 == "\t" }
        let old = line.prefix { $0 == " " || $0 == "\t" }
        let step = Self.step(of: lines)
        let above = lines[..<index].lastIndex(where: Self.isContent)
        let below = lines[(index + 1)...].first(where: Self.isContent)
        let isBelowTabbed = below.map { $0.drop { $0 == " " }.hasPrefix("\t") } ?? false
        let depthBelow = isBelowTabbed ? 0 : below.map(Self.indentation) ?? 0
        var candidates = possibleIndentations(above: index)
        if let above, Self.opensBlock(lines[above]) {
            let depth = Self.indentation(lines[above])
            candidates.insert(depthBelow > depth && !Self.opensBlock(line) ? depthBelow : depth + step, at: 0)
        }
        let isBelowMended = above.map { mended[$0] != nil } ?? false
        let new: Int?
        if isBelowMended, let same = tabbed.last(where: { $0.text == old }) {
            new = same.given
        } else if let above, Self.opensBlock(lines[above]), isBelowTabbed || isBelowMended {
            // Below a key without a value, a line that is indented at all is meant to be its value.
            new = candidates.first { $0 > Self.indentation(lines[above]) }
        } else if isBelowTabbed || isBelowMended {
            let width = old.reduce(0) { $1 == "\t" ? ($0 / step + 1) * step : $0 + 1 }
            new = candidates.min { abs($0 - width) < abs($1 - width) }
        } else if Self.opensBlock(line), depthBelow > 0 {
            new = candidates.first { $0 < depthBelow }
        } else {
            new = candidates.first
        }
        replace(line: index, with: String(repeating: " ", count: new ?? 0) + content)
        mended[index] = (given: new ?? 0, had: old.count)
        tabbed.append((String(old), new ?? 0))
    }

    /// The indentations of the lines that a line can stand beside, the deepest first.
    private func possibleIndentations(above index: Int) -> [Int] {
        var indentations: [Int] = []
        for line in lines[..<index].reversed() where Self.isContent(line) {
            let indentation = Self.indentation(line)
            if indentation < indentations.last ?? .max { indentations.append(indentation) }
            if indentation == 0 { break }
        }
        return indentations
    }

    private static func isContent(_ line: String) -> Bool {
        let text = line.drop { $0 == " " || $0 == "\t" }
        return !text.isEmpty && !text.hasPrefix("#")
    }

    private static func indentation(_ line: String) -> Int { line.prefix { $0 == " " }.count }

    /// Takes a line out, so that what follows can be read.
    mutating func blank(line index: Int) {
        replace(line: index, with: "")
    }

    private static func opensBlock(_ line: String) -> Bool {
        let code = line.split(separator: " #", maxSplits: 1).first ?? line[...]
        return code.reversed().first { $0 != " " } == ":"
    }

    private static func step(of lines: [String]) -> Int {
        for line in lines where line.hasPrefix(" ") {
            let width = line.prefix { $0 == " " }.count
            if width < line.count, width <= 8 { return width }
        }
        return 2
    }

    /// Lines end with a line feed, a carriage return or both.
    private static func split(_ bytes: Data) -> [ArraySlice<UInt8>] {
        let all = Array(bytes)
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        var index = 0
        while index < all.count {
            let byte = all[index]
            if byte == 0x0A || byte == 0x0D {
                lines.append(all[start..<index])
                if byte == 0x0D, index + 1 < all.count, all[index + 1] == 0x0A { index += 1 }
                start = index + 1
            }
            index += 1
        }
        lines.append(all[start...])
        return lines
    }

    /// The line as text, each byte or character that may not stand in it reported (once a line) and replaced.
    private static func readable(
        _ bytes: ArraySlice<UInt8>, number: Int, file: String, findings: FindingCollector
    ) -> String {
        if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x09 }) { return String(decoding: bytes, as: UTF8.self) }
        var text = String.UnicodeScalarView()
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var hasInvalidByte = false
        var hasForbidden = false
        decoding: while true {
            let mark = SourceMark(file: file, line: number, column: text.count + 1)
            switch decoder.decode(&iterator) {
            case .emptyInput: break decoding
            case .error:
                if !hasInvalidByte { findings.add(.invalidUTF8, at: mark) }
                hasInvalidByte = true
                text.append("\u{FFFD}")
            case .scalarValue(let scalar) where isForbidden(scalar):
                if !hasForbidden { findings.add(.forbiddenCharacter(scalar), at: mark) }
                hasForbidden = true
                text.append("\u{FFFD}")
            case .scalarValue(let scalar): text.append(scalar)
            }
        }
        return String(text)
    }

    /// What YAML 1.2.2, section 5.1, doesn't let a file hold, and the three line separators of Unicode, which libyaml
    /// takes for line ends as YAML 1.1 did and YAML 1.2 doesn't.
    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...: false
        default: true
        }
    }
}
