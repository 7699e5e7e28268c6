internal import CertProtocol

extension NCP.CertificateChain {
    /// The certificates, leaf first, each once, PEM with LF.
    ///
    /// - Throws: `malformed_response` where they aren't certificates.
    func ordered() throws(CertificateError) -> [String] {
        let texts = [certificate, subCACertificate, rootCACertificate].compactMap(\.self)
        guard let chain = PEMCertificate.all(in: texts.joined(separator: "\n"))?.chain(), !chain.isEmpty else {
            throw CertificateError(.malformedResponse, "NAVER Cloud sent something else than certificates.")
        }
        return chain.map(\.text)
    }
}

extension CertificateDownload {
    /// The part of a chain, leaf first, that a form consists of.
    init(_ chain: [String], as format: DownloadFormat) {
        let part: ArraySlice<String> =
            switch format {
            case .pem: chain.prefix(1)
            case .chain: chain.dropFirst()
            default: chain[...]
            }
        self.init(format: format, certificatesPEM: Array(part))
    }
}
