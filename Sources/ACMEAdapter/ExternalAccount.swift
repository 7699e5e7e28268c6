internal import CertProtocol
internal import Crypto

/// An account outside of ACME that the server knows: at DigiCert, NAVER Cloud and others.
struct ExternalAccount: Sendable {
    let keyID: String
    let key: SymmetricKey

    /// An external account, its key in base64url as it was handed out.
    ///
    /// - Throws: `invalid_configuration` for what isn't base64url.
    init(keyID: String, key text: Secret) throws(CertificateError) {
        guard let bytes = text.withExposedValue({ Base64URL.data($0) }), !bytes.isEmpty else {
            throw CertificateError(
                .invalidConfiguration, "eab_hmac_key isn't base64url: give it as the authority handed it out."
            )
        }
        self.keyID = keyID
        key = SymmetricKey(data: bytes)
    }
}
