public import CertProtocol

extension DigiCert {
    /// The product that was ordered.
    ///
    /// Source: `product` of DigiCert's “Order info” (`GET /order/certificate/{order_id}`) and “List subaccount orders”
    /// (`GET /account/subaccount/order`).
    public struct ProductInfo: Sendable, Hashable {
        /// The identifier that orders use (`ssl_plus`).
        public let nameID: String?
        /// The name for people.
        public let name: String?
        /// The product type (`ssl_certificate`).
        public let type: String?
        /// What is validated: `dv`, `ov`, `ev`, `cs`, `ev_cs`, `ds`, `smime`.
        public let validationType: String?
        /// The validation type's name for people.
        public let validationName: String?
        /// The validation type in words.
        public let validationDescription: String?
        /// Whether orders need a certificate signing request.
        public let csrRequired: Bool?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            nameID = value.string("name_id")
            name = value.string("name")
            type = value.string("type")
            validationType = value.string("validation_type")
            validationName = value.string("validation_name")
            validationDescription = value.string("validation_description")
            csrRequired = value.boolean("csr_required")
        }
    }
}
