public import CertProtocol

extension DigiCert {
    /// The hashes that signatures of a product can use.
    ///
    /// Source: `signature_hash_types` of DigiCert's “Product list”.
    public struct HashTypes: Sendable, Hashable {
        /// Those that can be chosen.
        public let allowed: [HashType]
        /// The one that is used where none is chosen.
        public let defaultID: String?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            allowed = value.list("allowed_hash_types", HashType.init)
            defaultID = value.string("default_hash_type_id")
        }
    }
}
