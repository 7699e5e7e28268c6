internal import AdapterHTTP
internal import CertProtocol

/// A record that lists consist of.
protocol DigiCertRow: Sendable {
    /// Reads a row; `nil` where it isn't an object or has no readable id.
    init?(_ value: JSONValue)
    /// Identifies the row within its list.
    var key: UInt64 { get }
}

/// What every list endpoint answers: rows under a name, and for some of them a `page` object.
struct RowList<Row: DigiCertRow>: Sendable {
    let answer: HTTPAnswer
    /// What was asked for; `nil` for a list that has no pages.
    let window: PageWindow?
    /// Whether the rows were asked for in the order of their keys.
    let isSorted: Bool
    /// The rows as they were sent.
    let rows: [JSONValue]
    /// The `page` object: how many rows there are, by DigiCert's claim.
    let total: Int?
    /// The `page` object: the rows that a page may have, which can be fewer than asked for.
    let limit: Int?

    /// The rows that can be read.
    var readable: [Row] { rows.compactMap { Row($0) } }

    /// Reads an answer.
    ///
    /// An empty list has been seen without its rows' name. That is believed only where the answer says itself that it is a
    /// list that holds nothing from here on; anything else would pass a broken answer off as an empty account.
    ///
    /// - Parameters:
    ///   - answer: the answer.
    ///   - name: the member that holds the rows.
    ///   - window: what was asked for.
    ///   - isSorted: whether the rows were asked for in the order of their keys.
    ///   - mayBeBare: whether an empty object or array is documented to mean an empty list.
    /// - Throws: `malformed_response` for what is no list.
    init(
        _ answer: HTTPAnswer, _ name: String, at window: PageWindow? = nil, isSorted: Bool = false,
        mayBeBare: Bool = false
    ) throws(CertificateError) {
        self.answer = answer
        self.window = window
        self.isSorted = isSorted
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
}

extension Sequence {
    fileprivate var isEmpty: Bool { first(where: { _ in true }) == nil }
}
