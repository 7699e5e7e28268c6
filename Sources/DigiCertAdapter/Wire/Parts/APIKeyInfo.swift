public import CertProtocol

extension DigiCert {
    /// The key that an order was placed with. Absent for orders placed in the console.
    ///
    /// Source: `api_key` of DigiCert's “Order info” (`GET /order/certificate/{order_id}`). The key itself is never
    /// sent.
    public struct APIKeyInfo: Sendable, Hashable {
        /// The name of the key, or the URL of the ACME directory.
        public let name: String?
        /// `api_key` or `acme_url`.
        public let keyType: String?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            name = value.string("name")
            keyType = value.string("key_type")
        }
    }
}
