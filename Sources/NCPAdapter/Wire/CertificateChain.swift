public import CertProtocol

extension NCP {
    /// A certificate with those above it: the answer of GetCertificateChain (`exportCertificate/{certificateNo}/chain`).
    public struct CertificateChain: Sendable {
        /// What stands around the answer.
        public let envelope: Envelope
        /// `subjectCommonName` (String; the older table says Integer).
        public let subjectCommonName: String?
        /// `certificate` (String): the certificate, PEM, lines ending with CR LF in the example.
        public let certificate: String
        /// `subCaCertificate` (String): the intermediate, PEM.
        public let subCACertificate: String?
        /// `rootCaCertificate` (String): the root, PEM.
        public let rootCACertificate: String?
        /// The answer as sent.
        public let raw: JSONValue

        /// Reads an answer; `nil` where it holds no certificate.
        public init?(_ value: JSONValue) {
            guard let certificate = value.string("certificate").unlessBlank else { return nil }
            envelope = Envelope(value)
            subjectCommonName = value.string("subjectCommonName")
            self.certificate = certificate
            subCACertificate = value.string("subCaCertificate")
            rootCACertificate = value.string("rootCaCertificate")
            raw = value
        }
    }
}
