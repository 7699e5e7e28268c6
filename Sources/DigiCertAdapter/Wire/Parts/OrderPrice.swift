public import CertProtocol
public import FoundationEssentials

extension DigiCert {
    /// What an order cost.
    ///
    /// Source: `order_price` of DigiCert's “List subaccount orders” (`GET /account/subaccount/order`).
    public struct OrderPrice: Sendable, Hashable {
        /// The total.
        public let cost: Decimal?
        /// The currency (`USD`).
        public let currency: String?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            cost = value.decimal("cost")
            currency = value.string("currency")
        }
    }
}
