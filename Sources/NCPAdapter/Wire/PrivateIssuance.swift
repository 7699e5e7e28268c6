internal import AdapterHTTP
internal import CertProtocol

extension NCP {
    /// The body of issuePrivate of API v1 in the government zone (`POST /api/v1/certificate/issuePrivate`). It takes no signing
    /// request: the service makes the key. Its answer isn't documented.
    struct PrivateIssuance: NCPChange {
        /// `caTag` (String): which private certificate authority of the account signs.
        var caTag: String
        /// `certificateName` (String): 3 to 20 letters, digits and `-`; 30 by the older page.
        var certificateName: String
        /// `certificateType` (String): `NCP_PRIVATE`, `NCP_PRIVATE_SSL`.
        var certificateType: String
        /// `keyType` (String): `RSA2048`, `RSA4096`, `EC256`, `EC521`.
        var keyType: String
        /// `period` (String): days, `1` to `3650`, or `MAX`.
        var period: String
        /// `registPrivateKey` (Boolean): whether Certificate Manager keeps the private key.
        var registPrivateKey: Bool
        /// `commonName` (String): 1 to 64 characters.
        var commonName: String
        /// `dnsSans` (Array): the DNS names of the SAN extension.
        var dnsSans: [String]
        /// `organization` (String, up to 64 characters).
        var organization: String?
        /// `organizationUnit` (String, up to 128 characters, as what follows).
        var organizationUnit: String?
        /// `locality` (String).
        var locality: String?
        /// `stateProvince` (String).
        var stateProvince: String?
        /// `streetAddress` (String).
        var streetAddress: String?
        /// `country` (String): two letters.
        var country: String?
        /// `emailSans` (Array): the e-mail addresses of the SAN extension.
        var emailSans: [String] = []
        /// `ipSans` (Array): the IP addresses of the SAN extension.
        var ipSans: [String] = []

        var call: HTTPCall {
            let body = JSONNode.record([
                ("caTag", .string(caTag)), ("certificateName", .string(certificateName)),
                ("certificateType", .string(certificateType)), ("keyType", .string(keyType)),
                ("period", .string(period)), ("registPrivateKey", .boolean(registPrivateKey)),
                ("commonName", .string(commonName)), ("organization", organization.map(JSONNode.string)),
                ("organizationUnit", organizationUnit.map(JSONNode.string)),
                ("locality", locality.map(JSONNode.string)), ("stateProvince", stateProvince.map(JSONNode.string)),
                ("streetAddress", streetAddress.map(JSONNode.string)), ("country", country.map(JSONNode.string)),
                ("dnsSans", .stringsIfAny(dnsSans)), ("emailSans", .stringsIfAny(emailSans)),
                ("ipSans", .stringsIfAny(ipSans)),
            ])
            return Self.post("/api/v1/certificate/issuePrivate", body)
        }
    }
}
