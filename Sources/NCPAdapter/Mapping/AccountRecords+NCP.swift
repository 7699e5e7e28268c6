internal import CertProtocol

extension StatusChange {
    /// A certificate whose status changed.
    init(_ wire: NCP.RecentChange, provider: String) {
        self.init(
            provider: provider, orderID: wire.orderID, certificateID: wire.certificateID,
            status: NCPText.status(words: wire.status), providerStatus: wire.status, raw: wire.raw
        )
    }

    /// What tells this row from the others of the list.
    var listIdentity: String {
        [orderID, certificateID, providerStatus].map { $0 ?? "" }.joined(separator: "/")
    }
}

extension Product {
    /// A type of certificate.
    init(_ wire: NCP.CertificateType, provider: String) {
        self.init(
            provider: provider, product: wire.certificateType, name: wire.certificateTypeName.unlessBlank,
            validation: NCPText.validation(ofType: wire.certificateType), type: nil, raw: wire.raw
        )
    }
}

extension Organization {
    /// An organization, under its Korean name where it has one.
    init(_ wire: NCP.Organization, provider: String) {
        self.init(
            provider: provider, organizationID: wire.organizationNo,
            name: wire.organizationNameKor.unlessBlank ?? wire.organizationNameEng.unlessBlank,
            status: wire.verificationProgressCode.unlessBlank, raw: wire.raw
        )
    }
}
