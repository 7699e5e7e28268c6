public import CertProtocol

extension DigiCert {
    /// A hash that signatures can use.
    ///
    /// Source: `signature_hash_types` of DigiCert's “Product list”.
    public struct HashType: Sendable, Hashable {
        /// Its identifier (`sha256`).
        public let id: String?
        /// Its name for people.
        public let name: String?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            id = value.string("id")
            name = value.string("name")
        }
    }
}
