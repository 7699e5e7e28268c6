/// A JSON value exactly as a certificate authority sent it.
///
/// Nothing is converted on the way: numbers keep their digits (an id of 64 bits stays exact), members keep their order,
/// and members that nobody documented stay. The value is a view into the document it was parsed from: it is cheap to
/// copy, and it keeps that whole document alive. Call ``detached()`` on a small value that outlives a large document.
///
/// The accessors named after a member (``string(_:)``, ``integer(_:)``, …) are *lenient*: certificate authorities send
/// numbers as strings, booleans as `"1"`, and `[]` where an object is documented. They answer `nil` where the value
/// can't be read as asked, and never fail.
public struct JSONValue: Sendable {
    /// What a JSON value is, by RFC 8259, section 3.
    public enum Kind: UInt8, Sendable {
        /// `null`.
        case null
        /// `true` or `false`.
        case boolean
        /// A number, kept as its digits.
        case number
        /// A string.
        case string
        /// An array.
        case array
        /// An object.
        case object
    }

    let document: JSONDocument
    let index: Int

    /// What this value is.
    public var kind: Kind { document.tape[index].kind }

    /// Whether this value is `null`.
    public var isNull: Bool { kind == .null }

    /// Reads a whole document (RFC 8259).
    ///
    /// - Parameters:
    ///   - bytes: UTF-8 text. A byte order mark is refused.
    ///   - maximumDepth: how deep arrays and objects may nest.
    /// - Throws: ``JSONSyntaxError`` with the byte offset of what can't be read.
    public init(parsing bytes: [UInt8], maximumDepth: Int = 512) throws(JSONSyntaxError) {
        document = try JSONDocument(parsing: bytes, maximumDepth: maximumDepth)
        index = 0
    }

    /// Reads a whole document from text.
    ///
    /// - Throws: ``JSONSyntaxError`` with the byte offset of what can't be read.
    public init(parsing text: String) throws(JSONSyntaxError) {
        try self.init(parsing: Array(text.utf8))
    }

    /// The value that a tree describes.
    public init(_ node: JSONNode) {
        document = JSONDocument(node)
        index = 0
    }

    init(document: JSONDocument, index: Int) {
        self.document = document
        self.index = index
    }

    /// The same value in a document of its own, so that the document it came from can be freed.
    public func detached() -> JSONValue { JSONValue(.raw(self)) }

    // MARK: - Scalars

    /// The text of a string; `nil` for every other kind.
    public var stringValue: String? {
        kind == .string ? document.string(at: index) : nil
    }

    /// The value of `true` or `false`; `nil` for every other kind.
    public var booleanValue: Bool? {
        guard kind == .boolean else { return nil }
        return document.bytes[document.tape[index].start] == UInt8(ascii: "t")
    }

    /// The digits of a number as they were sent; `nil` for every other kind.
    public var numberText: String? {
        kind == .number ? document.text(at: index) : nil
    }

    /// The elements of an array; empty for every other kind.
    public var elements: Elements { Elements(parent: self) }

    /// The members of an object in the order they were sent; empty for every other kind.
    public var members: Members { Members(parent: self) }

    /// The member of that name, `null` included; `nil` where there is none or this isn't an object. Where a name occurs
    /// twice, the first counts.
    public subscript(_ name: String) -> JSONValue? {
        document.member(name, of: index).map { JSONValue(document: document, index: $0) }
    }

    /// This value as JSON text without white space, numbers and strings spelled as they were sent.
    public var text: String {
        var output: [UInt8] = []
        write(into: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// Appends this value as JSON text without white space.
    public func write(into output: inout [UInt8]) {
        document.writeCompact(index, into: &output)
    }
}

extension JSONValue: Equatable, Hashable, CustomStringConvertible {
    /// Two values are equal when their texts without white space are.
    public static func == (left: JSONValue, right: JSONValue) -> Bool { left.text == right.text }

    /// Hashes the text without white space.
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }

    /// The value as JSON text without white space.
    public var description: String { text }
}

extension JSONValue {
    /// The elements of an array.
    public struct Elements: Sequence, Sendable {
        let parent: JSONValue

        /// Walks the array once.
        public struct Iterator: IteratorProtocol {
            let document: JSONDocument
            var index: Int
            let end: Int

            /// The next element.
            public mutating func next() -> JSONValue? {
                guard index < end else { return nil }
                defer { index = document.tape[index].next }
                return JSONValue(document: document, index: index)
            }
        }

        /// An iterator from the first element on.
        public func makeIterator() -> Iterator {
            let entry = parent.document.tape[parent.index]
            return Iterator(
                document: parent.document,
                index: parent.index + 1,
                end: entry.kind == .array ? entry.next : 0
            )
        }
    }

    /// The members of an object.
    public struct Members: Sequence, Sendable {
        let parent: JSONValue

        /// Walks the object once.
        public struct Iterator: IteratorProtocol {
            let document: JSONDocument
            var index: Int
            let end: Int

            /// The next member.
            public mutating func next() -> (name: String, value: JSONValue)? {
                guard index < end else { return nil }
                let name = document.string(at: index)
                let value = JSONValue(document: document, index: index + 1)
                index = document.tape[index + 1].next
                return (name, value)
            }
        }

        /// An iterator from the first member on.
        public func makeIterator() -> Iterator {
            let entry = parent.document.tape[parent.index]
            return Iterator(
                document: parent.document,
                index: parent.index + 1,
                end: entry.kind == .object ? entry.next : 0
            )
        }
    }
}
