internal import CertProtocol

/// Reads a list to its end, page after page, as ``Page`` says that lists are read.
struct ListWalk: Sendable {
    /// The rows, each once, in the order that they came.
    private(set) var rows: [ListedRow] = []
    /// The rows that can't be read.
    private(set) var problems: [RowProblem] = []
    /// The cursors that were read, the first page's `nil` left out.
    private(set) var cursors: [Cursor] = []
    private(set) var pages = 0
    private var seen: Set<UInt64> = []
    private var seenInPart: Set<UInt64> = []
    private var last: UInt64?

    /// A test server's list has no more pages than this.
    static let mostPages = 500

    /// Reads all pages.
    ///
    /// - Parameters:
    ///   - list: the list.
    ///   - provider: whose list it is.
    ///   - pageSize: the rows wanted on a page.
    ///   - context: makes the context of each call.
    ///   - afterPage: is told each page that was read, with its number from 1.
    /// - Returns: what was read.
    /// - Throws: ``Finding`` where the list doesn't end, or breaks a rule of ``Page``.
    static func read(
        _ list: ListSource, at provider: any CertificateProvider, pageSize: Int? = nil,
        context: () -> OperationContext,
        afterPage: (Int, ListedPage) async throws -> Void = { _, _ in }
    ) async throws -> ListWalk {
        var walk = ListWalk()
        var cursor: Cursor?
        repeat {
            let page: ListedPage
            do throws(CertificateError) {
                page = try await list.read(provider, cursor, pageSize, context())
            } catch {
                throw Finding("Page \(walk.pages + 1) of \(list.capability.rawValue) failed: \(error)")
            }
            walk.pages += 1
            if let cursor { walk.cursors.append(cursor) }
            guard page.items == page.keys else {
                throw Finding("A page has \(page.items) items and \(page.keys) keys. Give it one key for each item.")
            }
            guard Set(page.rows.map(\.key)).count == page.items else {
                throw Finding(
                    "Two rows of a page have the same key, so one of them would be taken for a repeat and lost. Make the keys "
                        + "from what tells rows apart."
                )
            }
            try await afterPage(walk.pages, page)
            cursor = walk.next(after: page)
            guard walk.pages < mostPages else {
                throw Finding(
                    "The list did not end within \(mostPages) pages. Set `next` to nil where the list certainly ends, and "
                        + "let the cursors advance."
                )
            }
        } while cursor != nil
        return walk
    }

    private mutating func next(after page: ListedPage) -> Cursor? {
        guard !page.rows.isEmpty || !page.problems.isEmpty else { return startPart(page.nextPart) }
        if page.isAscending, page.overlap > 0, let last, let first = page.rows.first?.key, first > last,
            let rewind = page.rewind
        {
            return rewind
        }
        var isNew = !page.problems.isEmpty && page.rows.isEmpty
        for row in page.rows {
            if seen.insert(row.key).inserted { rows.append(row) }
            if seenInPart.insert(row.key).inserted { isNew = true }
            last = max(last ?? 0, row.key)
        }
        problems += page.problems
        guard isNew, let next = page.next else { return startPart(page.nextPart) }
        return next
    }

    private mutating func startPart(_ cursor: Cursor?) -> Cursor? {
        seenInPart = []
        last = nil
        return cursor
    }
}
