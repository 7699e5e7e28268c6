internal import CertProtocol

extension Order {
    /// An order. It has no state of its own: status, product, validation and account are those of its latest certificate,
    /// the one with the highest number.
    init(_ wire: NCP.Order, provider: String) {
        let all = wire.certificates.map { Certificate($0, enclosingOrder: wire.orderID, provider: provider) }
        let latest = zip(wire.certificates, all).max { $0.0.certificateNo < $1.0.certificateNo }?.1
        self.init(
            provider: provider, orderID: wire.orderID, status: latest?.status ?? .unknown(""),
            providerStatus: latest?.providerStatus, raw: wire.raw
        )
        product = latest?.product
        validation = latest?.validation
        accountID = latest?.accountID
        createdAt = latest?.createdAt
        issuedAt = latest?.issuedAt
        validUntil = NCPText.date(wire.subscriptionEndDt)
        validityYears = wire.subscriptionYears.flatMap(Int.init(exactly:))
        certificates = all
        problems = wire.problems
    }

    /// A certificate as the order that it belongs to, or as its own where it belongs to none.
    init(of certificate: Certificate) {
        self.init(
            provider: certificate.provider, orderID: NCPReference.id(of: certificate), status: certificate.status,
            providerStatus: certificate.providerStatus, raw: certificate.raw
        )
        product = certificate.product
        validation = certificate.validation
        accountID = certificate.accountID
        createdAt = certificate.createdAt
        issuedAt = certificate.issuedAt
        certificates = [certificate]
    }

    /// The newest certificate of that status, which has the highest number; of any status where none is given.
    func newest(
        _ status: CertificateStatus? = nil, where isWanted: (Certificate) -> Bool = { _ in true }
    ) -> Certificate? {
        certificates.filter { (status == nil || $0.status == status) && isWanted($0) }
            .max { $0.number < $1.number }
    }

    /// The certificate of that id, or every one where there is no id.
    func certificates(_ id: String?) -> [Certificate] {
        certificates.filter { id == nil || $0.certificateID == id }
    }
}
