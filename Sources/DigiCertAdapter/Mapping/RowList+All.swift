internal import AdapterHTTP
internal import CertProtocol

extension RowList<DigiCert.DuplicateCertificate> {
    /// The certificates of an order's list, every one of them.
    ///
    /// - Throws: `malformed_response` where one can't be read, since it could be the one that is looked for.
    func all(of order: String) throws(CertificateError) -> [DigiCert.DuplicateCertificate] {
        let certificates = readable
        guard certificates.count == rows.count else {
            throw answer.malformed("A certificate of order \(order) has no readable id.")
        }
        return certificates
    }
}
