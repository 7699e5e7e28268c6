internal import CertProtocol

extension Order {
    /// An order as any of the endpoints sends it.
    ///
    /// - Parameters:
    ///   - order: the order.
    ///   - raw: its JSON.
    ///   - provider: the id of the provider.
    init(_ order: DigiCert.OrderBase, raw: JSONValue, provider: String) {
        self.init(
            provider: provider, orderID: String(order.id), status: CertificateStatus(digiCert: order.status),
            providerStatus: order.status, raw: raw
        )
        product = order.product?.nameID ?? order.productNameID
        productName = order.product?.name
        validation = order.validation
        organization = order.organization?.name
        if let account = order.subaccount {
            accountID = account.accountID.map { String($0) }
            subaccount = Subaccount(
                accountID: accountID, accountType: account.accountType, organizationName: account.organizationName
            )
        }
        price = order.orderPrice?.cost ?? order.price
        currency = order.orderPrice?.currency ?? order.currency
        createdAt = order.dateCreated ?? order.certificate?.dateCreated
        issuedAt = order.dateIssued ?? order.certificate?.dateIssued
        validUntil = order.orderValidTill
        validityYears = order.validityYears
        if let certificate = raw.object("certificate") {
            certificates = [Certificate(order, raw: certificate, provider: provider)]
        }
    }

    /// An order with all that order info adds.
    ///
    /// - Parameters:
    ///   - info: the order.
    ///   - raw: the whole body.
    ///   - provider: the id of the provider.
    init(_ info: DigiCert.OrderInfo, raw: JSONValue, provider: String) {
        self.init(info.base, raw: raw, provider: provider)
        isRenewal = info.isRenewal
        // Old answers say 0 for none.
        renewedOrderID = info.renewedOrderID.flatMap { $0 == 0 ? nil : String($0) }
        requests = info.requests.map { request in
            OrderRequest(
                id: request.id.map { String($0) }, date: request.date, type: request.type, status: request.status,
                comments: request.comments
            )
        }
    }
}
