public import CertProtocol

extension DigiCert {
    /// A domain of the account, by which orders of organization validation go.
    ///
    /// Sources: DigiCert's “List domains” (`GET /domain`) and “Domain info” (`GET /domain/{domain_id}`), which alone has a
    /// token, and that only with `include_dcv=true`.
    public struct Domain: Sendable, Hashable {
        /// Its id.
        public let id: Int64
        /// Its name.
        public let name: String?
        /// Whether it can be used.
        public let isActive: Bool?
        /// Where it stands as a whole; deprecated by DigiCert.
        public let status: String?
        /// When it was added.
        public let dateCreated: CertificateDate?
        /// The organization that it belongs to; its `is_active` is sent as `"1"`.
        public let organization: OrganizationInfo?
        /// When its control was proven last.
        public let dcvApprovalDatetime: CertificateDate?
        /// How its control is proven.
        public let dcvMethod: String?
        /// Until when the proof holds, by the kind of certificate (`ov`, `ev`).
        public let dcvExpiration: [String: String]
        /// The container that it is in.
        public let container: Container?
        /// What it has been validated for.
        public let validations: [OrganizationValidation]
        /// The value to be published.
        public let dcvToken: DCVToken?

        /// Reads the JSON object; `nil` where it is none, or has no readable `id`.
        public init?(_ value: JSONValue) {
            guard value.kind == .object, let id = value.rowID("id") else { return nil }
            self.id = id
            name = value.string("name")
            isActive = value.boolean("is_active")
            status = value.string("status")
            dateCreated = value.date("date_created")
            organization = value.part("organization", OrganizationInfo.init)
            dcvApprovalDatetime = value.date("dcv_approval_datetime")
            dcvMethod = value.string("dcv_method")
            dcvExpiration = value.texts("dcv_expiration")
            container = value.part("container", Container.init)
            validations = value.list("validations", OrganizationValidation.init)
            dcvToken = value.part("dcv_token", DCVToken.init)
        }
    }
}

extension DigiCert.Domain: DigiCertRow {
    var key: UInt64 { UInt64(bitPattern: id) }
}
