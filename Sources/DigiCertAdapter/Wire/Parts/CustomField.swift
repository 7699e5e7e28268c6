public import CertProtocol

extension DigiCert {
    /// A field that the account itself defined.
    ///
    /// Source: `custom_fields` of DigiCert's “Order info” (`GET /order/certificate/{order_id}`).
    public struct CustomField: Sendable, Hashable {
        /// The id of the field's definition.
        public let metadataID: Int64?
        /// Its name.
        public let label: String?
        /// What was filled in.
        public let value: String?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            metadataID = value.integer("metadata_id")
            label = value.string("label")
            self.value = value.string("value")
        }
    }
}
