public import CertProtocol

extension DigiCert {
    /// An order and its status, as two lists show it: orders whose status changed, and orders that were placed with an id of
    /// the customer's. Such an id isn't unique: the page's own sample shows two orders of one.
    ///
    /// Sources: DigiCert's “Status change list” (`GET /order/certificate/status-changes`) and “Get orders by alternative order
    /// ID” (`GET /order/alternate/{alternative_order_id}`).
    public struct StatusChange: Sendable, Hashable {
        /// The order's id.
        public let orderID: Int64
        /// The id of its certificate; absent before there is one.
        public let certificateID: Int64?
        /// The status that it has now, DigiCert's word.
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

extension DigiCert.StatusChange: DigiCertRow {
    var key: UInt64 { StableHash.of("\(orderID)/\(certificateID ?? 0)/\(status ?? "")") }
}
