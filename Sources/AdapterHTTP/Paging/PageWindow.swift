public import CertProtocol

/// The part of a list that one request asks for, where a certificate authority pages by an offset and a limit.
///
/// An offset says nothing about rows: where rows before it vanish between two requests, as many are skipped. So each page
/// starts a few rows before the end of the one before, and whoever reads them sees by these rows that nothing is missing.
///
/// ```swift
/// let window = try PageWindow(request.cursor, pageSize: request.pageSize, largestLimit: 1000, authority: "Sample CA")
/// let answer = try await client.send(HTTPCall(window.applied(to: "/certificates")), context: context)
/// let list = try answer.jsonObject()
/// var page = Page(reading: list.array("rows") ?? [], overlap: window.overlap, redactor: answer.redactor) { row in
///     row.integer("id").map { (UInt64(bitPattern: $0), record(of: row)) }
/// }
/// page.total = list.integer("total").flatMap { Int(exactly: $0) }
/// window.complete(&page, rows: list.array("rows")?.count ?? 0, echoedLimit: nil, isSorted: false)
/// ```
public struct PageWindow: Sendable, Hashable {
    /// Offsets beyond this are nonsense, and would come close to what an `Int` can add up.
    private static let largestOffset = 1 << 40
    /// How many pages after the next one are named.
    private static let lookAhead = 16

    /// The rows before it.
    public let offset: Int
    /// The rows that it asks for.
    public let limit: Int
    /// How many of its first rows the page before it had too.
    public let overlap: Int

    private init(offset: Int, limit: Int, overlap: Int) {
        self.offset = offset
        self.limit = limit
        self.overlap = overlap
    }

    /// The window of a cursor; the first one of the list without a cursor.
    ///
    /// - Parameters:
    ///   - cursor: what `Page.next`, or a page's other cursors, said.
    ///   - pageSize: the rows that a page of a new list should have; taken into the bounds of what can be asked for.
    ///   - largestLimit: the most rows that can be asked for at once.
    ///   - authority: the certificate authority's name, for people.
    /// - Throws: `invalid_request` for a cursor that no window has named.
    public init(
        _ cursor: Cursor?, pageSize: Int? = nil, largestLimit: Int, authority: String
    ) throws(CertificateError) {
        let limits = 1...max(1, largestLimit)
        guard let cursor else {
            let limit = min(max(pageSize ?? limits.upperBound, limits.lowerBound), limits.upperBound)
            self.init(offset: 0, limit: limit, overlap: 0)
            return
        }
        let offsets = 0...Self.largestOffset
        let numbers = cursor.value.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 3, let offset = numbers[0], let limit = numbers[1], let overlap = numbers[2],
            offsets.contains(offset), limits.contains(limit), offsets.contains(overlap)
        else { throw CertificateError(.invalidRequest, "The cursor is not one of a \(authority) list.") }
        self.init(offset: offset, limit: limit, overlap: overlap)
    }

    /// The window as a cursor: `offset:limit:overlap`.
    public var cursor: Cursor { Cursor("\(offset):\(limit):\(overlap)") }

    /// The target with the query that asks for this window: `limit` and `offset`.
    public func applied(to target: RequestTarget) -> RequestTarget {
        target.query("limit", String(limit)).query("offset", String(offset))
    }

    /// Fills in how the page that this window brought stands in its list: where the list goes on, and how it starts again
    /// earlier.
    ///
    /// `Page.total` has to be there already. The list is only said to end where the page is shorter than the
    /// limit that was echoed and the total is reached, or where the page has no rows.
    ///
    /// - Parameters:
    ///   - page: the page to complete.
    ///   - rows: how many rows were sent, readable or not.
    ///   - echoedLimit: the rows that a page may have, as the answer says it; `nil` where it doesn't. It can be fewer than
    ///     were asked for.
    ///   - isSorted: whether the rows were asked for in the order of their keys.
    public func complete<Item>(_ page: inout Page<Item>, rows: Int, echoedLimit: Int?, isSorted: Bool) {
        // Asked for isn't done: a server that ignores the order must not make repeats of rows that are none.
        page.isAscending = isSorted && zip(page.keys, page.keys.dropFirst()).allSatisfy { $0 <= $1 }
        page.overlap = overlap
        // A server may hand out fewer rows than asked for, and says so.
        let echoed = echoedLimit.flatMap { $0 > 0 ? $0 : nil }
        let effective = min(limit, echoed ?? limit)
        if offset > 0 {
            let start = max(0, offset - max(1, effective / 2))
            page.rewind = PageWindow(offset: start, limit: effective, overlap: overlap + offset - start).cursor
        }

        let end = offset + rows
        guard rows > 0, !isCertainEnd(rows: rows, echoed: echoed, end: end, total: page.total) else { return }
        // One row is enough to see a gap by; without any, pages of few rows would hide it.
        let shared = min(5, max(1, effective / 10), effective - 1)
        // At least one row further, however few came.
        let next = PageWindow(offset: end - min(shared, rows - 1), limit: effective, overlap: min(shared, rows - 1))
        page.next = next.cursor
        if let total = page.total {
            page.upcoming = Self.windows(after: next, sharing: shared, total: total).map(\.cursor)
        }
    }

    /// A short page alone proves nothing, and neither does the total alone: both have been seen to lie.
    private func isCertainEnd(rows: Int, echoed: Int?, end: Int, total: Int?) -> Bool {
        guard let echoed, let total else { return false }
        return rows < echoed && end >= total
    }

    private static func windows(after next: PageWindow, sharing shared: Int, total: Int) -> [PageWindow] {
        let stride = next.limit - shared
        return (1...lookAhead)
            .map { PageWindow(offset: next.offset + $0 * stride, limit: next.limit, overlap: shared) }
            .prefix { $0.offset + shared < total }
    }
}
