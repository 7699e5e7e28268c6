internal import AdapterHTTP
public import CertProtocol

extension NCP {
    /// The body of CloudBasicCertificateRequest (`POST requestCertificateIssuance`). It takes no signing request: the service
    /// makes the key.
    struct CloudBasicIssuance: NCPChange {
        /// `certificateName` (String): 3 to 20 letters, digits and `-`, unique in the account.
        var certificateName: String
        /// `commonName` (String): the domain of the CN.
        var commonName: String
        /// `dnsName` (Array): the domains of the SAN extension.
        var dnsName: [String]
        /// `validationMethod` (String): `D`, a CNAME record.
        var validationMethod: String

        var call: HTTPCall {
            let body = JSONNode.record([
                ("certificateName", .string(certificateName)), ("commonName", .string(commonName)),
                ("dnsName", .stringsIfAny(dnsName)), ("validationMethod", .string(validationMethod)),
            ])
            return Self.post("/api/v2/certificate/requestCertificateIssuance", body)
        }
    }

    /// The answer to CloudBasicCertificateRequest. It holds no number of a certificate.
    public struct CloudBasicIssuanceAnswer: Sendable {
        /// What stands around the answer.
        public let envelope: Envelope
        /// `certificateName` (String).
        public let certificateName: String?
        /// `commonName` (String).
        public let commonName: String?
        /// `dnsName` (String): the domains of the SAN extension.
        public let dnsNames: [String]?
        /// `validationMethod` (String): `D`.
        public let validationMethod: String?
        /// `requestSn`: the number of the request.
        public let requestSn: String?
        /// The answer as sent.
        public let raw: JSONValue

        /// Reads an answer.
        public init(_ value: JSONValue) {
            envelope = Envelope(value)
            certificateName = value.string("certificateName")
            commonName = value.string("commonName")
            dnsNames = value.separatedTexts("dnsName")
            validationMethod = value.string("validationMethod")
            requestSn = value.string("requestSn")
            raw = value
        }
    }
}
