/// A certificate that a certificate authority holds, or an order that has none yet.
///
/// Every property but ``provider``, ``status`` and ``raw`` is `nil` where the certificate authority says nothing.
public struct Certificate: Sendable {
    /// The id of the provider that holds it.
    public var provider: String
    /// The certificate authority's id of the order.
    public var orderID: String?
    /// The certificate authority's id of the certificate.
    public var certificateID: String?
    /// The common name of the subject.
    public var commonName: String?
    /// The names of the subject alternative name extension as sent; the common name isn't added.
    public var dnsNames: [String]?
    /// Where it stands.
    public var status: CertificateStatus
    /// The certificate authority's word that ``status`` was read from.
    public var providerStatus: String?
    /// The certificate authority's name of the product.
    public var product: String?
    /// What was validated: `dv`, `ov`, `ev` or the certificate authority's own word, in lower case.
    public var validation: String?
    /// The serial number as sent.
    public var serialNumber: String?
    /// The SHA-1 thumbprint as sent.
    public var thumbprint: String?
    /// The first day or instant of its validity.
    public var notBefore: CertificateDate?
    /// The last day or instant of its validity.
    public var notAfter: CertificateDate?
    /// When it was asked for.
    public var createdAt: CertificateDate?
    /// When it was issued.
    public var issuedAt: CertificateDate?
    /// When it was changed last.
    public var updatedAt: CertificateDate?
    /// The distinguished name of the subject as sent.
    public var subject: String?
    /// The name of the organization.
    public var organization: String?
    /// The account that owns it: a sub-account, or a member of the cloud.
    public var accountID: String?
    /// How many certificates the order has that the list doesn't show.
    public var notListed: NotListed
    /// What the certificate authority sent.
    public var raw: JSONValue

    /// A certificate of which only the essentials are known; set the rest.
    public init(provider: String, status: CertificateStatus, providerStatus: String?, raw: JSONValue) {
        self.provider = provider
        self.status = status
        self.providerStatus = providerStatus
        self.raw = raw
        notListed = NotListed()
    }
}

/// Certificates of listed orders that the list itself doesn't show.
public struct NotListed: Sendable, Hashable {
    /// Duplicates.
    public var duplicates: Int
    /// Reissues.
    public var reissues: Int

    /// Counts; by default none.
    public init(duplicates: Int = 0, reissues: Int = 0) {
        self.duplicates = duplicates
        self.reissues = reissues
    }

    /// Whether nothing is missing.
    public var isEmpty: Bool { duplicates == 0 && reissues == 0 }
}
