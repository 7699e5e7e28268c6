public import CertProtocol

extension NCP {
    /// A certificate of API v2: an item of `orders[].certificates` and of `sslCertificateList`.
    ///
    /// Sources: ListAdvancedCertificates (`getPaidCertificates`), ListCertificates (`certificates`), ListCloudCertificates
    /// (`getCertificates`), section "Response body", table `certificates`; where the older table and the example of
    /// ListAdvancedCertificates spell a key differently, both are read.
    public struct Certificate: Sendable {
        /// `certificateNo` (Integer, in places String): the number of the certificate.
        public let certificateNo: Int64
        /// `certificateName` (String): the name in the console, unique in the account.
        public let certificateName: String?
        /// `memberNo` (String): the number of the platform's member who owns it.
        public let memberNo: String?
        /// `commonName` (String): the domain of the CN.
        public let commonName: String?
        /// `dnsName` (String or Array): the domains of the SAN extension; absent from the documented example.
        public let dnsNames: [String]?
        /// `statusCode` (String, in places Integer): a signed whole number.
        public let statusCode: String?
        /// `statusName` (String): the status for people, such as `Ongoing`.
        public let statusName: String?
        /// `certificateType` (String), or `certificateTypeCode` as the older table spells it: `NCP_PAID_OV_01`.
        public let certificateType: String?
        /// `domainCode` (String): on what kind of domain it was issued; `PUB` is the documented value.
        public let domainCode: String?
        /// `orderId` (String), or `orderID` as the older table spells it: the order, where the item repeats it.
        public let orderID: String?
        /// `issueType` (String): tells whether it can be reissued; `ORIGINAL` is the documented value.
        public let issueType: String?
        /// `subjectDN` (String): the distinguished name, in the service's own notation (`cn=…,o=…,s=…`).
        public let subjectDN: String?
        /// `registDate` (String): when it was registered.
        public let registDate: String?
        /// `updateDate` (String): when it was changed last.
        public let updateDate: String?
        /// `issueDate` (String): when it was issued. Documented since 2026-09-17, as what follows but `notAfter`.
        public let issueDate: String?
        /// `notBefore` (String): the start of its validity.
        public let notBefore: String?
        /// `notAfter` (String): the end of its validity.
        public let notAfter: String?
        /// `revokeDate` (String): when it was revoked.
        public let revokeDate: String?
        /// `certPublicKeyInfo` (String): the public key's kind.
        public let certPublicKeyInfo: String?
        /// `issuer` (String): who signed it.
        public let issuer: String?
        /// `serialNumber` (String): its serial number.
        public let serialNumber: String?
        /// `signatureAlgorithm` (String): how it is signed.
        public let signatureAlgorithm: String?
        /// `usedInstanceNoList` (List of undocumented elements): the instances that use it.
        public let usedInstanceNoList: [String]?
        /// The item as sent.
        public let raw: JSONValue

        /// Reads an item; `nil` where it is no object or has no `certificateNo`.
        public init?(_ value: JSONValue) {
            guard let number = value.integer("certificateNo") else { return nil }
            certificateNo = number
            certificateName = value.string("certificateName")
            memberNo = value.string("memberNo")
            commonName = value.string("commonName")
            dnsNames = value.separatedTexts("dnsName")
            statusCode = value.string("statusCode")
            statusName = value.string("statusName")
            certificateType = value.string("certificateType") ?? value.string("certificateTypeCode")
            domainCode = value.string("domainCode")
            orderID = NCP.orderID(value)
            issueType = value.string("issueType")
            subjectDN = value.string("subjectDN")
            registDate = value.string("registDate")
            updateDate = value.string("updateDate")
            issueDate = value.string("issueDate")
            notBefore = value.string("notBefore")
            notAfter = value.string("notAfter")
            revokeDate = value.string("revokeDate")
            certPublicKeyInfo = value.string("certPublicKeyInfo")
            issuer = value.string("issuer")
            serialNumber = value.string("serialNumber")
            signatureAlgorithm = value.string("signatureAlgorithm")
            usedInstanceNoList = value.separatedTexts("usedInstanceNoList")
            raw = value
        }
    }

    /// The id of an order in either spelling: `orderId` in the examples, `orderID` in the older tables.
    static func orderID(_ value: JSONValue) -> String? {
        value.string("orderId").unlessBlank ?? value.string("orderID").unlessBlank
    }
}

extension NCP.Certificate: NCPRow {
    static var necessity: String { "a certificateNo" }
}
