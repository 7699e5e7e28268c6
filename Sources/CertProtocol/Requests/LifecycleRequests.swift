/// Why a certificate is revoked: the reasons of RFC 5280, section 5.3.1, that public authorities offer.
@nonexhaustive
public enum RevocationReason: String, CaseIterable, Sendable, Hashable, Codable {
    /// No reason given.
    case unspecified
    /// The private key may be known to others.
    case keyCompromise
    /// The subject's name or other facts have changed.
    case affiliationChanged
    /// Another certificate has taken its place.
    case superseded
    /// It is no longer needed.
    case cessationOfOperation
    /// The right to the name has ended.
    case privilegeWithdrawn
}

/// What a revocation reaches. There is no default.
@nonexhaustive
public enum RevocationScope: Sendable, Hashable, Codable {
    /// One certificate, by the certificate authority's id.
    case certificate(String)
    /// Every certificate of the order, duplicates and reissues included.
    case wholeOrder

    /// The kinds of scope.
    @nonexhaustive
    public enum Kind: String, Sendable, Hashable, Codable {
        /// One certificate.
        case certificate
        /// Every certificate of an order.
        case wholeOrder = "whole-order"
    }

    /// The kind of this scope.
    public var kind: Kind {
        switch self {
        case .certificate: .certificate
        case .wholeOrder: .wholeOrder
        }
    }
}

/// Revokes certificates.
public struct RevokeRequest: Sendable, Hashable, Codable {
    /// The certificate authority's id of the order.
    public var orderID: String
    /// What is revoked.
    public var scope: RevocationScope
    /// Why.
    public var reason: RevocationReason
    /// What an approver should read.
    public var comments: String?
    /// The certificate's own private key, PEM, unencrypted: its holder revokes, whoever ordered. Where a provider takes it,
    /// see ``ProviderCapabilities/revokesByKey``. It is never encoded.
    public var certificateKey: Secret?
    /// The certificate, PEM, where it isn't to be had at the certificate authority by ``orderID`` and ``scope``. It is what is
    /// revoked then. Taken by providers that ``ProviderCapabilities/revokesByKey``.
    public var certificatePEM: String?

    /// A revocation.
    public init(orderID: String, scope: RevocationScope, reason: RevocationReason) {
        self.orderID = orderID
        self.scope = scope
        self.reason = reason
    }

    // Without the key.
    private enum CodingKeys: String, CodingKey {
        case orderID, scope, reason, comments, certificatePEM
    }
}

/// Cancels a pending order.
public struct CancelRequest: Sendable, Hashable, Codable {
    /// The certificate authority's id of the order.
    public var orderID: String
    /// What is noted at the order.
    public var note: String?

    /// A cancellation.
    public init(orderID: String, note: String? = nil) {
        self.orderID = orderID
        self.note = note
    }
}

/// Deletes a certificate from the account.
public struct DeleteCertificateRequest: Sendable, Hashable, Codable {
    /// The certificate authority's id of the certificate.
    public var certificateID: String
    /// Its name, where the certificate authority wants both to match.
    public var name: String?

    /// A deletion.
    public init(certificateID: String, name: String? = nil) {
        self.certificateID = certificateID
        self.name = name
    }
}

/// A form that a certificate can be downloaded in.
@nonexhaustive
public enum DownloadFormat: String, CaseIterable, Sendable, Hashable, Codable {
    /// The certificate alone, PEM.
    case pem
    /// The chain without the certificate, PEM.
    case chain
    /// The certificate and its chain, PEM, leaf first.
    case fullChain = "fullchain"
    /// PKCS #7, PEM.
    case pkcs7 = "p7b"
}

/// Downloads a certificate.
public struct DownloadRequest: Sendable, Hashable {
    /// The certificate authority's id of the order.
    public var orderID: String
    /// The certificate; `nil` for the order's current one.
    public var certificateID: String?
    /// The form.
    public var format: DownloadFormat

    /// A download.
    public init(orderID: String, certificateID: String? = nil, format: DownloadFormat) {
        self.orderID = orderID
        self.certificateID = certificateID
        self.format = format
    }
}

/// A certificate that was downloaded.
public struct CertificateDownload: Sendable, Hashable {
    /// The form.
    public var format: DownloadFormat
    /// The certificates, PEM, leaf first; empty for PKCS #7.
    public var certificatesPEM: [String]
    /// The PKCS #7 structure, PEM; `nil` for the other forms.
    public var pkcs7PEM: String?

    /// A download.
    public init(format: DownloadFormat, certificatesPEM: [String], pkcs7PEM: String? = nil) {
        self.format = format
        self.certificatesPEM = certificatesPEM
        self.pkcs7PEM = pkcs7PEM
    }
}

/// Registers a certificate that another authority issued.
public struct ImportCertificateRequest: Sendable {
    /// The name that it gets.
    public var name: String
    /// The certificate, PEM.
    public var certificatePEM: String
    /// Its private key, PEM, unencrypted.
    public var privateKey: Secret
    /// Its chain, PEM.
    public var chainPEM: String?
    /// The certificate that it takes the place of.
    public var certificateID: String?

    /// An import.
    public init(name: String, certificatePEM: String, privateKey: Secret, chainPEM: String? = nil) {
        self.name = name
        self.certificatePEM = certificatePEM
        self.privateKey = privateKey
        self.chainPEM = chainPEM
    }
}

/// Switches the automatic renewal of a certificate.
public struct SetAutoRenewalRequest: Sendable, Hashable, Codable {
    /// The certificate authority's id of the certificate.
    public var certificateID: String
    /// Whether it is renewed automatically.
    public var isOn: Bool

    /// A switch.
    public init(certificateID: String, isOn: Bool) {
        self.certificateID = certificateID
        self.isOn = isOn
    }
}

/// Shows or checks how the domains of an order are validated.
public struct DomainValidationsRequest: Sendable, Hashable {
    /// The certificate authority's id of the order.
    public var orderID: String

    /// A request.
    public init(orderID: String) { self.orderID = orderID }
}

/// Chooses how the domains of an order are validated.
public struct SetDomainValidationMethodRequest: Sendable, Hashable, Codable {
    /// The certificate authority's id of the order.
    public var orderID: String
    /// The method, in the certificate authority's word.
    public var method: String

    /// A choice.
    public init(orderID: String, method: String) {
        self.orderID = orderID
        self.method = method
    }
}

/// Reads one page of the requests that wait for approval.
public struct ListApprovalsRequest: Sendable {
    /// The page; `nil` for the first.
    public var cursor: Cursor?

    /// A request; by default for the first page.
    public init(cursor: Cursor? = nil) { self.cursor = cursor }
}

/// Approves or rejects a request.
public struct DecideApprovalRequest: Sendable, Hashable, Codable {
    /// The certificate authority's id of the request.
    public var requestID: String
    /// Whether it is approved.
    public var isApproved: Bool
    /// What the decision says.
    public var comment: String?

    /// A decision.
    public init(requestID: String, isApproved: Bool, comment: String? = nil) {
        self.requestID = requestID
        self.isApproved = isApproved
        self.comment = comment
    }
}
