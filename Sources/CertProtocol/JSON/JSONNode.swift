public import FoundationEssentials

/// A JSON value that is being built: literals, members in the order given, and values of a certificate authority
/// embedded as they were sent.
///
/// ```swift
/// let body: JSONNode = ["orderId": .string(order), "certificateNo": 0, "revokeType": "superseded"]
/// ```
public enum JSONNode: Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A whole number.
    case integer(Int64)
    /// A number, written with the digits that the value has.
    case decimal(Decimal)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONNode])
    /// An object, its members in order.
    case object([(String, JSONNode)])
    /// A value that was parsed, written as it was sent.
    case raw(JSONValue)

    /// A string, or `null`.
    public static func optional(_ text: String?) -> JSONNode { text.map(JSONNode.string) ?? .null }

    /// A whole number, or `null`.
    public static func optional(_ number: Int?) -> JSONNode { number.map { .integer(Int64($0)) } ?? .null }

    /// An object without the members that have no value.
    public static func record(_ members: [(String, JSONNode?)]) -> JSONNode {
        .object(members.compactMap { member in member.1.map { (member.0, $0) } })
    }

    /// An array of strings.
    public static func strings(_ texts: [String]) -> JSONNode { .array(texts.map(JSONNode.string)) }

    /// The value as JSON text without white space.
    public var text: String {
        var output: [UInt8] = []
        write(into: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// Appends the value as JSON text without white space.
    public func write(into output: inout [UInt8]) {
        switch self {
        case .null: output.append(contentsOf: "null".utf8)
        case .boolean(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): output.append(contentsOf: String(value).utf8)
        case .decimal(let value): output.append(contentsOf: (value.isFinite ? value.description : "null").utf8)
        case .string(let value): Self.writeString(value, into: &output)
        case .raw(let value): value.write(into: &output)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (offset, element) in elements.enumerated() {
                if offset > 0 { output.append(UInt8(ascii: ",")) }
                element.write(into: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            for (offset, member) in members.enumerated() {
                if offset > 0 { output.append(UInt8(ascii: ",")) }
                Self.writeString(member.0, into: &output)
                output.append(UInt8(ascii: ":"))
                member.1.write(into: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    private static func writeString(_ text: String, into output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        if !writePlain(text, into: &output) { writeEscaped(text, into: &output) }
        output.append(UInt8(ascii: "\""))
    }

    /// Appends text that needs no escape; `false`, and nothing appended, where some does. Nearly all of it is such text.
    private static func writePlain(_ text: String, into output: inout [UInt8]) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            let isPlain = bytes.allSatisfy { byte in
                (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
            }
            guard isPlain else { return false }
            output.append(contentsOf: bytes)
            return true
        }
    }

    private static func writeEscaped(_ text: String, into output: inout [UInt8]) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output.append(contentsOf: "\\\"".utf8)
            case "\\": output.append(contentsOf: "\\\\".utf8)
            case "\n": output.append(contentsOf: "\\n".utf8)
            case "\r": output.append(contentsOf: "\\r".utf8)
            case "\t": output.append(contentsOf: "\\t".utf8)
            // What a terminal would obey, the controls beyond ASCII too.
            case "\0"..<" ", "\u{7F}"..."\u{9F}":
                let digits = String(scalar.value, radix: 16)
                output.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
            default: output.append(contentsOf: UTF8.encode(scalar) ?? Unicode.UTF8.EncodedScalar())
            }
        }
    }
}

extension JSONNode: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    /// An array.
    public init(arrayLiteral elements: JSONNode...) { self = .array(elements) }
    /// An object, its members in the order given.
    public init(dictionaryLiteral elements: (String, JSONNode)...) { self = .object(elements) }
}
