/// The part of a list that one answer holds, under the conditions of the moment: rows may be missing at the list's start, pages
/// may be smaller than asked for, and the position may be ignored.
struct ListPart: Sendable {
    /// How many rows the list has.
    let total: Int
    /// The rows that a part may have.
    let limit: Int
    /// The rows before this part, which may be more than there are.
    let offset: Int
    private let missing: Int

    /// The part that a request asks for.
    ///
    /// - Parameters:
    ///   - everything: the rows that there would be without any condition.
    ///   - asked: the rows that are asked for; `nil` for as many as there may be.
    ///   - largest: the most that a part may have; `nil` for all of them.
    ///   - offset: the rows before the part that is asked for, by the rows that a part may have.
    init(
        of everything: Int, limit asked: Int?, largest: Int? = nil, offset: (_ limit: Int) throws -> Int
    ) rethrows {
        let conditions = SandboxConditions.current
        missing = min(conditions.missingRows, everything)
        total = everything - missing
        let most = conditions.largestPage ?? largest
        limit = min(asked ?? most ?? total, most ?? .max)
        self.offset = conditions.ignoresPosition ? 0 : try offset(limit)
    }

    private var start: Int { min(offset, total) }

    /// How many rows the part has.
    var count: Int { min(limit, total - start) }

    /// Where a row of the part stands among all that there would be.
    func position(_ row: Int, isDescending: Bool = false) -> Int {
        missing + (isDescending ? total - 1 - start - row : start + row)
    }
}
