internal import CertProtocol

extension Certificate {
    /// A certificate of the API.
    ///
    /// - Parameters:
    ///   - certificate: the certificate.
    ///   - raw: the JSON that it was read from.
    ///   - provider: the id of the provider.
    init(_ certificate: ExampleCA.Certificate, raw: JSONValue, provider: String) {
        self.init(
            provider: provider,
            status: CertificateStatus(exampleCA: certificate.state),
            providerStatus: certificate.state,
            raw: raw
        )
        certificateID = String(certificate.id)
        orderID = certificate.orderID.map { String($0) }
        commonName = certificate.commonName
        dnsNames = certificate.names
        serialNumber = certificate.serial
        notBefore = certificate.validFrom
        notAfter = certificate.validTo
    }
}
