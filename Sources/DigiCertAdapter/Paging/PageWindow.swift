internal import AdapterHTTP
internal import CertProtocol

/// The part of a list that one request asks for, by `offset` and `limit` (“Services API”: 1000 rows at most).
///
/// An offset says nothing about rows: where rows before it vanish between two requests, as many are skipped. So each page
/// starts a few rows before the end of the one before, and whoever reads them sees by these rows that nothing is missing.
struct PageWindow: Sendable, Hashable {
    /// The most rows that a page can have.
    static let largestLimit = 1000
    /// Offsets beyond this are nonsense, and would come close to what an `Int` can add up.
    private static let largestOffset = 1 << 40
    /// How many pages after the next one are named.
    private static let lookAhead = 16

    /// The rows before it.
    let offset: Int
    /// The rows that it asks for.
    let limit: Int
    /// How many of its first rows the page before it had too.
    let overlap: Int

    init(offset: Int, limit: Int, overlap: Int) {
        self.offset = offset
        self.limit = limit
        self.overlap = overlap
    }

    /// The window of a cursor; the first one without a cursor.
    ///
    /// - Throws: `invalid_request` for a cursor that isn't of this adapter.
    init(_ cursor: Cursor?, pageSize: Int? = nil) throws(CertificateError) {
        guard let cursor else {
            let limit = min(max(pageSize ?? Self.largestLimit, 1), Self.largestLimit)
            self.init(offset: 0, limit: limit, overlap: 0)
            return
        }
        let numbers = cursor.value.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 3, let offset = numbers[0], let limit = numbers[1], let overlap = numbers[2],
            (0...Self.largestOffset).contains(offset), (1...Self.largestLimit).contains(limit),
            (0...Self.largestOffset).contains(overlap)
        else { throw CertificateError(.invalidRequest, "The cursor is not one of a DigiCert list.") }
        self.init(offset: offset, limit: limit, overlap: overlap)
    }

    /// The window as a cursor: `offset:limit:overlap`.
    var cursor: Cursor { Cursor("\(offset):\(limit):\(overlap)") }

    /// The target with the query that asks for this window.
    func applied(to target: RequestTarget, sortedBy field: String? = nil) -> RequestTarget {
        var target = target.query("limit", String(limit)).query("offset", String(offset))
        if let field { target.appendQuery("sort", field) }
        return target
    }

    /// Fills in where the list goes on after the page that this window brought.
    ///
    /// - Parameters:
    ///   - page: the page to complete.
    ///   - list: the answer that it was read from.
    ///   - isSorted: whether the rows were asked for in the order of their keys.
    func complete<Item>(_ page: inout Page<Item>, from list: RowList, isSorted: Bool) {
        // Asked for isn't done: a server that ignores the order must not make repeats of rows that are none.
        page.isAscending = isSorted && zip(page.keys, page.keys.dropFirst()).allSatisfy { $0 <= $1 }
        page.overlap = overlap
        let rows = list.rows.count
        // A server may hand out fewer rows than asked for, and says so.
        let echoed = list.limit.flatMap { $0 > 0 ? $0 : nil }
        let effective = min(limit, echoed ?? limit)
        if offset > 0 {
            let start = max(0, offset - max(1, effective / 2))
            page.rewind =
                PageWindow(offset: start, limit: effective, overlap: overlap + offset - start).cursor
        }

        let end = offset + rows
        guard rows > 0, !isCertainEnd(rows: rows, echoed: echoed, end: end, total: list.total) else { return }
        let shared = min(5, effective / 10)
        // At least one row further, however few came.
        let next = PageWindow(offset: end - min(shared, rows - 1), limit: effective, overlap: min(shared, rows - 1))
        page.next = next.cursor
        if let total = list.total {
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
