public import CertProtocol

extension DigiCert {
    /// A contact of an order.
    ///
    /// Source: the structure “Contact details” of DigiCert's “Order info” (`GET /order/certificate/{order_id}`).
    public struct Contact: Sendable, Hashable {
        /// The first name.
        public let firstName: String?
        /// The last name.
        public let lastName: String?
        /// The e-mail address.
        public let email: String?
        /// The job title.
        public let jobTitle: String?
        /// The telephone number.
        public let telephone: String?
        /// The extension.
        public let telephoneExtension: String?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            firstName = value.string("first_name")
            lastName = value.string("last_name")
            email = value.string("email")
            jobTitle = value.string("job_title")
            telephone = value.string("telephone")
            telephoneExtension = value.string("telephone_extension")
        }
    }
}
