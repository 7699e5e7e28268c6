/// Why a text isn't JSON.
public struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The offset, in bytes, of what can't be read.
    public let offset: Int
    /// What is wrong there, as the rest of a sentence.
    public let reason: String

    /// The reason and the place.
    public var description: String { "\(reason) at byte \(offset)" }
}

/// Reads RFC 8259 and nothing more lenient, in one pass and without recursion, so that depth can't exhaust the stack.
///
/// Why not Foundation's decoder: it can't keep members that nobody declared, rounds numbers beyond a Double, and reads a
/// thousand-row page several times slower than the pace at which a list has to be read.
struct JSONParser {
    typealias Entry = JSONDocument.Entry

    private let bytes: UnsafeBufferPointer<UInt8>
    private let maximumDepth: Int
    private var position = 0
    private var tape: [Entry] = []
    private var open: [Int] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
        // Names and values of the lists that are read this way take eight bytes and more each.
        tape.reserveCapacity(bytes.count / 8 + 1)
    }

    mutating func parse() throws(JSONSyntaxError) -> [Entry] {
        guard bytes.count <= JSONDocument.mostBytes else { throw failure("the text is longer than 4 GiB") }
        skipSpace()
        guard position < bytes.count else { throw failure("the text is empty") }
        try readValue()
        while let container = open.last {
            skipSpace()
            guard position < bytes.count else { throw failure("the text ends inside \(name(of: container))") }
            let isObject = tape[container].kind == .object
            let closing = UInt8(ascii: isObject ? "}" : "]")
            let isFirst = tape.count == container + 1
            if bytes[position] == closing {
                position += 1
                tape[container].close(end: position, next: tape.count)
                open.removeLast()
                continue
            }
            if !isFirst {
                guard bytes[position] == UInt8(ascii: ",") else {
                    throw failure("a comma or the end of \(name(of: container)) is missing")
                }
                position += 1
                skipSpace()
            }
            if isObject { try readName() }
            try readValue()
        }
        skipSpace()
        guard position == bytes.count else { throw failure("there is text after the value") }
        return tape
    }

    private mutating func readName() throws(JSONSyntaxError) {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
            throw failure("a member name is missing")
        }
        try readString()
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else {
            throw failure("a colon is missing")
        }
        position += 1
        skipSpace()
    }

    private mutating func readValue() throws(JSONSyntaxError) {
        guard position < bytes.count else { throw failure("a value is missing") }
        switch bytes[position] {
        case UInt8(ascii: "{"): try openContainer(.object)
        case UInt8(ascii: "["): try openContainer(.array)
        case UInt8(ascii: "\""): try readString()
        case UInt8(ascii: "t"): try readWord("true", .boolean)
        case UInt8(ascii: "f"): try readWord("false", .boolean)
        case UInt8(ascii: "n"): try readWord("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try readNumber()
        default: throw failure("no value starts here")
        }
    }

    private mutating func openContainer(_ kind: JSONValue.Kind) throws(JSONSyntaxError) {
        guard open.count < maximumDepth else { throw failure("values nest deeper than \(maximumDepth)") }
        open.append(tape.count)
        tape.append(Entry(kind: kind, start: position, end: position, next: tape.count))
        position += 1
    }

    private mutating func readWord(_ word: StaticString, _ kind: JSONValue.Kind) throws(JSONSyntaxError) {
        let count = word.utf8CodeUnitCount
        let expected = UnsafeBufferPointer(start: word.utf8Start, count: count)
        guard position + count <= bytes.count, bytes[position..<(position + count)].elementsEqual(expected) else {
            throw failure("no value starts here")
        }
        append(kind, from: position, to: position + count)
        position += count
    }

    private mutating func readNumber() throws(JSONSyntaxError) {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        if position < bytes.count, bytes[position] == UInt8(ascii: "0") {
            position += 1
        } else {
            try readDigits()
        }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            try readDigits()
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
                position += 1
            }
            try readDigits()
        }
        append(.number, from: start, to: position)
    }

    private mutating func readDigits() throws(JSONSyntaxError) {
        let start = position
        while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
            position += 1
        }
        guard position > start else { throw failure("a digit is missing") }
    }

    private mutating func readString() throws(JSONSyntaxError) {
        let start = position + 1
        position = start
        var hasEscapes = false
        while true {
            skipPlainText()
            guard position < bytes.count else { throw failure("the text ends inside a string") }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                tape.append(
                    Entry(kind: .string, hasEscapes: hasEscapes, start: start, end: position, next: tape.count + 1)
                )
                position += 1
                return
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try skipEscape()
            case 0x00..<0x20:
                throw failure("a control character stands unescaped in a string")
            default:
                try skipMultibyteScalar()
            }
        }
    }

    /// Skips to the next byte of a string that means something: a quotation mark, a backslash, or what isn't printable ASCII.
    private mutating func skipPlainText() {
        var cursor = position
        while cursor < bytes.count {
            let byte = bytes[cursor]
            guard byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else { break }
            cursor += 1
        }
        position = cursor
    }

    private mutating func skipEscape() throws(JSONSyntaxError) {
        guard position + 1 < bytes.count else { throw failure("the text ends inside a string") }
        switch bytes[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        case UInt8(ascii: "u"):
            guard position + 6 <= bytes.count,
                bytes[(position + 2)..<(position + 6)].allSatisfy({ Self.hexadecimalValue($0) != nil })
            else { throw failure("\\u is not followed by four hexadecimal digits") }
            position += 6
        default:
            throw failure("an unknown escape stands in a string")
        }
    }

    /// Checks one scalar of two to four bytes against RFC 3629, section 4.
    private mutating func skipMultibyteScalar() throws(JSONSyntaxError) {
        let first = bytes[position]
        let second = position + 1 < bytes.count ? bytes[position + 1] : 0
        let length: Int
        switch (first, second) {
        case (0xC2...0xDF, 0x80...0xBF): length = 2
        case (0xE0, 0xA0...0xBF), (0xE1...0xEC, 0x80...0xBF), (0xED, 0x80...0x9F), (0xEE...0xEF, 0x80...0xBF):
            length = 3
        case (0xF0, 0x90...0xBF), (0xF1...0xF3, 0x80...0xBF), (0xF4, 0x80...0x8F): length = 4
        default: throw failure("the text is not UTF-8")
        }
        guard position + length <= bytes.count,
            bytes[(position + 1)..<(position + length)].allSatisfy({ (0x80...0xBF).contains($0) })
        else { throw failure("the text is not UTF-8") }
        position += length
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private mutating func append(_ kind: JSONValue.Kind, from start: Int, to end: Int) {
        tape.append(Entry(kind: kind, start: start, end: end, next: tape.count + 1))
    }

    private func name(of container: Int) -> String { tape[container].kind == .object ? "an object" : "an array" }

    private func failure(_ reason: String) -> JSONSyntaxError { JSONSyntaxError(offset: position, reason: reason) }

    static func hexadecimalValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
