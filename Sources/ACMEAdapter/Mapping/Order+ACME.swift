internal import CertProtocol

extension CertProtocol.Order {
    /// An order. That its certificate was revoked, no ACME server tells.
    ///
    /// - Throws: `malformed_response` where the certificate is elsewhere.
    init(
        _ wire: ACME.Order, at location: ACMELocation, origin: ServiceURL, provider: String
    ) throws(CertificateError) {
        self.init(
            provider: provider, orderID: location.id, status: CertificateStatus(acme: wire.status),
            providerStatus: wire.status, raw: wire.raw
        )
        product = ACMEProduct.name
        validation = ACMEProduct.name
        guard let url = wire.certificate else { return }
        let certificate = try ACMELocation(url, at: origin)
        var only = Certificate(
            provider: provider, status: status, providerStatus: wire.status, raw: wire.raw)
        only.orderID = location.id
        only.certificateID = certificate.id
        only.dnsNames = wire.identifiers.map(\.value)
        only.product = product
        only.validation = validation
        only.notBefore = wire.notBefore.flatMap { CertificateDate($0) }
        only.notAfter = wire.notAfter.flatMap { CertificateDate($0) }
        certificates = [only]
    }
}

extension OrderRequest {
    /// An authorization, as a request within its order: its name, its state and what the server found.
    init(_ authorization: ACME.Authorization, provider: String) {
        let words = authorization.challenges.compactMap(\.error).first?.words
        self.init(
            id: authorization.name, date: nil, type: "authorization", status: authorization.status, comments: words)
    }
}

extension Receipt {
    /// The receipt of an order that is there, and has no certificate yet.
    init(pendingOrder orderID: String, provider: String, _ context: OperationContext) {
        self.init(provider: provider, operation: .issue, state: .pending)
        self.orderID = orderID
        journalKey = context.journalKey
        awaiting = [.domainValidation]
    }

    /// The receipt of a revocation.
    init(_ request: RevokeRequest, provider: String, _ context: OperationContext) {
        self.init(provider: provider, operation: .revoke, state: .done)
        journalKey = context.journalKey
        orderID = request.orderID
        if case .certificate(let id) = request.scope { certificateID = id }
    }
}

extension CertificateStatus {
    /// The state of an order (RFC 8555, section 7.1.6).
    init(acme status: String) {
        self =
            switch status {
            case "pending", "ready", "processing": .pending
            case "valid": .issued
            case "invalid": .failed
            default: .unknown(status)
            }
    }
}

/// What there is to order.
enum ACMEProduct {
    /// The one product: a certificate whose names are proven, and nothing else.
    static let name = "dv"

    /// The list of it: one page, which nobody is asked for.
    ///
    /// - Throws: `invalid_request` for a further page.
    static func page(_ request: ListProductsRequest, of provider: String) throws(CertificateError) -> Page<Product> {
        guard request.cursor == nil else { throw .unsent("the list of products has one page.") }
        let product = Product(
            provider: provider, product: name, name: "Certificate for proven domains", validation: name, type: nil,
            raw: JSONValue(["product": .string(name)])
        )
        return Page([product], identifiedBy: \.product)
    }
}
