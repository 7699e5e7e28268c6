internal import CertProtocol

// What is asked for in the words of the unified model, as the requests that DigiCert takes. Whatever one of them can't say is
// refused here, before anything is sent.

extension DigiCert.CertificateOrder {
    /// A new order, or one that renews another. The journal's key is sent as the order's alternative id.
    init(_ request: IssueRequest, renewing renewed: String? = nil, key: String?) throws(CertificateError) {
        try self.init(.order(product: request.product), request.contents)
        organizationID = try request.organizationID.map(DigiCertIdentifier.organization)
        orderValidity = try Period(request.orderValidity ?? .years(1))
        dcvMethod = request.validationMethod
        comments = request.comments
        renewalOf = try renewed.map(DigiCertIdentifier.renewedOrder)
        alternativeOrderID = key
        guard !request.product.isEmpty else {
            throw CertificateError(.invalidRequest, "An order needs a product of DigiCert, such as ssl_plus.")
        }
    }

    init(_ request: ReissueRequest) throws(CertificateError) {
        try self.init(.reissue(order: DigiCertIdentifier.order(request.orderID)), request.contents)
        dcvMethod = request.validationMethod
        comments = request.comments
    }

    init(_ request: DuplicateRequest) throws(CertificateError) {
        try self.init(.duplicate(order: DigiCertIdentifier.order(request.orderID)), request.contents)
        comments = request.comments
    }

    private init(_ kind: Kind, _ contents: CertificateContents) throws(CertificateError) {
        self.init(kind: kind, contents: contents, certificateValidity: try contents.validity.map(Period.init))
    }
}

extension DigiCert.CertificateOrder.Period {
    init(_ period: ValidityPeriod) throws(CertificateError) {
        switch period {
        case .years(let years): self = .years(years)
        case .days(let days): self = .days(days)
        case .until(let day): self = .until(day)
        @unknown default:
            throw CertificateError(.invalidRequest, "DigiCert takes a period as years, as days or as its last day.")
        }
    }
}

extension DigiCert.Revocation {
    /// The reasons that DigiCert takes for TLS certificates (“Revoke certificate”).
    static let reasons: [RevocationReason] = [
        .unspecified, .keyCompromise, .affiliationChanged, .superseded, .cessationOfOperation,
    ]

    init(_ request: RevokeRequest) throws(CertificateError) {
        order = try DigiCertIdentifier.order(request.orderID)
        guard Self.reasons.contains(request.reason) else {
            throw CertificateError(
                .invalidRequest,
                "DigiCert does not take the reason \(request.reason.rawValue). It takes "
                    + Self.reasons.map(\.rawValue).joined(separator: ", ") + "."
            )
        }
        if case .certificate(let id) = request.scope { certificate = try DigiCertIdentifier.certificate(id) }
        reason = request.reason.rawValue
        comments = request.comments
    }
}

extension DigiCert.RequestDecision {
    init(_ request: DecideApprovalRequest) throws(CertificateError) {
        self.init(
            request: try DigiCertIdentifier.request(request.requestID), isApproved: request.isApproved,
            comment: request.comment
        )
    }
}

extension ListChangesRequest {
    /// The window in seconds. Rounded up: a second more loses nothing, and 0 isn't allowed.
    ///
    /// - Throws: `invalid_request` for a window that DigiCert doesn't have.
    func digiCertSeconds() throws(CertificateError) -> Int64 {
        guard since > .zero, since <= Self.longestWindow else {
            throw CertificateError(
                .invalidRequest, "DigiCert tells changes of the last seven days at most. Ask for a shorter time."
            )
        }
        let (seconds, rest) = since.components
        return rest > 0 ? seconds + 1 : seconds
    }
}
