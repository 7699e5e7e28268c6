public import FoundationEssentials

/// How long something is valid.
@nonexhaustive
public enum ValidityPeriod: Sendable, Hashable, Codable {
    /// Whole years.
    case years(Int)
    /// Whole days.
    case days(Int)
    /// Until this day.
    case until(CalendarDay)
}

/// What the certificate of an order is to contain.
public struct CertificateContents: Sendable, Hashable, Codable {
    /// The certificate signing request, PEM (RFC 7468, section 7); empty for one of
    /// ``ProviderCapabilities/productsWithoutRequest``.
    public var signingRequest: String
    /// The common name of the subject.
    public var commonName: String
    /// The further names of the subject alternative name extension.
    public var dnsNames: [String]
    /// The period that the certificate is valid for, where the certificate authority lets one choose.
    public var validity: ValidityPeriod?
    /// The name that the certificate authority keeps it under, where it names certificates; made from the journal key where
    /// there is none here.
    public var name: String?

    /// What the certificate is to contain.
    public init(signingRequest: String, commonName: String, dnsNames: [String] = [], validity: ValidityPeriod? = nil) {
        self.signingRequest = signingRequest
        self.commonName = commonName
        self.dnsNames = dnsNames
        self.validity = validity
    }
}

/// Orders a new certificate.
public struct IssueRequest: Sendable, Hashable, Codable {
    /// The certificate authority's name of the product.
    public var product: String
    /// What the certificate is to contain.
    public var contents: CertificateContents
    /// The certificate authority's id of the organization.
    public var organizationID: String?
    /// The period that is paid for.
    public var orderValidity: ValidityPeriod?
    /// How the control of the domains is to be proven, in the certificate authority's word.
    public var validationMethod: String?
    /// The kind of key, in the certificate authority's word, where it makes the key itself.
    public var keyAlgorithm: String?
    /// What an approver should read.
    public var comments: String?

    /// An order.
    public init(product: String, contents: CertificateContents) {
        self.product = product
        self.contents = contents
    }
}

/// Orders the successor of a certificate.
public struct RenewRequest: Sendable, Hashable, Codable {
    /// The certificate authority's id of the order that is renewed.
    public var orderID: String
    /// What is ordered.
    public var issue: IssueRequest

    /// A renewal.
    public init(orderID: String, issue: IssueRequest) {
        self.orderID = orderID
        self.issue = issue
    }
}

/// Has the certificate of a paid order made anew.
public struct ReissueRequest: Sendable, Hashable, Codable {
    /// The certificate authority's id of the order.
    public var orderID: String
    /// What the new certificate is to contain.
    public var contents: CertificateContents
    /// How the control of the domains is to be proven, in the certificate authority's word.
    public var validationMethod: String?
    /// What an approver should read.
    public var comments: String?

    /// A reissue.
    public init(orderID: String, contents: CertificateContents) {
        self.orderID = orderID
        self.contents = contents
    }
}

/// Has a further certificate made within a paid order.
public struct DuplicateRequest: Sendable, Hashable, Codable {
    /// The certificate authority's id of the order.
    public var orderID: String
    /// What the further certificate is to contain.
    public var contents: CertificateContents
    /// What an approver should read.
    public var comments: String?

    /// A duplicate.
    public init(orderID: String, contents: CertificateContents) {
        self.orderID = orderID
        self.contents = contents
    }
}

/// Extends the paid period of an order.
public struct ExtendRequest: Sendable, Hashable, Codable {
    /// The certificate authority's id of the order.
    public var orderID: String
    /// By how much.
    public var period: ValidityPeriod

    /// An extension.
    public init(orderID: String, period: ValidityPeriod) {
        self.orderID = orderID
        self.period = period
    }
}

/// What a journal entry knows of an order that may or may not exist.
public struct FindOrderRequest: Sendable, Hashable {
    /// The operation that was sent.
    public var operation: Capability
    /// The key of the journal entry, which was sent along where the certificate authority stores a reference.
    public var journalKey: String
    /// When it was sent.
    public var sentAt: Date
    /// The order that the operation was about, where it was about one.
    public var orderID: String?
    /// Until when that order was paid before an extension was sent.
    public var paidUntil: Date?
    /// The certificate that the operation was about, where it was about one.
    public var certificateID: String?
    /// The name that the certificate was to have, at authorities that name certificates.
    public var certificateName: String?
    /// What the certificate was to contain.
    public var contents: CertificateContents?
    /// By how much an order was to be extended.
    public var period: ValidityPeriod?
    /// Whether the automatic renewal was to be switched on or off.
    public var isAutoRenewed: Bool?
    /// How the control of the domains was to be proven from then on.
    public var validationMethod: String?
    /// The request that was to be decided.
    public var requestID: String?
    /// Whether that request was to be approved.
    public var isApproved: Bool?

    /// A lookup.
    public init(operation: Capability, journalKey: String, sentAt: Date) {
        self.operation = operation
        self.journalKey = journalKey
        self.sentAt = sentAt
    }
}

/// What a lookup of an order found.
@nonexhaustive
public enum FoundOrder: Sendable {
    /// This order came of it.
    case found(Order)
    /// No order came of it, as far as the certificate authority shows all of them.
    case notFound
    /// The certificate authority doesn't tell.
    case cannotTell
}
