internal import AdapterHTTP
public import CertProtocol

extension NCP {
    /// The body of AdvancedCertificateRequest (`POST requestPaidCertificateIssuance`).
    ///
    /// `requestToken`, which the table names too, isn't explained there and isn't sent.
    struct AdvancedIssuance: NCPChange {
        /// `csr` (String): the certificate signing request, PEM.
        var csr: String
        /// `certificateType` (String): `NCP_PAID_DV_01`, `NCP_PAID_OV_01`.
        var certificateType: String
        /// `certificateName` (String): 3 to 20 letters, digits and `-`, unique in the account.
        var certificateName: String
        /// `commonName` (String): the domain of the CN.
        var commonName: String
        /// `dnsName` (Array): the domains of the SAN extension.
        var dnsName: [String]
        /// `validationMethod` (String): `D`, a TXT record for this once; `PD`, one that stays.
        var validationMethod: String
        /// `organizationNo` (Integer): needed for OV.
        var organizationNo: Int64?
        /// `keyAlgorithm` (String): its values aren't documented.
        var keyAlgorithm: String?
        /// `subscriptionPeriod` (Integer here; `1Y` in SubscriptionExtend): the years to be paid for.
        var subscriptionPeriod: Int?

        var call: HTTPCall {
            let body = JSONNode.record([
                ("csr", .string(csr)), ("certificateType", .string(certificateType)),
                ("certificateName", .string(certificateName)), ("commonName", .string(commonName)),
                ("dnsName", .stringsIfAny(dnsName)), ("validationMethod", .string(validationMethod)),
                ("organizationNo", organizationNo.map(JSONNode.integer)),
                ("keyAlgorithm", keyAlgorithm.map(JSONNode.string)),
                ("subscriptionPeriod", subscriptionPeriod.map { .integer(Int64($0)) }),
            ])
            return Self.post("/api/v2/certificate/requestPaidCertificateIssuance", body)
        }
    }

    /// The answer to AdvancedCertificateRequest.
    public struct AdvancedIssuanceAnswer: Sendable {
        /// What stands around the answer.
        public let envelope: Envelope
        /// `paidCertificate` (Object): the certificate that is being made. Its fields aren't known from the documentation;
        /// they are read as those of every other certificate. `nil` where it has no number.
        public let paidCertificate: Certificate?
        /// The answer as sent.
        public let raw: JSONValue

        /// Reads an answer.
        public init(_ value: JSONValue) {
            envelope = Envelope(value)
            paidCertificate = value.object("paidCertificate").flatMap { Certificate($0) }
            raw = value
        }
    }
}
