public import CertProtocol

extension DigiCert {
    /// A note on an order.
    ///
    /// Source: `notes` of DigiCert's “Order info” (`GET /order/certificate/{order_id}`), “List order notes”.
    public struct Note: Sendable, Hashable {
        /// Its id.
        public let id: Int64?
        /// When it was written.
        public let dateCreated: CertificateDate?
        /// What it says.
        public let text: String?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            id = value.integer("id")
            dateCreated = value.date("date_created")
            text = value.string("text")
        }
    }
}
