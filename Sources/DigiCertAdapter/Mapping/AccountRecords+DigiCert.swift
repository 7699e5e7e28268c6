internal import CertProtocol

extension StatusChange {
    /// A change of an order's status.
    init(_ change: DigiCert.StatusChange, raw: JSONValue, provider: String) {
        self.init(
            provider: provider, orderID: String(change.orderID), certificateID: change.certificateID.map { String($0) },
            status: CertificateStatus(digiCert: change.status), providerStatus: change.status, raw: raw
        )
    }
}

extension Product {
    /// A product that can be ordered.
    init(_ product: DigiCert.ListedProduct, raw: JSONValue, provider: String) {
        self.init(
            provider: provider, product: product.nameID, name: product.name,
            validation: product.validationType.nonEmpty?.lowercased(), type: product.type, raw: raw
        )
    }
}

extension Organization {
    /// An organization of the account.
    init(_ organization: DigiCert.ListedOrganization, raw: JSONValue, provider: String) {
        self.init(
            provider: provider, organizationID: String(organization.id), name: organization.name,
            status: organization.status, raw: raw
        )
    }
}

extension Approval {
    /// A request that waits for a person.
    init(_ request: DigiCert.ApprovalRequest, raw: JSONValue, provider: String) {
        self.init(provider: provider, requestID: String(request.id), raw: raw)
        type = request.type
        status = request.status
        date = request.date
        orderID = request.order.map { String($0.id) }
        commonName = request.order?.certificate?.commonName
    }
}
