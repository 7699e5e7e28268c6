internal import CertProtocol

extension DigiCertProvider {
    /// Downloads a certificate, or the order's active one. After a reissue that is the old one until the new one is made.
    func download(
        _ request: DownloadRequest, context: OperationContext
    ) async throws(CertificateError) -> CertificateDownload {
        let order = try DigiCertIdentifier.order(request.orderID)
        let certificate = try request.certificateID.map(DigiCertIdentifier.certificate)
        if request.format == .pkcs7 {
            let file = DigiCert.CertificateFile(order: order, certificate: certificate, format: "p7b")
            return try CertificateDownload(pkcs7: await api.send(file, context: context))
        }
        let chain = try await chain(order: order, certificate: certificate, context: context)
        return CertificateDownload(chain, as: request.format)
    }

    /// A certificate and its issuers, leaf first.
    func chain(
        order: String, certificate: String?, context: OperationContext
    ) async throws(CertificateError) -> [PEMCertificate] {
        let file = DigiCert.CertificateFile(order: order, certificate: certificate, format: "pem_all")
        return try PEMCertificate.chain(in: await api.send(file, context: context))
    }
}
