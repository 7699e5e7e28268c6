/// One parsed JSON text: its bytes, and a tape with one entry for each value and each member name, in text order.
///
/// Strings and numbers are cut out of the bytes only when somebody asks, so that a page of a thousand rows costs one
/// pass over its bytes and two allocations.
final class JSONDocument: Sendable {
    /// Offsets are kept in 32 bits, since a page's tape is what its memory goes into.
    struct Entry: Sendable {
        let kind: JSONValue.Kind
        /// Only for strings: whether the text holds a backslash.
        let hasEscapes: Bool
        private let start32: UInt32
        private var end32: UInt32
        private var next32: UInt32

        init(kind: JSONValue.Kind, hasEscapes: Bool = false, start: Int, end: Int, next: Int) {
            self.kind = kind
            self.hasEscapes = hasEscapes
            start32 = UInt32(truncatingIfNeeded: start)
            end32 = UInt32(truncatingIfNeeded: end)
            next32 = UInt32(truncatingIfNeeded: next)
        }

        /// The first byte; for a string, the one after its quotation mark.
        var start: Int { Int(start32) }
        /// The byte after the last; for a string, its closing quotation mark.
        var end: Int { Int(end32) }
        /// The tape index after this value and all that is in it.
        var next: Int { Int(next32) }

        /// Notes where a container ends.
        mutating func close(end: Int, next: Int) {
            end32 = UInt32(truncatingIfNeeded: end)
            next32 = UInt32(truncatingIfNeeded: next)
        }
    }

    /// Longer texts are refused: an offset has to fit an entry.
    static let mostBytes = Int(UInt32.max)

    let bytes: [UInt8]
    let tape: [Entry]

    init(parsing bytes: [UInt8], maximumDepth: Int) throws(JSONSyntaxError) {
        let tape: [Entry]
        do {
            tape = try bytes.withUnsafeBufferPointer { (buffer) throws in
                var parser = JSONParser(buffer, maximumDepth: maximumDepth)
                return try parser.parse()
            }
        } catch let error as JSONSyntaxError {
            throw error
        } catch {
            throw JSONSyntaxError(offset: 0, reason: "\(error)")
        }
        self.bytes = bytes
        self.tape = tape
    }

    init(_ node: JSONNode) {
        var bytes: [UInt8] = []
        node.write(into: &bytes)
        let tape = bytes.withUnsafeBufferPointer { buffer in
            var parser = JSONParser(buffer, maximumDepth: .max)
            return try? parser.parse()
        }
        self.bytes = tape == nil ? Array("null".utf8) : bytes
        self.tape = tape ?? [Entry(kind: .null, start: 0, end: 4, next: 1)]
    }

    func text(at index: Int) -> String {
        let entry = tape[index]
        return bytes.withUnsafeBufferPointer { buffer in
            String(decoding: UnsafeBufferPointer(rebasing: buffer[entry.start..<entry.end]), as: UTF8.self)
        }
    }

    func string(at index: Int) -> String {
        tape[index].hasEscapes ? unescaped(tape[index]) : text(at: index)
    }

    func member(_ name: String, of index: Int) -> Int? {
        var name = name
        return name.withUTF8 { wanted in
            bytes.withUnsafeBufferPointer { bytes in
                tape.withUnsafeBufferPointer { tape in
                    let object = tape[index]
                    guard object.kind == .object else { return nil }
                    var cursor = index + 1
                    while cursor < object.next {
                        let key = tape[cursor]
                        if key.hasEscapes {
                            if unescaped(key).utf8.elementsEqual(wanted) { return cursor + 1 }
                        } else if Self.isEqual(wanted, bytes, from: key.start, to: key.end) {
                            return cursor + 1
                        }
                        cursor = tape[cursor + 1].next
                    }
                    return nil
                }
            }
        }
    }

    /// Whether a part of some bytes is what is wanted. Most names differ in length, and most others in their last byte.
    private static func isEqual(
        _ wanted: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
    ) -> Bool {
        guard end - start == wanted.count else { return false }
        var offset = wanted.count
        while offset > 0 {
            offset -= 1
            guard bytes[start + offset] == wanted[offset] else { return false }
        }
        return true
    }

    func writeCompact(_ index: Int, into output: inout [UInt8]) {
        let entry = tape[index]
        switch entry.kind {
        case .null, .boolean, .number:
            output.append(contentsOf: bytes[entry.start..<entry.end])
        case .string:
            // From quotation mark to quotation mark.
            output.append(contentsOf: bytes[(entry.start - 1)...entry.end])
        case .array, .object:
            let isObject = entry.kind == .object
            output.append(UInt8(ascii: isObject ? "{" : "["))
            var cursor = index + 1
            while cursor < entry.next {
                if cursor > index + 1 { output.append(UInt8(ascii: ",")) }
                if isObject {
                    writeCompact(cursor, into: &output)
                    output.append(UInt8(ascii: ":"))
                    cursor += 1
                }
                writeCompact(cursor, into: &output)
                cursor = tape[cursor].next
            }
            output.append(UInt8(ascii: isObject ? "}" : "]"))
        }
    }

    private func unescaped(_ entry: Entry) -> String {
        var output: [UInt8] = []
        var cursor = entry.start
        while cursor < entry.end {
            let byte = bytes[cursor]
            cursor += 1
            guard byte == UInt8(ascii: "\\") else {
                output.append(byte)
                continue
            }
            let escape = bytes[cursor]
            cursor += 1
            switch escape {
            case UInt8(ascii: "b"): output.append(0x08)
            case UInt8(ascii: "f"): output.append(0x0C)
            case UInt8(ascii: "n"): output.append(0x0A)
            case UInt8(ascii: "r"): output.append(0x0D)
            case UInt8(ascii: "t"): output.append(0x09)
            case UInt8(ascii: "u"):
                let scalar = unicodeScalar(at: &cursor, end: entry.end)
                output.append(contentsOf: Array(String(Character(scalar)).utf8))
            default: output.append(escape)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The scalar of `\uXXXX`, or of two of them that form a surrogate pair; a lone surrogate becomes U+FFFD.
    private func unicodeScalar(at cursor: inout Int, end: Int) -> Unicode.Scalar {
        let first = hexadecimal(at: cursor)
        cursor += 4
        if (0xD800..<0xDC00).contains(first), cursor + 6 <= end, bytes[cursor] == UInt8(ascii: "\\"),
            bytes[cursor + 1] == UInt8(ascii: "u")
        {
            let second = hexadecimal(at: cursor + 2)
            if (0xDC00..<0xE000).contains(second) {
                cursor += 6
                return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)) ?? "\u{FFFD}"
            }
        }
        return Unicode.Scalar(first) ?? "\u{FFFD}"
    }

    private func hexadecimal(at start: Int) -> UInt32 {
        bytes[start..<(start + 4)].reduce(0) { $0 << 4 | UInt32(JSONParser.hexadecimalValue($1) ?? 0) }
    }
}
