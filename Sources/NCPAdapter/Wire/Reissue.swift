internal import AdapterHTTP
internal import CertProtocol

extension NCP {
    /// The body of ReissueCertificate (`POST {certificateNo}/reissue`), for Advanced certificates. The answer is the envelope
    /// alone: the number of the new certificate isn't in it.
    struct Reissue: NCPChange {
        /// `certificateNo`, in the path: the certificate that is made anew.
        var certificateNo: Int64
        /// `csr` (String): the certificate signing request, PEM.
        var csr: String
        /// `certificateName` (String): the name of the new certificate.
        var certificateName: String
        /// `commonName` (String): the domain of the CN.
        var commonName: String
        /// `dnsName` (Array): the domains of the SAN extension.
        var dnsName: [String]
        /// `validationMethod` (String): `D`. Older pages know `E`, by e-mail, too.
        var validationMethod: String

        var call: HTTPCall {
            let body = JSONNode.record([
                ("csr", .string(csr)), ("certificateName", .string(certificateName)),
                ("commonName", .string(commonName)), ("dnsName", .stringsIfAny(dnsName)),
                ("validationMethod", .string(validationMethod)),
            ])
            return Self.post("/api/v2/certificate/\(String(certificateNo))/reissue", body)
        }
    }
}
