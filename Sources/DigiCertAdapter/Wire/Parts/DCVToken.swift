public import CertProtocol

extension DigiCert {
    /// A value to be published, which proves the control of a domain.
    ///
    /// Source: `dcv_token` of DigiCert's “Domain info” (`GET /domain/{domain_id}?include_dcv=true`) and of the answer to an
    /// order.
    public struct DCVToken: Sendable, Hashable {
        /// The value.
        public let token: String?
        /// Where its check stands: `pending` until it was found.
        public let status: String?
        /// Until when it can be used.
        public let expirationDate: CertificateDate?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            token = value.string("token")
            status = value.string("status")
            expirationDate = value.date("expiration_date")
        }
    }
}
