public import CertProtocol

extension NCP {
    /// An order with its certificates: an item of `orders` of ListAdvancedCertificates (`getPaidCertificates`).
    public struct PaidOrder: Sendable {
        /// `orderId` (String), or `orderID` as the older table spells it: the request for issuance.
        public let orderID: String?
        /// `certificates` (Array): its certificates; empty where none was made yet.
        public let certificates: [Certificate]
        /// Items of `certificates` that can't be read.
        public let problems: [RowProblem]
        /// The item as sent.
        public let raw: JSONValue

        /// Reads an item; `nil` where it has neither an order id nor certificates, or where `certificates` is no array.
        public init?(_ value: JSONValue) {
            guard let rows = value.rows(["certificates"]) else { return nil }
            orderID = NCP.orderID(value)
            guard orderID != nil || !rows.isEmpty else { return nil }
            (certificates, problems) = Certificate.read(rows)
            raw = value
        }
    }
}

extension NCP.PaidOrder: NCPRow {
    static var necessity: String { "an orderId or a list of certificates" }
}
