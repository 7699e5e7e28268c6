internal import CertProtocol

extension NCP.CertificateChain {
    /// The certificates, leaf first, each once.
    ///
    /// - Throws: `malformed_response` where they aren't certificates.
    func ordered() throws(CertificateError) -> [PEMCertificate] {
        let texts = [certificate, subCACertificate, rootCACertificate].compactMap(\.self)
        guard let chain = PEMCertificate.all(in: texts.joined(separator: "\n"))?.chain(), !chain.isEmpty else {
            throw CertificateError(.malformedResponse, "NAVER Cloud sent something else than certificates.")
        }
        return chain
    }
}
