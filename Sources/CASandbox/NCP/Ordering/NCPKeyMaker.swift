internal import Crypto
internal import CryptoExtras
internal import SwiftASN1
internal import X509

/// Keys that the service makes itself, for certificates that are ordered without a signing request.
enum NCPKeyMaker {
    /// The kinds of keys that issuePrivate names.
    static let kinds = ["RSA2048", "RSA4096", "EC256", "EC521"]

    /// A request for the certificate of a new key.
    static func request(_ kind: String, commonName: String) throws -> SigningRequest {
        let key: Certificate.PrivateKey =
            switch kind {
            case "RSA2048": Certificate.PrivateKey(try _RSA.Signing.PrivateKey(keySize: .bits2048))
            case "RSA4096": Certificate.PrivateKey(try _RSA.Signing.PrivateKey(keySize: .bits4096))
            case "EC521": Certificate.PrivateKey(P521.Signing.PrivateKey())
            default: Certificate.PrivateKey(P256.Signing.PrivateKey())
            }
        let request = try CertificateSigningRequest(
            version: .v1, subject: DistinguishedName { CommonName(commonName) }, privateKey: key,
            attributes: CertificateSigningRequest.Attributes()
        )
        var serializer = DER.Serializer()
        try serializer.serialize(request)
        return try SigningRequest(PEMText.wrap(serializer.serializedBytes, as: "CERTIFICATE REQUEST"))
    }
}
