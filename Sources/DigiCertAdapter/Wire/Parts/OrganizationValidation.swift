public import CertProtocol

extension DigiCert {
    /// What an organization has been validated for.
    ///
    /// Source: `validations` of DigiCert's “List organizations” with `include_validation`.
    public struct OrganizationValidation: Sendable, Hashable {
        /// `ov`, `ev`, `cs`, `ev_cs`, `ds` or `smime`.
        public let type: String?
        /// The type's name for people.
        public let name: String?
        /// The type in words.
        public let description: String?
        /// `active`, `pending` or `expired`.
        public let status: String?
        /// When the validation began.
        public let dateCreated: CertificateDate?
        /// Until when it holds. Midnight of US mountain time, shown in UTC.
        public let validatedUntil: CertificateDate?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            type = value.string("type")
            name = value.string("name")
            description = value.string("description")
            status = value.string("status")
            dateCreated = value.date("date_created")
            validatedUntil = value.date("validated_until")
        }
    }
}
