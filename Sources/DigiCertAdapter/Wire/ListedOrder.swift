public import CertProtocol

extension DigiCert {
    /// An item of the list of orders: the order and its primary certificate only; its duplicates and reissues are
    /// counted.
    ///
    /// Source: the parameter table of DigiCert's “List orders” (`GET /order/certificate`); serial number and thumbprint
    /// come undocumented.
    @dynamicMemberLookup
    public struct ListedOrder: Sendable, Hashable {
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

extension DigiCert.ListedOrder: DigiCertRow {
    var key: UInt64 { UInt64(bitPattern: base.id) }
}
