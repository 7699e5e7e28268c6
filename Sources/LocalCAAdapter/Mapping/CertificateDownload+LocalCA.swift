internal import CertProtocol

extension CertificateDownload {
    /// An order's certificate in a form.
    init(_ order: LocalCA.Order, as format: DownloadFormat) throws(CertificateError) {
        switch format {
        case .pem: self.init(format: format, certificatesPEM: [order.certificate])
        case .chain: self.init(format: format, certificatesPEM: [order.issuer])
        case .fullChain: self.init(format: format, certificatesPEM: order.chain)
        case .pkcs7:
            let certificates = order.chain.compactMap(PEMCertificate.all).flatMap(\.self).map(\.bytes)
            guard certificates.count == order.chain.count else {
                throw .damaged(order.orderID, "has no readable issuer")
            }
            do {
                self.init(
                    format: format, certificatesPEM: [], pkcs7PEM: try CertificateBag.pem(certificates))
            } catch {
                throw CertificateError.wrapping(error, as: .malformedResponse, "The chain can't be put together.")
            }
        @unknown default:
            throw .malformed("unknown_format", "The local CA offers no \(format.rawValue).")
        }
    }
}
