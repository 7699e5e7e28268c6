public import CertProtocol

extension NCP {
    /// An order with its paid period: the answer of GetOrder (`orders/{orderId}`), and an item of ListOrders (`orders`).
    ///
    /// Source: GetOrder and ListOrders (since 2026-10-07), section "Response body".
    public struct Order: Sendable {
        /// What stands around GetOrder's answer; its `totalCount` counts certificates. Empty in an item of ListOrders.
        public let envelope: Envelope
        /// `orderId` (String).
        public let orderID: String
        /// `subscriptionStartDt` (`yyyy-MM-dd HH:mm:ss`): the start of the paid period; `nil` until a certificate is
        /// issued.
        public let subscriptionStartDt: String?
        /// `subscriptionEndDt` (`yyyy-MM-dd HH:mm:ss`): its end; `nil` until a certificate is issued.
        public let subscriptionEndDt: String?
        /// `subscriptionYears` (Integer): the years paid for.
        public let subscriptionYears: Int64?
        /// `remainingDays` (Integer): the days left, negative after the end.
        public let remainingDays: Int64?
        /// `extendableYears` (Integer): the years that can be added, up to three in all.
        public let extendableYears: Int64?
        /// `certificates` (Array): GetOrder only.
        public let certificates: [Certificate]
        /// Items of `certificates` that can't be read.
        public let problems: [RowProblem]
        /// The item, or the whole answer, as sent.
        public let raw: JSONValue

        /// Reads an order; `nil` where it has no `orderId`, or where `certificates` is no array.
        public init?(_ value: JSONValue) {
            guard let orderID = NCP.orderID(value), let rows = value.rows(["certificates"]) else { return nil }
            envelope = Envelope(value)
            self.orderID = orderID
            subscriptionStartDt = value.string("subscriptionStartDt")
            subscriptionEndDt = value.string("subscriptionEndDt")
            subscriptionYears = value.integer("subscriptionYears")
            remainingDays = value.integer("remainingDays")
            extendableYears = value.integer("extendableYears")
            (certificates, problems) = Certificate.read(rows)
            raw = value
        }
    }
}

extension NCP.Order: NCPRow {
    static var necessity: String { "an orderId" }
}
