public import CertProtocol

extension DigiCert {
    /// A certificate as it stands in an order, or as an item of the lists of duplicates and reissues.
    ///
    /// Sources: the parameter tables of DigiCert's “Order info” (`GET /order/certificate/{order_id}`), “List orders”
    /// (`GET /order/certificate`), “List subaccount orders” (`GET /account/subaccount/order`), “List duplicates” (`GET
    /// /order/certificate/{order_id}/duplicate`) and “List reissues” (`GET /order/certificate/{order_id}/reissue`).
    /// Every endpoint sends some of the fields.
    public struct CertificateDetails: Sendable, Hashable {
        /// The certificate's id. Ids exceed 32 bits. Absent while an order still waits.
        public let id: Int64?
        /// The SHA-1 thumbprint, 40 upper-case hexadecimal digits. Once issued.
        public let thumbprint: String?
        /// The serial number, upper-case hexadecimal; a leading zero is kept. Once issued.
        public let serialNumber: String?
        /// The name that the certificate secures.
        public let commonName: String?
        /// How long the certificate was asked to be valid; not the period that the order is paid for.
        public let certificateValidity: Validity?
        /// The e-mail addresses of the certificate (S/MIME).
        public let emails: [String]?
        /// The additional names, with or without the common name. Before May 2022 an array of one blank string could
        /// mean none.
        public let dnsNames: [String]?
        /// When the certificate was asked for; an instant in UTC.
        public let dateCreated: CertificateDate?
        /// When it was issued. Absent while pending, or after a rejection.
        public let dateIssued: CertificateDate?
        /// The first day of its validity. Once issued.
        public let validFrom: CertificateDate?
        /// The last day of its validity. Once issued.
        public let validTill: CertificateDate?
        /// The days until it ends, at the time of the answer. Once issued.
        public let daysRemaining: Int?
        /// The certificate signing request, PEM.
        public let csr: String?
        /// The organization in the certificate; only its id is documented here.
        public let organization: OrganizationInfo?
        /// The organizational units in the certificate.
        public let organizationUnits: [String]?
        /// The server software that it was asked for.
        public let serverPlatform: ServerPlatform?
        /// The hash of the signature: `sha256`, `sha384`, `sha512`.
        public let signatureHash: String?
        /// The length of the key, in bits.
        public let keySize: Int?
        /// The CA certificate that signs it.
        public let caCertificate: CACertificate?
        /// The id of that CA certificate, in the lists of duplicates and reissues.
        public let caCertificateID: String?
        /// The certificate's own status. In order info usually absent: `revoked` where just this certificate was
        /// revoked. In the lists of duplicates and reissues `approved`, `issued`, `pending` or `rejected`.
        public let status: String?
        /// The id of the user who asked for it.
        public let userID: Int64?
        /// The id of the receipt.
        public let receiptID: Int64?
        /// The additional names that were paid for.
        public let purchasedDNSNames: Int?
        /// The wildcard names that were paid for.
        public let purchasedWildcardNames: Int?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            id = value.integer("id")
            thumbprint = value.string("thumbprint")
            serialNumber = value.string("serial_number")
            commonName = value.string("common_name")
            certificateValidity = value.part("cert_validity", Validity.init)
            emails = value.strings("emails")
            dnsNames = value.strings("dns_names")
            dateCreated = value.date("date_created")
            dateIssued = value.date("date_issued")
            validFrom = value.date("valid_from")
            validTill = value.date("valid_till")
            daysRemaining = value.count("days_remaining")
            csr = value.string("csr")
            organization = value.part("organization", OrganizationInfo.init)
            organizationUnits = value.strings("organization_units")
            serverPlatform = value.part("server_platform", ServerPlatform.init)
            signatureHash = value.string("signature_hash")
            keySize = value.count("key_size")
            caCertificate = value.part("ca_cert", CACertificate.init)
            caCertificateID = value.string("ca_cert_id")
            status = value.string("status")
            userID = value.integer("user_id")
            receiptID = value.integer("receipt_id")
            purchasedDNSNames = value.count("purchased_dns_names")
            purchasedWildcardNames = value.count("purchased_wildcard_names")
        }
    }
}
