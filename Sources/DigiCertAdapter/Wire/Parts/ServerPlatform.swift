public import CertProtocol

extension DigiCert {
    /// The server software that a certificate is for.
    ///
    /// Source: `server_platform` of DigiCert's “Order info” (`GET /order/certificate/{order_id}`).
    public struct ServerPlatform: Sendable, Hashable {
        /// Its id in DigiCert's glossary of server platforms; -1 is any other.
        public let id: Int64?
        /// Its name.
        public let name: String?
        /// Where the installation is described.
        public let installURL: String?
        /// Where the making of a request is described.
        public let csrURL: String?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            id = value.integer("id")
            name = value.string("name")
            installURL = value.string("install_url")
            csrURL = value.string("csr_url")
        }
    }
}
