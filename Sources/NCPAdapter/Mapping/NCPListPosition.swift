internal import CertProtocol

/// Where a page of the v2 list stands: the list is all Advanced certificates by their orders, then certificates of every
/// kind. Advanced ones come first because only that half tells their orders.
struct NCPListPosition: Hashable {
    /// A half of the list.
    enum Part: String {
        case paid, all
    }

    var part: Part
    /// The number of the page, from 1.
    var number: Int
    /// The rows of a page; the same on every page, since positions depend on it.
    var size: Int

    /// Where the certificates of every kind start.
    static let everyKind = NCPListPosition(part: .all, page: 1, size: defaultSize).cursor

    /// The rows of a page where nobody asks for another number. The service documents no limit.
    static let defaultSize = 100
    /// No page beyond is asked for.
    private static let lastPage = 1_000_000
    /// How many pages after the following one are announced.
    private static let lookAhead = 16

    /// The position that a request asks for.
    ///
    /// - Throws: `invalid_request` for a cursor that isn't of this list.
    init(_ request: ListCertificatesRequest) throws(CertificateError) {
        guard let cursor = request.cursor else {
            self.init(part: .paid, page: 1, size: max(1, request.pageSize ?? Self.defaultSize))
            return
        }
        let fields = cursor.value.split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count == 3, let part = Part(rawValue: String(fields[0])), let page = Int(fields[1]),
            let size = Int(fields[2]), (1...Self.lastPage).contains(page), size > 0
        else { throw .foreignCursor }
        self.init(part: part, page: page, size: size)
    }

    private init(part: Part, page: Int, size: Int) {
        self.part = part
        number = page
        self.size = size
    }

    private var cursor: Cursor { Cursor("\(part.rawValue):\(number):\(size)") }

    private func advanced(by pages: Int) -> NCPListPosition {
        NCPListPosition(part: part, page: number + pages, size: size)
    }

    /// The page of orders at this position, each of their certificates a row.
    func page(_ answer: NCP.ListAnswer<NCP.PaidOrder>, _ provider: String) -> Page<Certificate> {
        page(
            answer.rows.flatMap { Certificate.rows(of: $0, provider: provider) },
            rowCount: answer.rows.count + answer.problems.count, total: answer.claimedTotal,
            problems: answer.problems + answer.rows.flatMap(\.problems)
        )
    }

    /// The page of certificates at this position.
    func page(_ answer: NCP.ListAnswer<NCP.Certificate>, _ provider: String) -> Page<Certificate> {
        page(
            answer.rows.map { Certificate($0, provider: provider) },
            rowCount: answer.rows.count + answer.problems.count, total: answer.claimedTotal,
            problems: answer.problems
        )
    }

    /// The page at this position.
    ///
    /// The service echoes no limit and doesn't say what its total counts, so only a page without any row ends a part; the
    /// total serves to announce pages that probably exist.
    ///
    /// - Parameters:
    ///   - items: its rows.
    ///   - rowCount: the rows that were sent, readable or not.
    ///   - total: the total that is claimed.
    ///   - problems: the rows that can't be read.
    /// - Returns: the page.
    private func page(_ items: [Certificate], rowCount: Int, total: Int?, problems: [RowProblem]) -> Page<Certificate> {
        var page = Page(items, identifiedBy: \.listIdentity)
        page.total = total
        page.problems = problems
        page.nextPart = part == .paid ? NCPListPosition(part: .all, page: 1, size: size).cursor : nil
        guard rowCount > 0 else { return page }
        page.next = advanced(by: 1).cursor
        if rowCount >= size, let total {
            let last = min(total / size + (total % size == 0 ? 0 : 1), number + 1 + Self.lookAhead)
            if number + 2 <= last {
                page.upcoming = (2...(last - number)).map { advanced(by: $0).cursor }
            }
        }
        return page
    }
}

extension CertificateError {
    /// A cursor that no page of the list has named.
    static var foreignCursor: CertificateError {
        CertificateError(.invalidRequest, "The cursor does not belong to this list. Start at its first page.")
    }
}
