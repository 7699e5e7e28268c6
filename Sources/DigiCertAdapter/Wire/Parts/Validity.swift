public import CertProtocol

extension DigiCert {
    /// A period, given in exactly one of three ways.
    ///
    /// Source: `order_validity` and `cert_validity` of DigiCert's “List orders” (`GET /order/certificate`).
    public struct Validity: Sendable, Hashable {
        /// Years.
        public let years: Int?
        /// Days.
        public let days: Int?
        /// The last day, as sent: `2024-10-18`, or `21 DEC 2021` in older answers.
        public let customExpirationDate: String?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            years = value.count("years")
            days = value.count("days")
            customExpirationDate = value.string("custom_expiration_date")
        }
    }
}
