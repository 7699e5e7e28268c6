public import CertProtocol

extension DigiCert {
    /// The sub-account that placed an order.
    ///
    /// Source: `subaccount` of DigiCert's “List subaccount orders” (`GET /account/subaccount/order`).
    public struct SubaccountInfo: Sendable, Hashable {
        /// Its id.
        public let accountID: Int64?
        /// Its kind (`enterprise`).
        public let accountType: String?
        /// The name of its main organization.
        public let organizationName: String?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            accountID = value.integer("account_id")
            accountType = value.string("account_type")
            organizationName = value.string("organization_name")
        }
    }
}
