internal import AdapterHTTP
internal import CertProtocol

extension NCP {
    /// The body of RegisterExternalCertificate (`POST withExternal`) of either version of the API. The answer is a list of
    /// the certificates that were registered.
    ///
    /// Sources: createExternalCertificate (v1), RegisterExternalCertificate (v2).
    struct ExternalRegistration: NCPChange {
        /// The version of the API, by which path and keys differ.
        var version: NCPSettings.APIVersion
        /// `certificateName` (String): 3 to 20 letters, digits and `-`, unique in the account.
        var certificateName: String
        /// `certificateNo` (Integer, v2 only): the certificate that it takes the place of.
        var certificateNo: Int64?
        /// `privateKey` (String): PEM, unencrypted.
        var privateKey: Secret
        /// `certificateBody` (String), in v1 `publicKeyCertificate`: the certificate, PEM.
        var certificateBody: String
        /// `certificateChain` (String): the certificates above it, PEM.
        var certificateChain: String?

        /// The one place where the private key leaves its ``Secret``.
        var call: HTTPCall {
            let body = JSONNode.record([
                ("certificateName", .string(certificateName)),
                ("certificateNo", certificateNo.map(JSONNode.integer)),
                ("privateKey", privateKey.withExposedValue(JSONNode.string)),
                (version == .v1 ? "publicKeyCertificate" : "certificateBody", .string(certificateBody)),
                ("certificateChain", certificateChain.map(JSONNode.string)),
            ])
            var call = Self.post(
                version == .v1 ? "/api/v1/certificate/withExternal" : "/api/v2/certificate/withExternal", body
            )
            call.secrets = [privateKey]
            return call
        }
    }
}
