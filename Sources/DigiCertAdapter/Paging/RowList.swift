internal import AdapterHTTP
internal import CertProtocol

/// What every list endpoint answers: rows under a name, and for some of them a `page` object.
struct RowList: Sendable {
    let answer: HTTPAnswer
    /// The rows as they were sent.
    let rows: [JSONValue]
    /// The `page` object: how many rows there are, by DigiCert's claim.
    let total: Int?
    /// The `page` object: the rows that a page may have, which can be fewer than asked for.
    let limit: Int?

    /// Reads an answer.
    ///
    /// An empty list has been seen without its rows' name. That is believed only where the answer says itself that it is a
    /// list that holds nothing from here on; anything else would pass a broken answer off as an empty account.
    ///
    /// - Parameters:
    ///   - answer: the answer.
    ///   - name: the member that holds the rows.
    ///   - mayBeBare: whether an empty object or array is documented to mean an empty list.
    /// - Throws: `malformed_response` for what is no list.
    init(_ answer: HTTPAnswer, _ name: String, mayBeBare: Bool = false) throws(CertificateError) {
        self.answer = answer
        let body = try answer.json()
        let isBare = mayBeBare && body.members.isEmpty && body.elements.isEmpty
        guard body.kind == .object || (isBare && body.kind == .array) else {
            throw answer.malformed("The answer is JSON, but not a list of \(name).")
        }
        let page = body.object("page")
        total = page?.count("total")
        limit = page?.count("limit")

        guard let member = body[name], !member.isNull else {
            let offset = page?.count("offset") ?? 0
            guard isBare || (page != nil && (total ?? 0) <= offset) else {
                throw answer.malformed("The answer has no \(name), and does not say that there are none.")
            }
            rows = []
            return
        }
        guard let rows = body.array(name) else { throw answer.malformed("The answer's \(name) are not an array.") }
        self.rows = rows
    }

    /// A page of the rows. A row that can't be read becomes a problem of the page.
    ///
    /// - Parameters:
    ///   - overlap: how many rows at the start the page before showed too; those of them that can't be read were problems
    ///     of that page.
    ///   - read: reads a row; `nil` where it isn't an object or has no id.
    ///   - key: identifies a row within the list.
    ///   - map: makes the record of it.
    /// - Returns: the page, without its place in the list.
    func page<Row, Item>(
        overlap: Int = 0, _ read: (JSONValue) -> Row?, key: (Row) -> UInt64, map: (Row, JSONValue) -> Item
    ) -> Page<Item> {
        var items: [Item] = []
        var keys: [UInt64] = []
        var problems: [RowProblem] = []
        items.reserveCapacity(rows.count)
        keys.reserveCapacity(rows.count)
        for (position, raw) in rows.enumerated() {
            if let row = read(raw) {
                items.append(map(row, raw))
                keys.append(key(row))
            } else if position >= overlap {
                let reason = raw.kind == .object ? "The row has no readable id." : "The row is not an object."
                problems.append(answer.redactor.redacted(RowProblem(reason: reason, raw: raw)))
            }
        }
        var page = Page(items: items, keys: keys)
        page.problems = problems
        page.total = total
        return page
    }
}

extension Sequence {
    fileprivate var isEmpty: Bool { first(where: { _ in true }) == nil }
}
