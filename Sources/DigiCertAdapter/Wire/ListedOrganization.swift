public import CertProtocol

extension DigiCert {
    /// An organization that certificates can be issued to.
    ///
    /// Source: DigiCert's “List organizations” (`GET /organization`).
    @dynamicMemberLookup
    public struct ListedOrganization: Sendable, Hashable {
        /// Names and place; its fields can be read from this value directly.
        public let organization: OrganizationInfo
        /// Its id.
        public let id: Int64
        /// `active` or `inactive`; `approved` in old answers.
        public let status: String?
        /// The street.
        public let address: String?
        /// The second line of the address.
        public let address2: String?
        /// The postal code.
        public let zip: String?
        /// The telephone number.
        public let telephone: String?
        /// The container that it belongs to.
        public let container: Container?
        /// The containers that may use it; sent as strings.
        public let containerIDAssignments: [Int64]?
        /// What it has been validated for.
        public let validations: [OrganizationValidation]
        /// The users who may approve EV orders.
        public let evApprovers: [UserInfo]

        /// Reads the JSON object; `nil` where it is none, or has no readable `id`.
        public init?(_ value: JSONValue) {
            guard let organization = OrganizationInfo(value), let id = value.rowID("id") else { return nil }
            self.organization = organization
            self.id = id
            status = value.string("status")
            address = value.string("address")
            address2 = value.string("address2")
            zip = value.string("zip")
            telephone = value.string("telephone")
            container = value.part("container", Container.init)
            containerIDAssignments = value.integers("container_id_assignments")
            validations = value.list("validations", OrganizationValidation.init)
            evApprovers = value.list("ev_approvers", UserInfo.init)
        }

        /// The fields of ``organization``.
        public subscript<Value>(dynamicMember field: KeyPath<OrganizationInfo, Value>) -> Value {
            organization[keyPath: field]
        }
    }
}

extension DigiCert.ListedOrganization: DigiCertRow {
    var key: UInt64 { UInt64(bitPattern: id) }
}
