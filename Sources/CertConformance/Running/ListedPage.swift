internal import CertProtocol

/// A row of a list, whichever it is.
struct ListedRow: Sendable {
    let key: UInt64
    let provider: String
    /// What identifies it at the authority.
    let id: String?
    let status: CertificateStatus?
    let providerStatus: String?
    let raw: JSONValue
    /// The certificate, where the row is one.
    var certificate: Certificate?
}

/// A page of a list, whichever it is.
struct ListedPage: Sendable {
    var rows: [ListedRow]
    /// The items and the keys, whose numbers have to agree.
    var items: Int
    var keys: Int
    var isAscending: Bool
    var next: Cursor?
    var upcoming: [Cursor]
    var nextPart: Cursor?
    var overlap: Int
    var rewind: Cursor?
    var total: Int?
    var problems: [RowProblem]

    init<Item>(_ page: Page<Item>, _ row: (Item, UInt64) -> ListedRow) {
        rows = zip(page.items, page.keys).map(row)
        items = page.items.count
        keys = page.keys.count
        isAscending = page.isAscending
        next = page.next
        upcoming = page.upcoming
        nextPart = page.nextPart
        overlap = page.overlap
        rewind = page.rewind
        total = page.total
        problems = page.problems
    }
}

extension ListedRow {
    init(_ certificate: Certificate, key: UInt64) {
        self.init(
            key: key, provider: certificate.provider, id: certificate.certificateID ?? certificate.orderID,
            status: certificate.status, providerStatus: certificate.providerStatus, raw: certificate.raw,
            certificate: certificate
        )
    }

    init(_ order: Order, key: UInt64) {
        self.init(
            key: key, provider: order.provider, id: order.orderID, status: order.status,
            providerStatus: order.providerStatus, raw: order.raw
        )
    }

    init(_ change: StatusChange, key: UInt64) {
        self.init(
            key: key, provider: change.provider, id: change.certificateID ?? change.orderID, status: change.status,
            providerStatus: change.providerStatus, raw: change.raw
        )
    }

    init(_ product: Product, key: UInt64) {
        self.init(
            key: key, provider: product.provider, id: product.product, status: nil, providerStatus: nil,
            raw: product.raw
        )
    }

    init(_ organization: Organization, key: UInt64) {
        self.init(
            key: key, provider: organization.provider, id: organization.organizationID, status: nil,
            providerStatus: nil, raw: organization.raw
        )
    }

    init(_ approval: Approval, key: UInt64) {
        self.init(
            key: key, provider: approval.provider, id: approval.requestID, status: nil, providerStatus: nil,
            raw: approval.raw
        )
    }
}
