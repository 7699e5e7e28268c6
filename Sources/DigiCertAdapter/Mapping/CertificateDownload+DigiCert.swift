internal import AdapterHTTP
internal import CertProtocol

extension CertificateDownload {
    /// What DigiCert can be asked for in each form; certificates always come with their issuers, to be put in order here.
    static let digiCertFormats: [DownloadFormat] = [.pem, .chain, .fullChain, .pkcs7]

    /// The PKCS #7 structure that a download is.
    ///
    /// - Throws: `malformed_response` where it is none.
    init(pkcs7 answer: HTTPAnswer) throws(CertificateError) {
        let text = String(decoding: answer.body, as: UTF8.self).replacing("\r\n", with: "\n")
        guard text.hasPrefix("-----BEGIN PKCS7-----\n") || text.hasPrefix("-----BEGIN CMS-----\n"),
            text.firstRange(of: "\n-----END ") != nil
        else { throw answer.malformed("The download is no PKCS #7 structure.") }
        self.init(format: .pkcs7, certificatesPEM: [], pkcs7PEM: text.hasSuffix("\n") ? text : text + "\n")
    }
}

extension PEMCertificate {
    /// The certificates of a download: leaf first, however many there are and in whatever order they come.
    ///
    /// - Throws: `malformed_response` where it holds none, or one that can't be read.
    static func chain(in answer: HTTPAnswer) throws(CertificateError) -> [PEMCertificate] {
        guard let certificates = all(in: String(decoding: answer.body, as: UTF8.self)), !certificates.isEmpty else {
            throw answer.malformed("The download holds no readable certificate.")
        }
        return certificates.chain()
    }
}
