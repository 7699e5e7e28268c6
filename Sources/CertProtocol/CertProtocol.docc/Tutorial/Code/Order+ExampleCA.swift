internal import CertProtocol

extension Order {
    /// An order of the API. A certificate of it that can't be read becomes a problem of the order.
    ///
    /// - Parameters:
    ///   - order: the order.
    ///   - raw: the JSON that it was read from.
    ///   - provider: the id of the provider.
    init(_ order: ExampleCA.Order, raw: JSONValue, provider: String) {
        self.init(
            provider: provider,
            orderID: String(order.id),
            status: CertificateStatus(exampleCA: order.state),
            providerStatus: order.state,
            raw: raw
        )
        product = order.product
        createdAt = order.createdAt
        for row in order.certificates {
            if let certificate = ExampleCA.Certificate(row) {
                certificates.append(Certificate(certificate, raw: row, provider: provider))
            } else {
                problems.append(RowProblem(reason: "The certificate has no readable id.", raw: row))
            }
        }
    }
}
