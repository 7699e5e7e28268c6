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
}
