public import FoundationEssentials

/// An order at a certificate authority: what was bought, by whom, and the certificates that came of it.
public struct Order: Sendable {
    /// The id of the provider that holds it.
    public var provider: String
    /// The certificate authority's id of the order.
    public var orderID: String
    /// Where it stands.
    public var status: CertificateStatus
    /// The certificate authority's word that ``status`` was read from.
    public var providerStatus: String?
    /// The certificate authority's name of the product.
    public var product: String?
    /// The product's name for people.
    public var productName: String?
    /// What is validated: `dv`, `ov`, `ev` or the certificate authority's own word, in lower case.
    public var validation: String?
    /// The name of the organization.
    public var organization: String?
    /// The account that owns it.
    public var accountID: String?
    /// The sub-account that placed it.
    public var subaccount: Subaccount?
    /// What it cost, in ``currency``.
    public var price: Decimal?
    /// The currency of ``price``, by ISO 4217.
    public var currency: String?
    /// When it was placed.
    public var createdAt: CertificateDate?
    /// When its certificate was issued.
    public var issuedAt: CertificateDate?
    /// Until when it is paid for; later than its certificate's end where certificates are shorter than orders.
    public var validUntil: CertificateDate?
    /// For how many years it is paid.
    public var validityYears: Int?
    /// Whether it renews another order.
    public var isRenewal: Bool?
    /// The order that it renews.
    public var renewedOrderID: String?
    /// The requests made within it.
    public var requests: [OrderRequest]
    /// The certificates that the certificate authority sent with it.
    public var certificates: [Certificate]
    /// Certificates of it that can't be read; ``status`` and what else is taken from a certificate may then be wrong.
    public var problems: [RowProblem]
    /// What the certificate authority sent.
    public var raw: JSONValue

    /// An order of which only the essentials are known; set the rest.
    public init(
        provider: String, orderID: String, status: CertificateStatus, providerStatus: String?, raw: JSONValue
    ) {
        self.provider = provider
        self.orderID = orderID
        self.status = status
        self.providerStatus = providerStatus
        self.raw = raw
        requests = []
        certificates = []
        problems = []
    }
}

/// The sub-account that placed an order.
public struct Subaccount: Sendable, Hashable {
    /// Its id.
    public var accountID: String?
    /// Its kind, in the certificate authority's word.
    public var accountType: String?
    /// The name of its main organization.
    public var organizationName: String?

    /// A sub-account.
    public init(accountID: String?, accountType: String?, organizationName: String?) {
        self.accountID = accountID
        self.accountType = accountType
        self.organizationName = organizationName
    }
}

/// A request made within an order: the order itself, a reissue, a duplicate, a revocation.
public struct OrderRequest: Sendable, Hashable {
    /// The certificate authority's id of the request.
    public var id: String?
    /// When it was made.
    public var date: CertificateDate?
    /// Its kind, in the certificate authority's word.
    public var type: String?
    /// Its state, in the certificate authority's word.
    public var status: String?
    /// What the requester wrote.
    public var comments: String?

    /// A request.
    public init(id: String?, date: CertificateDate?, type: String?, status: String?, comments: String?) {
        self.id = id
        self.date = date
        self.type = type
        self.status = status
        self.comments = comments
    }
}
