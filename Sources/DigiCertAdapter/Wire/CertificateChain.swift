public import CertProtocol

extension DigiCert {
    /// A certificate and its issuers.
    ///
    /// Source: DigiCert's “Certificate chain” (`GET /certificate/{certificate_id}/chain`). In spite of its name the first
    /// element is the certificate itself and the last one the root; roots that are signed by others can stand in between.
    public struct CertificateChain: Sendable, Hashable {
        /// The certificates; none for those on hardware tokens.
        public let intermediates: [ChainCertificate]

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            intermediates = value.list("intermediates", ChainCertificate.init)
        }
    }

    /// One certificate of a chain.
    ///
    /// Source: `certificate_chain` of the answer to an order, and `intermediates` of “Certificate chain”.
    public struct ChainCertificate: Sendable, Hashable {
        /// The common name of the subject.
        public let subjectCommonName: String?
        /// The common name of the issuer, where it is sent.
        public let issuerCommonName: String?
        /// The certificate, PEM, with lines that end with CRLF.
        public let pem: String

        /// Reads the JSON object; `nil` where it is none, or has no `pem`.
        public init?(_ value: JSONValue) {
            guard value.kind == .object, let pem = value.string("pem") else { return nil }
            subjectCommonName = value.string("subject_common_name")
            issuerCommonName = value.string("issuer_common_name")
            self.pem = pem
        }
    }
}
