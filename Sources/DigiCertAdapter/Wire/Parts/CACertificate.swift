public import CertProtocol

extension DigiCert {
    /// A CA certificate that certificates are signed with.
    ///
    /// Source: `certificate.ca_cert` of DigiCert's “Order info” (`GET /order/certificate/{order_id}`),
    /// `allowed_ca_certs` of “Product list”.
    public struct CACertificate: Sendable, Hashable {
        /// Its id, an opaque text.
        public let id: String?
        /// Its name.
        public let name: String?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            id = value.string("id")
            name = value.string("name")
        }
    }
}
