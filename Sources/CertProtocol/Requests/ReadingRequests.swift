public import FoundationEssentials

/// Reads one page of the certificates of an account.
public struct ListCertificatesRequest: Sendable {
    /// Which rows are wanted. A provider may push any of it down to the certificate authority as long as no wanted row
    /// is lost; the host applies the filter again to what arrives.
    public var filter: CertificateFilter
    /// The rows wanted on a page; `nil` for the provider's own choice. The certificate authority may clamp it.
    public var pageSize: Int?
    /// The page; `nil` for the first.
    public var cursor: Cursor?

    /// A request; by default for the first page of everything.
    public init(filter: CertificateFilter = CertificateFilter(), pageSize: Int? = nil, cursor: Cursor? = nil) {
        self.filter = filter
        self.pageSize = pageSize
        self.cursor = cursor
    }
}

/// Which certificates are wanted. Conditions that are not set let everything through; all that are set must hold.
public struct CertificateFilter: Sendable, Hashable {
    /// Any of these; empty for every status. ``CertificateStatus/unknown(_:)`` stands for every unknown value.
    public var statuses: Set<CertificateStatus>
    /// A pattern that the common name or one of the DNS names matches: `*` stands for any run of characters, labels
    /// compare as lower-case A-labels.
    public var domain: String?
    /// Certificates that end after ``now`` and at or before this instant.
    public var expiringBy: Date?
    /// Certificates that have ended by ``now``. With ``expiringBy`` too, those of either kind.
    public var isExpired: Bool
    /// The instant that expiry is measured at.
    public var now: Date

    /// A filter; by default one that lets everything through.
    public init(
        statuses: Set<CertificateStatus> = [], domain: String? = nil, expiringBy: Date? = nil,
        isExpired: Bool = false, now: Date = Date()
    ) {
        self.statuses = statuses
        self.domain = domain
        self.expiringBy = expiringBy
        self.isExpired = isExpired
        self.now = now
    }
}

/// What an order is looked up by.
public enum OrderReference: Sendable, Hashable {
    /// The certificate authority's id of the order.
    case order(String)
    /// The serial number of its certificate, hexadecimal.
    case serial(String)
    /// The SHA-1 thumbprint of its certificate, hexadecimal.
    case thumbprint(String)

    /// The kind of lookup.
    public var lookup: OrderLookup {
        switch self {
        case .order: .order
        case .serial: .serial
        case .thumbprint: .thumbprint
        }
    }

    /// The text that is looked up.
    public var value: String {
        switch self {
        case .order(let value), .serial(let value), .thumbprint(let value): value
        }
    }
}

/// Reads one order.
public struct OrderDetailRequest: Sendable {
    /// Which order.
    public var reference: OrderReference

    /// A request.
    public init(_ reference: OrderReference) { self.reference = reference }
}

/// Reads one page of the duplicates of an order.
public struct ListDuplicatesRequest: Sendable {
    /// The certificate authority's id of the order.
    public var orderID: String
    /// The page; `nil` for the first.
    public var cursor: Cursor?

    /// A request for the first page.
    public init(orderID: String, cursor: Cursor? = nil) {
        self.orderID = orderID
        self.cursor = cursor
    }
}

/// Reads one page of the reissues of an order.
public struct ListReissuesRequest: Sendable {
    /// The certificate authority's id of the order.
    public var orderID: String
    /// The page; `nil` for the first.
    public var cursor: Cursor?

    /// A request for the first page.
    public init(orderID: String, cursor: Cursor? = nil) {
        self.orderID = orderID
        self.cursor = cursor
    }
}

/// Reads one page of the orders of sub-accounts.
public struct ListSubaccountOrdersRequest: Sendable {
    /// The page; `nil` for the first.
    public var cursor: Cursor?

    /// A request; by default for the first page.
    public init(cursor: Cursor? = nil) { self.cursor = cursor }
}

/// Reads one page of the orders whose status changed lately.
public struct ListChangesRequest: Sendable {
    /// How far back. Seven days at most, at both of the authorities that offer it.
    public var since: Duration
    /// The page; `nil` for the first.
    public var cursor: Cursor?

    /// The longest window that can be asked for.
    public static let longestWindow = Duration.seconds(604_800)

    /// A request for the first page.
    public init(since: Duration, cursor: Cursor? = nil) {
        self.since = since
        self.cursor = cursor
    }
}

/// Reads one page of the products that the account can order.
public struct ListProductsRequest: Sendable {
    /// The page; `nil` for the first.
    public var cursor: Cursor?

    /// A request; by default for the first page.
    public init(cursor: Cursor? = nil) { self.cursor = cursor }
}

/// Reads one page of the organizations of the account.
public struct ListOrganizationsRequest: Sendable {
    /// The page; `nil` for the first.
    public var cursor: Cursor?

    /// A request; by default for the first page.
    public init(cursor: Cursor? = nil) { self.cursor = cursor }
}

/// Checks that the credential works.
public struct HealthCheckRequest: Sendable {
    /// A request.
    public init() {}
}
