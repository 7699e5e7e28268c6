public import CertProtocol

extension DigiCert {
    /// The value to be published for an order of domain validation. Both are absent where the method is `email`.
    ///
    /// Sources: DigiCert's “DV SSL: Change DCV method” (`PUT /order/certificate/{order_id}/dcv-method`) and “DV SSL: Generate
    /// DCV token” (`PUT /order/certificate/{order_id}/dcv-random-value`).
    public struct DCVRandomValue: Sendable, Hashable {
        /// The value.
        public let dcvRandomValue: String?
        /// Until when it can be used.
        public let expirationDate: CertificateDate?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            dcvRandomValue = value.string("dcv_random_value")
            expirationDate = value.date("expiration_date")
        }
    }
}
