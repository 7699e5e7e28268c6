public import CertProtocol

extension DigiCert {
    /// An order that was placed with an alternative id.
    ///
    /// Source: DigiCert's “Get orders by alternative order ID” (`GET /order/alternate/{alternative_order_id}`). The id is the
    /// customer's and not unique: the page's own sample shows two orders of one.
    public struct AlternateOrder: Sendable, Hashable {
        /// The order's id.
        public let orderID: Int64
        /// The id of its certificate; absent before there is one.
        public let certificateID: Int64?
        /// The order's status, DigiCert's word.
        public let status: String?

        /// Reads the JSON object; `nil` where it is none, or has no readable `order_id`.
        public init?(_ value: JSONValue) {
            guard value.kind == .object, let orderID = value.rowID("order_id") else { return nil }
            self.orderID = orderID
            certificateID = value.integer("certificate_id")
            status = value.string("status")
        }
    }
}
