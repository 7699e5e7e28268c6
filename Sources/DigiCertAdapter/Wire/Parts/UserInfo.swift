public import CertProtocol

extension DigiCert {
    /// A user of the account.
    ///
    /// Source: the structure “User details” of DigiCert's “Order info” (`GET /order/certificate/{order_id}`).
    public struct UserInfo: Sendable, Hashable {
        /// The id.
        public let id: Int64?
        /// The first name.
        public let firstName: String?
        /// The last name.
        public let lastName: String?
        /// The e-mail address.
        public let email: String?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            id = value.integer("id")
            firstName = value.string("first_name")
            lastName = value.string("last_name")
            email = value.string("email")
        }
    }
}
