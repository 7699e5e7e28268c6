public import CertProtocol

extension DigiCert {
    /// A request made within an order.
    ///
    /// Source: `requests` of DigiCert's “Order info” (`GET /order/certificate/{order_id}`).
    public struct RequestInfo: Sendable, Hashable {
        /// Its id.
        public let id: Int64?
        /// When it was made.
        public let date: CertificateDate?
        /// `new_request`, `reissue`, `duplicate` or `revoke`.
        public let type: String?
        /// `submitted`, `pending`, `approved` or `rejected`.
        public let status: String?
        /// What the requester wrote.
        public let comments: String?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            id = value.integer("id")
            date = value.date("date")
            type = value.string("type")
            status = value.string("status")
            comments = value.string("comments")
        }
    }
}
