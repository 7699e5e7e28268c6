public import CertProtocol

extension DigiCert {
    /// An item of the list of an order's reissues: as in the list of duplicates, and more.
    ///
    /// Source: the parameter table of DigiCert's “List reissues” (`GET /order/certificate/{order_id}/reissue`). Numbers
    /// such as `purchased_dns_names` come as strings here.
    @dynamicMemberLookup
    public struct ReissuedCertificate: Sendable, Hashable {
        /// What the lists of reissues and duplicates have in common; its fields can be read from this value directly.
        public let item: DuplicateCertificate
        /// The e-mail address of the user who asked for it.
        public let email: String?

        /// Reads the JSON object; `nil` where it is none, or lacks the `id` that everything hangs on.
        public init?(_ value: JSONValue) {
            guard let item = DuplicateCertificate(value) else { return nil }
            self.item = item
            email = value.string("email")
        }

        /// The fields of ``item``.
        public subscript<Value>(dynamicMember field: KeyPath<DuplicateCertificate, Value>) -> Value {
            item[keyPath: field]
        }
    }
}
