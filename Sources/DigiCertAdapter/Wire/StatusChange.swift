public import CertProtocol

extension DigiCert {
    /// An order whose status changed.
    ///
    /// Source: DigiCert's “Status change list” (`GET /order/certificate/status-changes`).
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
