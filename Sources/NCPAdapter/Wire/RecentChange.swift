public import CertProtocol

extension NCP {
    /// A certificate whose status changed: an item of `orders` of ListRecentCertChanges (`recentChanges`).
    public struct RecentChange: Sendable {
        /// `orderId` (String): the order. The table calls it an organization's number, by mistake.
        public let orderID: String?
        /// `certificateId` (Integer): what is called `certificateNo` everywhere else.
        public let certificateID: String?
        /// `status` (String): words, not a code: `Normal`, `Ongoing`, `Validation timed out`.
        public let status: String?
        /// The item as sent.
        public let raw: JSONValue

        /// Reads an item; `nil` where it names neither an order nor a certificate.
        public init?(_ value: JSONValue) {
            orderID = NCP.orderID(value)
            certificateID = (value.string("certificateId") ?? value.string("certificateNo")).unlessBlank
            guard orderID != nil || certificateID != nil else { return nil }
            status = value.string("status")
            raw = value
        }
    }
}

extension NCP.RecentChange: NCPRow {
    static var necessity: String { "an orderId or a certificateId" }
}
