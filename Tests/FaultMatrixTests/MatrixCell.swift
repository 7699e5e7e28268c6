/// One certificate authority and one operation that it offers.
struct MatrixCell: Sendable, Hashable, CustomStringConvertible {
    enum Authority: String, Sendable, CaseIterable {
        case digiCert = "digicert"
        case ncp
    }

    enum Operation: String, Sendable, CaseIterable {
        case list, order, duplicates
        case subaccountOrders = "sub-account orders"
        case changes
    }

    let authority: Authority
    let operation: Operation
    /// How many requests may be under way at a time.
    var concurrency = 1

    /// Every operation of the matrix that exists; those that take several pages also with pages read ahead.
    static let all = sequential + readAhead

    private static let sequential = Authority.allCases.flatMap { authority in
        Operation.allCases.filter { offered(by: authority).contains($0) }.map {
            MatrixCell(authority: authority, operation: $0)
        }
    }

    private static let readAhead = sequential.filter(\.isPaged).map {
        MatrixCell(authority: $0.authority, operation: $0.operation, concurrency: 4)
    }

    private static func offered(by authority: Authority) -> [Operation] {
        authority == .digiCert ? Operation.allCases : [.list, .order, .changes]
    }

    var description: String {
        "\(authority.rawValue) \(operation.rawValue)" + (concurrency == 1 ? "" : ", \(concurrency) at a time")
    }

    /// Whether it takes several requests.
    var isPaged: Bool { cleanRequests > 1 }

    /// The pages that may have been asked for beyond the place where a list ends: none where each is asked for in its turn.
    /// Otherwise what is held of pages that the total promised, and of those that follow the last row.
    var mostAhead: Int { concurrency == 1 ? 0 : 2 * (2 * concurrency - 1) }

    /// The generated orders of the sandbox, and the rows that a page has at most.
    static let orders = 50
    static let pageSize = 20

    /// The requests that it takes where nothing is wrong.
    var cleanRequests: Int {
        switch (authority, operation) {
        // 52 orders, and 53 of sub-accounts: pages share two rows each, and the last one is known to be the last.
        case (.digiCert, .list), (.digiCert, .subaccountOrders): 3
        // 51 orders, then 74 certificates, each half read to its empty page: 3 + 1 + 4 + 1.
        case (.ncp, .list): 9
        default: 1
        }
    }

    /// The rows that there are.
    var cleanRows: Int {
        switch (authority, operation) {
        case (.digiCert, .list): 52
        case (.digiCert, .duplicates): 3
        case (.digiCert, .subaccountOrders): 53
        // All but the sample order that waits for approval.
        case (.digiCert, .changes): 51
        // Every third generated order has two certificates; one certificate in ten belongs to none; and two samples.
        case (.ncp, .list): 74
        // All but the sample that belongs to no order.
        case (.ncp, .changes): 73
        case (_, .order), (.ncp, .duplicates), (.ncp, .subaccountOrders): 1
        }
    }

    /// The rows, by their places in the whole list, that the sandbox takes away where the first three of each of its lists
    /// vanish.
    var movedRows: Set<Int> {
        // NAVER Cloud's first three orders have four certificates; of the second half's first three rows only the second
        // isn't among them.
        authority == .ncp ? [0, 1, 2, 3, 68] : [0, 1, 2]
    }
}
