/// An order or certificate whose status changed.
public struct StatusChange: Sendable {
    /// The id of the provider.
    public var provider: String
    /// The certificate authority's id of the order.
    public var orderID: String?
    /// The certificate authority's id of the certificate.
    public var certificateID: String?
    /// Where it stands now.
    public var status: CertificateStatus
    /// The certificate authority's word that ``status`` was read from.
    public var providerStatus: String?
    /// What the certificate authority sent.
    public var raw: JSONValue

    /// A change.
    public init(
        provider: String, orderID: String?, certificateID: String?, status: CertificateStatus,
        providerStatus: String?, raw: JSONValue
    ) {
        self.provider = provider
        self.orderID = orderID
        self.certificateID = certificateID
        self.status = status
        self.providerStatus = providerStatus
        self.raw = raw
    }
}

/// A product that the account can order.
public struct Product: Sendable {
    /// The id of the provider.
    public var provider: String
    /// The name that orders use.
    public var product: String
    /// The name for people.
    public var name: String?
    /// What is validated, in lower case.
    public var validation: String?
    /// Its kind, in the certificate authority's word.
    public var type: String?
    /// What the certificate authority sent.
    public var raw: JSONValue

    /// A product.
    public init(
        provider: String, product: String, name: String?, validation: String?, type: String?, raw: JSONValue
    ) {
        self.provider = provider
        self.product = product
        self.name = name
        self.validation = validation
        self.type = type
        self.raw = raw
    }
}

/// An organization that certificates can be issued to.
public struct Organization: Sendable {
    /// The id of the provider.
    public var provider: String
    /// The certificate authority's id of the organization.
    public var organizationID: String
    /// Its name.
    public var name: String?
    /// Where its validation stands, in the certificate authority's word.
    public var status: String?
    /// What the certificate authority sent.
    public var raw: JSONValue

    /// An organization.
    public init(provider: String, organizationID: String, name: String?, status: String?, raw: JSONValue) {
        self.provider = provider
        self.organizationID = organizationID
        self.name = name
        self.status = status
        self.raw = raw
    }
}

/// A request that waits, or waited, for a person's approval.
public struct Approval: Sendable {
    /// The id of the provider.
    public var provider: String
    /// The certificate authority's id of the request.
    public var requestID: String
    /// What is asked for, in the certificate authority's word.
    public var type: String?
    /// Where it stands, in the certificate authority's word.
    public var status: String?
    /// When it was made.
    public var date: CertificateDate?
    /// The order that it belongs to.
    public var orderID: String?
    /// The common name that it is about.
    public var commonName: String?
    /// What the certificate authority sent.
    public var raw: JSONValue

    /// A request for approval.
    public init(provider: String, requestID: String, raw: JSONValue) {
        self.provider = provider
        self.requestID = requestID
        self.raw = raw
    }
}

/// What proves the control of one domain of an order.
public struct DomainValidation: Sendable {
    /// The id of the provider.
    public var provider: String
    /// The certificate authority's id of the order.
    public var orderID: String?
    /// The domain.
    public var domain: String
    /// How its control is proven, in the certificate authority's word.
    public var method: String?
    /// Where it stands, in the certificate authority's word.
    public var status: String?
    /// The name of the record to publish.
    public var recordName: String?
    /// The type of the record to publish: `TXT`, `CNAME`; `HTTP` for a page of a web server, whose URL is ``recordName`` and
    /// whose content is ``recordValue``.
    public var recordType: String?
    /// The value of the record to publish.
    public var recordValue: String?
    /// Until when the value can be used.
    public var expiresAt: CertificateDate?
    /// What the certificate authority sent.
    public var raw: JSONValue

    /// The validation of a domain.
    public init(provider: String, domain: String, raw: JSONValue) {
        self.provider = provider
        self.domain = domain
        self.raw = raw
    }
}
