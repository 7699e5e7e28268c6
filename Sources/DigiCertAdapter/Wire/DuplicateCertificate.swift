public import CertProtocol

extension DigiCert {
    /// An item of the list of an order's duplicates. The list may hold the primary certificate too.
    ///
    /// Source: the parameter table of DigiCert's “List duplicates” (`GET /order/certificate/{order_id}/duplicate`).
    @dynamicMemberLookup
    public struct DuplicateCertificate: Sendable, Hashable {
        /// The certificate; its fields can be read from this value directly.
        public let details: CertificateDetails
        /// The certificate's id.
        public let id: Int64
        /// The number within the order that downloads use; leading zeros count.
        public let subID: String?
        /// An id for quick installation.
        public let publicID: String?
        /// Whether it was archived; sent as `"0"` or `"1"`.
        public let isArchived: Bool?
        /// The first name of the user who asked for it.
        public let firstName: String?
        /// The last name of the user who asked for it.
        public let lastName: String?

        /// Reads the JSON object; `nil` where it is none, or has no readable `id`.
        public init?(_ value: JSONValue) {
            guard let details = CertificateDetails(value), let id = value.rowID("id") else { return nil }
            self.details = details
            self.id = id
            subID = value.string("sub_id")
            publicID = value.string("public_id")
            isArchived = value.boolean("archived")
            firstName = value.string("firstname")
            lastName = value.string("lastname")
        }

        /// The fields of ``details``.
        public subscript<Value>(dynamicMember field: KeyPath<CertificateDetails, Value>) -> Value {
            details[keyPath: field]
        }
    }
}

extension DigiCert.DuplicateCertificate: DigiCertRow {
    var key: UInt64 { UInt64(bitPattern: id) }
}
