public import CertProtocol

extension DigiCert {
    /// An item of the list of sub-account orders.
    ///
    /// Source: the parameter table of DigiCert's “List subaccount orders” (`GET /account/subaccount/order`). It has no
    /// organization, container or renewal fields, and a certificate for direct sub-accounts only.
    @dynamicMemberLookup
    public struct SubaccountOrder: Sendable, Hashable {
        /// What the order endpoints have in common; its fields can be read from this value directly.
        public let base: OrderBase

        /// Reads the JSON object; `nil` where it is none, or lacks the `id` that everything hangs on.
        public init?(_ value: JSONValue) {
            guard let base = OrderBase(value) else { return nil }
            self.base = base
        }

        /// The fields of ``base``.
        public subscript<Value>(dynamicMember field: KeyPath<OrderBase, Value>) -> Value {
            base[keyPath: field]
        }
    }
}

extension DigiCert.SubaccountOrder: DigiCertRow {
    var key: UInt64 { UInt64(bitPattern: base.id) }
}
