import CertProtocol

/// Where a page of the list in memory starts: after an id, or, where that is broken, at an offset.
struct ListPlace {
    let size: Int
    let after: Int
    let offset: Int
    let total: Int?

    init(_ request: ListCertificatesRequest, _ breakage: Breakage?) throws(CertificateError) {
        let parts = request.cursor?.value.split(separator: ":").map { Int($0) } ?? []
        guard request.cursor == nil || parts.count == 4, !parts.contains(nil) else {
            guard breakage == .takesAnyCursor else {
                throw CertificateError(.invalidRequest, "The cursor is not one of this list.")
            }
            self.init(size: 100, after: 0, offset: 0, total: nil)
            return
        }
        let numbers = parts.compactMap(\.self)
        guard numbers.count == 4 else {
            self.init(size: request.pageSize ?? 100, after: 0, offset: 0, total: nil)
            return
        }
        self.init(size: numbers[0], after: numbers[1], offset: numbers[2], total: numbers[3])
    }

    private init(size: Int, after: Int, offset: Int, total: Int?) {
        self.size = size
        self.after = after
        self.offset = offset
        self.total = total
    }

    /// A page is found by its offset alone where `after` is negative.
    func start(in rows: [MemoryBook.Order]) -> Int {
        after < 0 ? min(offset, rows.count) : rows.firstIndex { $0.id > after } ?? rows.count
    }

    private func cursor(_ rows: [MemoryBook.Order], end: Int, _ breakage: Breakage?) -> Cursor {
        let byOffset = breakage == .pagesByOffset || breakage == .stopsAtFirstTotal
        var end = end
        if breakage == .skipsRowBetweenPages { end = min(rows.count, end + 1) }
        let last = byOffset ? -1 : rows[max(0, min(end, rows.count) - 1)].id
        return Cursor("\(size):\(last):\(end):\(breakage == .keysByPlace ? (total ?? 0) + 1 : total ?? rows.count)")
    }

    func following(_ rows: [MemoryBook.Order], end: Int, _ breakage: Breakage?) -> Cursor {
        cursor(rows, end: breakage == .neverEnds ? 0 : end, breakage == .neverEnds ? .pagesByOffset : breakage)
    }

    func upcoming(_ rows: [MemoryBook.Order], end: Int, _ breakage: Breakage?) -> [Cursor] {
        guard breakage != .neverEnds else { return [] }
        let skipped = breakage == .leavesGapInUpcoming ? 2 * size : size
        return stride(from: end + skipped, to: rows.count, by: size).map { cursor(rows, end: $0, breakage) }
    }
}
