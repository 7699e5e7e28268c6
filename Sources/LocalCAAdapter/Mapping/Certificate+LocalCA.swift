internal import CertProtocol
internal import FoundationEssentials

// An order's record to the unified model: one certificate for each order.

extension Certificate {
    init(_ order: LocalCA.Order, at now: Date, provider: String) {
        let word = order.word(at: now)
        // A word of a later version is kept.
        let status = LocalCA.Order.Word(rawValue: word)?.status ?? .unknown(word)
        self.init(provider: provider, status: status, providerStatus: word, raw: JSONValue(order.node))
        orderID = order.orderID
        certificateID = order.serialNumber
        commonName = order.commonName
        dnsNames = order.dnsNames
        product = order.product
        serialNumber = order.serialNumber
        thumbprint = order.thumbprint
        notBefore = order.notBefore.flatMap { CertificateDate($0) }
        notAfter = order.notAfter.flatMap { CertificateDate($0) }
        createdAt = order.createdAt.flatMap { CertificateDate($0) }
        issuedAt = createdAt
        updatedAt = order.revokedAt.flatMap { CertificateDate($0) } ?? createdAt
    }
}

extension Order {
    init(_ order: LocalCA.Order, at now: Date, provider: String) {
        let certificate = Certificate(order, at: now, provider: provider)
        self.init(
            provider: provider, orderID: order.orderID, status: certificate.status,
            providerStatus: certificate.providerStatus, raw: certificate.raw)
        product = order.product
        productName = order.product.flatMap(LocalCAProduct.init(rawValue:))?.title
        createdAt = certificate.createdAt
        issuedAt = certificate.issuedAt
        validUntil = certificate.notAfter
        isRenewal = order.renewedOrderID != nil
        renewedOrderID = order.renewedOrderID
        certificates = [certificate]
    }
}

extension Product {
    init(_ product: LocalCAProduct, provider: String) {
        self.init(
            provider: provider, product: product.rawValue, name: product.title, validation: nil, type: nil,
            raw: JSONValue(["product": .string(product.rawValue), "name": .string(product.title)]))
    }
}

extension Receipt {
    /// The receipt of a certificate that was issued.
    init(issued order: LocalCA.Order, _ operation: Capability, provider: String, _ context: OperationContext) {
        self.init(provider: provider, operation: operation, state: .issued)
        journalKey = context.journalKey
        orderID = order.orderID
        certificateID = order.serialNumber
        certificatesPEM = order.chain
    }

    /// The receipt of a certificate that was revoked.
    init(revoked order: LocalCA.Order, provider: String, _ context: OperationContext) {
        self.init(provider: provider, operation: .revoke, state: .done)
        journalKey = context.journalKey
        orderID = order.orderID
        certificateID = order.serialNumber
    }
}
