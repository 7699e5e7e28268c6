public import CertProtocol

extension DigiCert {
    /// What an organization or a domain has been validated for.
    ///
    /// Source: `validations` of DigiCert's “List organizations” and of “Domain info”, both with `include_validation`; the last
    /// three fields are those of domains.
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
        /// Where the proof of a domain's control stands: `complete`, `valid`, `pending`.
        public let dcvStatus: String?
        /// Where the validation of a domain's organization stands.
        public let orgStatus: String?
        /// The users who may approve orders for a domain.
        public let verifiedUsers: [UserInfo]

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            type = value.string("type")
            name = value.string("name")
            description = value.string("description")
            status = value.string("status")
            dateCreated = value.date("date_created")
            validatedUntil = value.date("validated_until")
            dcvStatus = value.string("dcv_status")
            orgStatus = value.string("org_status")
            verifiedUsers = value.list("verified_users", UserInfo.init)
        }
    }
}
