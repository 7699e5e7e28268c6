public import CertProtocol

extension DigiCert {
    /// A product that the account can order.
    ///
    /// Source: DigiCert's “Product list” (`GET /product`); the last five fields are those of “Product info” (`GET
    /// /product/{name_id}`).
    public struct ListedProduct: Sendable, Hashable {
        /// The identifier that orders use (`ssl_plus`).
        public let nameID: String
        /// The group that it is listed under.
        public let groupName: String?
        /// The name for people.
        public let name: String?
        /// The product type (`ssl_certificate`).
        public let type: String?
        /// The containers that may order it.
        public let allowedContainerIDs: [Int64]?
        /// The years that its certificates can be valid for.
        public let allowedValidityYears: [Int64]?
        /// The years that it can be ordered for.
        public let allowedOrderValidityYears: [Int64]?
        /// The hashes that signatures can use.
        public let signatureHashTypes: HashTypes?
        /// Whether orders need a certificate signing request.
        public let csrRequired: Bool?
        /// The CA certificates that can be chosen.
        public let allowedCACertificates: [CACertificate]
        /// The product that takes its place.
        public let replacementProductNameID: String?
        /// What is validated, in upper case here.
        public let validationType: String?
        /// Whether duplicates can be made.
        public let duplicatesAllowed: Bool?
        /// The server software that can be named.
        public let serverPlatforms: [ServerPlatform]
        /// Whether an order can name its last day.
        public let customExpirationDateAllowed: Bool?
        /// The licence agreement.
        public let licenseAgreement: String?

        /// Reads the JSON object; `nil` where it is none, or has no readable `name_id`.
        public init?(_ value: JSONValue) {
            guard value.kind == .object, let nameID = value.string("name_id") else { return nil }
            self.nameID = nameID
            groupName = value.string("group_name")
            name = value.string("name")
            type = value.string("type")
            allowedContainerIDs = value.integers("allowed_container_ids")
            allowedValidityYears = value.integers("allowed_validity_years")
            allowedOrderValidityYears = value.integers("allowed_order_validity_years")
            signatureHashTypes = value.part("signature_hash_types", HashTypes.init)
            csrRequired = value.boolean("csr_required")
            allowedCACertificates = value.list("allowed_ca_certs", CACertificate.init)
            replacementProductNameID = value.string("replacement_product_name_id")
            validationType = value.string("validation_type")
            duplicatesAllowed = value.boolean("duplicates_allowed")
            serverPlatforms = value.list("server_platforms", ServerPlatform.init)
            customExpirationDateAllowed = value.boolean("custom_expiration_date_allowed")
            licenseAgreement = value.string("license_agreement")
        }
    }
}

extension DigiCert.ListedProduct: DigiCertRow {
    var key: UInt64 { StableHash.of(nameID) }
}
