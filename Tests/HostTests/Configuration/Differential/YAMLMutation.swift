/// Breaks a document a little.
struct YAMLMutation {
    private static let signs = Array("[]{}:,#&*!|>'\"%@`- \n\t?~\\é=<+.0".unicodeScalars)

    private var random: SeededGenerator

    init(seed: Int) { random = SeededGenerator(seed: seed) }

    mutating func mutated(_ text: String) -> String {
        var text = text
        for _ in 0..<random.number(1...3) { text = step(text) }
        return text
    }

    private mutating func step(_ text: String) -> String {
        switch random.number(0...9) {
        case 0...5: return character(text)
        case 6: return text + random.pick(["---\nb: 1\n", "...\nb\n", "--- x\n", "\n\n# end"])
        case 7: return random.pick(["%YAML 1.2\n---\n", "!!map\n", "%TAG ! x\n---\n", "\u{FEFF}", "!t "]) + text
        default: return line(text)
        }
    }

    private mutating func character(_ text: String) -> String {
        var scalars = Array(text.unicodeScalars)
        let place = random.number(0...scalars.count)
        switch random.number(0...4) {
        case 0 where place < scalars.count: scalars.remove(at: place)
        case 1 where place < scalars.count: scalars[place] = random.pick(Self.signs)
        case 2: scalars.removeSubrange(place...)
        default: scalars.insert(random.pick(Self.signs), at: place)
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private mutating func line(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let place = random.number(0...(lines.count - 1))
        switch random.number(0...5) {
        case 0: lines.remove(at: place)
        case 1: lines.insert(lines[place], at: place)
        case 2: lines[place] = " " + lines[place]
        case 3: lines[place] = lines[place].hasPrefix(" ") ? String(lines[place].dropFirst()) : "\t" + lines[place]
        case 4: lines.swapAt(place, random.number(0...(lines.count - 1)))
        default: lines[place] = "\t" + lines[place].drop { $0 == " " }
        }
        return lines.joined(separator: "\n")
    }
}
