public import CertProtocol

extension DigiCert {
    /// The organization of an order, a certificate or the account.
    ///
    /// Sources: `organization` of DigiCert's “Order info” (`GET /order/certificate/{order_id}`), “List organizations”
    /// (`GET /organization`).
    public struct OrganizationInfo: Sendable, Hashable {
        /// Its id; sent as a number, sometimes as a string.
        public let id: Int64?
        /// Its legal name.
        public let name: String?
        /// Its public name (“doing business as”).
        public let assumedName: String?
        /// Its whole name, made of name and assumed name.
        public let displayName: String?
        /// The city.
        public let city: String?
        /// The state or province.
        public let state: String?
        /// The country, two letters.
        public let country: String?
        /// Whether it is active; sent as a boolean or as `"1"`.
        public let isActive: Bool?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            id = value.integer("id")
            name = value.string("name")
            assumedName = value.string("assumed_name")
            displayName = value.string("display_name")
            city = value.string("city")
            state = value.string("state")
            country = value.string("country")
            isActive = value.boolean("is_active")
        }
    }
}
