extension CertificateDownload {
    /// The part of a chain that a form of PEM consists of.
    ///
    /// - Parameters:
    ///   - chain: the certificate and its issuers, leaf first, as `chain()` puts them.
    ///   - format: the form; all but ``DownloadFormat/pkcs7``, which is no part of a chain.
    public init(_ chain: [PEMCertificate], as format: DownloadFormat) {
        let part: ArraySlice<PEMCertificate> =
            switch format {
            case .pem: chain.prefix(1)
            case .chain: chain.dropFirst()
            default: chain[...]
            }
        self.init(format: format, certificatesPEM: part.map(\.text))
    }
}
