/// Where a page of a list starts. Only the adapter that made it knows what it means.
public struct Cursor: Sendable, Hashable, CustomStringConvertible {
    /// The adapter's own text.
    public let value: String

    /// A cursor of that text.
    public init(_ value: String) { self.value = value }

    /// The adapter's own text.
    public var description: String { value }
}

/// A row of a page that can't be read at all: not an object, or without the id that everything hangs on.
public struct RowProblem: Sendable {
    /// What is wrong with it.
    public var reason: String
    /// The row as it was sent.
    public var raw: JSONValue

    /// A row that can't be read.
    public init(reason: String, raw: JSONValue) {
        self.reason = reason
        self.raw = raw
    }
}

/// One page of a list, and what is needed to read the others.
///
/// ## How a list ends
///
/// Whoever reads a list (the host's pager) stops at a page without rows, at a page that brings no row that this list
/// hasn't shown, and where ``next`` is `nil`. An adapter sets ``next`` to `nil` only where it is certain: the page is
/// shorter than the limit that the certificate authority echoed *and* the rows read have reached the total that it
/// claims. A short page alone, or a total alone, proves nothing.
///
/// A list that consists of several lists, read one after the other, names the start of the following one in ``nextPart``;
/// the end of one part is then not the end of the whole.
public struct Page<Item: Sendable>: Sendable {
    /// The rows, in the certificate authority's order.
    public var items: [Item]
    /// For each item a number that identifies it within the list: the same row has the same key on every page.
    public var keys: [UInt64]
    /// Whether the certificate authority sorts the list by ``keys``, ascending. A key at or below the last one is then a
    /// repeat, and no memory of the keys is needed.
    public var isAscending: Bool
    /// The following page; `nil` where the part of the list certainly ends here.
    public var next: Cursor?
    /// Pages after ``next`` that can be read independently, as far as they are known.
    public var upcoming: [Cursor]
    /// The following part of the list, where it has several.
    public var nextPart: Cursor?
    /// How many rows at the start of this page repeat the end of the one before. If none of them does, rows were removed
    /// meanwhile, and ``rewind`` is read next.
    public var overlap: Int
    /// A page that starts before this one, to close a gap.
    public var rewind: Cursor?
    /// How many rows the list has, as the certificate authority claims. A claim, not a promise.
    public var total: Int?
    /// The rows that can't be read.
    public var problems: [RowProblem]

    /// A page whose rows are identified by `keys`, one for each item.
    public init(items: [Item], keys: [UInt64], isAscending: Bool = false) {
        self.items = items
        self.keys = keys
        self.isAscending = isAscending
        upcoming = []
        overlap = 0
        problems = []
    }

    /// A page whose rows are identified by a text.
    public init(_ items: [Item], identifiedBy identity: (Item) -> String) {
        self.init(items: items, keys: items.map { StableHash.of(identity($0)) })
    }
}

/// A 64-bit hash that is the same on every page and in every process (FNV-1a).
public enum StableHash {
    /// The hash of a text's UTF-8 bytes.
    public static func of(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}
