internal import AdapterHTTP
internal import CertProtocol

extension DigiCertProvider {
    /// What DigiCert can be asked for in each form; certificates always come with their issuers, to be put in order here.
    static let downloadFormats: [DownloadFormat] = [.pem, .chain, .fullChain, .pkcs7]

    /// Downloads a certificate, or the order's active one. After a reissue that is the old one until the new one is made.
    func download(
        _ request: DownloadRequest, context: OperationContext
    ) async throws(CertificateError) -> CertificateDownload {
        let order = try DigiCertIdentifier.order(request.orderID)
        let certificate = try request.certificateID.map { id throws(CertificateError) in
            String(try DigiCertIdentifier.number(id, of: "certificate"))
        }
        if request.format == .pkcs7 {
            let answer = try await api.download(order: order, certificate: certificate, format: "p7b", context: context)
            return CertificateDownload(format: .pkcs7, certificatesPEM: [], pkcs7PEM: try Self.pkcs7(in: answer))
        }
        let chain = try await chain(order: order, certificate: certificate, context: context)
        let wanted =
            switch request.format {
            case .pem: chain.prefix(1)
            case .chain: chain.dropFirst()
            case .fullChain, .pkcs7: chain[...]
            }
        return CertificateDownload(format: request.format, certificatesPEM: wanted.map(\.text))
    }

    /// A certificate and its issuers, leaf first, however many there are and in whatever order they come.
    func chain(
        order: String, certificate: String?, context: OperationContext
    ) async throws(CertificateError) -> [PEMCertificate] {
        let answer = try await api.download(order: order, certificate: certificate, format: "pem_all", context: context)
        guard let certificates = PEMCertificate.all(in: String(decoding: answer.body, as: UTF8.self)),
            !certificates.isEmpty
        else { throw answer.malformed("The download holds no readable certificate.") }
        return certificates.chain()
    }

    private static func pkcs7(in answer: HTTPAnswer) throws(CertificateError) -> String {
        let text = String(decoding: answer.body, as: UTF8.self).replacing("\r\n", with: "\n")
        guard text.hasPrefix("-----BEGIN PKCS7-----\n") || text.hasPrefix("-----BEGIN CMS-----\n"),
            text.firstRange(of: "\n-----END ") != nil
        else { throw answer.malformed("The download is no PKCS #7 structure.") }
        return text.hasSuffix("\n") ? text : text + "\n"
    }
}
