public import CertProtocol

extension DigiCert {
    /// A division of the account.
    ///
    /// Source: `container` of DigiCert's “Order info” (`GET /order/certificate/{order_id}`), “List organizations”.
    public struct Container: Sendable, Hashable {
        /// Its id.
        public let id: Int64?
        /// The id of the container that it is in.
        public let parentID: Int64?
        /// Its name.
        public let name: String?
        /// Whether it is active.
        public let isActive: Bool?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            id = value.integer("id")
            parentID = value.integer("parent_id")
            name = value.string("name")
            isActive = value.boolean("is_active")
        }
    }
}
