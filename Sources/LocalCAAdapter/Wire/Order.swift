public import CertProtocol
internal import FoundationEssentials

extension LocalCA {
    /// An order, as the authority keeps it in `orders/ID.json`, and its certificate. Each order has one.
    ///
    /// Dates are RFC 3339 in UTC.
    public struct Order: Sendable {
        /// The number of the order.
        public var orderID: String
        /// `issued` or `revoked`. The authority tells of `expired` when a certificate has ended; it isn't written down.
        public var status: String
        /// `server`, `client` or `peer`.
        public var product: String?
        /// The order that it renews.
        public var renewedOrderID: String?
        /// The key of the journal entry of whoever ordered it.
        public var journalKey: String?
        /// On whose behalf it was ordered.
        public var principal: String?
        /// What the orderer wrote.
        public var comments: String?
        /// When it was ordered, and issued.
        public var createdAt: String?
        /// The first name.
        public var commonName: String?
        /// All names.
        public var dnsNames: [String]?
        /// The serial number, hexadecimal; the certificate's id too.
        public var serialNumber: String
        /// The SHA-1 hash of the certificate, hexadecimal.
        public var thumbprint: String?
        /// The first second of validity.
        public var notBefore: String?
        /// The last second of validity.
        public var notAfter: String?
        /// When it was revoked.
        public var revokedAt: String?
        /// Why it was revoked: a `RevocationReason`.
        public var revocationReason: String?
        /// What whoever revoked it wrote.
        public var revocationComments: String?
        /// The certificate, PEM.
        public var certificate: String
        /// The certificate of the intermediate that signed it, PEM.
        public var issuer: String
        /// What else stands in the record, such as what a later version has written: it stays.
        private var others: [(String, JSONNode)] = []

        /// Reads a record; `nil` where it lacks what an order hangs on.
        public init?(_ raw: JSONValue) {
            guard let id = raw.string("order_id"), let status = raw.string("status"),
                let serial = raw.string("serial_number"), Hexadecimal.bytes(serial) != nil,
                let certificate = raw.string("certificate"), PEMCertificate.all(in: certificate)?.count == 1,
                let issuer = raw.string("issuer")
            else { return nil }
            // Whoever was revoked stays so: without its date it would be in no list.
            let isRevoked = status == Word.revoked.rawValue
            if isRevoked, raw.string("revoked_at").flatMap({ CertificateDate($0) }) == nil { return nil }
            orderID = id
            self.status = status
            serialNumber = serial
            self.certificate = certificate
            self.issuer = issuer
            product = raw.string("product")
            renewedOrderID = raw.string("renewed_order_id")
            journalKey = raw.string("journal_key")
            principal = raw.string("principal")
            comments = raw.string("comments")
            createdAt = raw.string("created_at")
            commonName = raw.string("common_name")
            dnsNames = raw.strings("dns_names")
            thumbprint = raw.string("thumbprint")
            notBefore = raw.string("not_before")
            notAfter = raw.string("not_after")
            revokedAt = raw.string("revoked_at")
            revocationReason = raw.string("revocation_reason")
            revocationComments = raw.string("revocation_comments")
            let known = Set(JSONValue(node).members.map(\.name))
            others = raw.members.filter { !known.contains($0.name) }.map { ($0.name, .raw($0.value)) }
        }

        /// An order of a certificate; set the rest.
        init(orderID: String, serialNumber: String, certificate: String, issuer: String) {
            self.orderID = orderID
            self.serialNumber = serialNumber
            self.certificate = certificate
            self.issuer = issuer
            status = Word.issued.rawValue
        }

        /// The record.
        var node: JSONNode {
            let own: [(String, JSONNode)] = [
                ("order_id", .string(orderID)), ("status", .string(status)), ("product", .optional(product)),
                ("renewed_order_id", .optional(renewedOrderID)), ("journal_key", .optional(journalKey)),
                ("principal", .optional(principal)), ("comments", .optional(comments)),
                ("created_at", .optional(createdAt)), ("common_name", .optional(commonName)),
                ("dns_names", dnsNames.map(JSONNode.strings) ?? .null), ("serial_number", .string(serialNumber)),
                ("thumbprint", .optional(thumbprint)), ("not_before", .optional(notBefore)),
                ("not_after", .optional(notAfter)), ("revoked_at", .optional(revokedAt)),
                ("revocation_reason", .optional(revocationReason)),
                ("revocation_comments", .optional(revocationComments)), ("certificate", .string(certificate)),
                ("issuer", .string(issuer)),
            ]
            return .object(own + others)
        }
    }
}
