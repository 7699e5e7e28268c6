public import CertProtocol

extension Page {
    /// A page of rows as they were sent. A row that can't be read becomes a problem of the page, and costs no other row.
    ///
    /// Where the list stands is not told by it: that is for ``PageWindow/complete(_:rows:echoedLimit:isSorted:)``, or for the
    /// adapter. As it is, the page is the whole of its list.
    ///
    /// - Parameters:
    ///   - rows: the rows.
    ///   - overlap: how many rows at the start the page before showed too; those of them that can't be read were problems
    ///     of that page.
    ///   - redactor: keeps credentials out of the problems: that of the answer.
    ///   - read: makes the record of a row, and the number that identifies it within the list; `nil` where the row isn't an
    ///     object or has no id.
    public init(
        reading rows: [JSONValue], overlap: Int = 0, redactor: Redactor,
        _ read: (JSONValue) -> (key: UInt64, item: Item)?
    ) {
        var items: [Item] = []
        var keys: [UInt64] = []
        var problems: [RowProblem] = []
        items.reserveCapacity(rows.count)
        keys.reserveCapacity(rows.count)
        for (position, raw) in rows.enumerated() {
            if let row = read(raw) {
                items.append(row.item)
                keys.append(row.key)
            } else if position >= overlap {
                let reason = raw.kind == .object ? "The row has no readable id." : "The row is not an object."
                problems.append(redactor.redacted(RowProblem(reason: reason, raw: raw)))
            }
        }
        self.init(items: items, keys: keys)
        self.problems = problems
    }
}
