internal import CertProtocol
internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials

/// A private key that signs requests (JSON Web Algorithms, RFC 7518): of an account, or of a certificate that is revoked.
enum JWSKey: Sendable {
    /// ES256: ECDSA on P-256 with SHA-256.
    case p256(P256.Signing.PrivateKey)
    /// ES384: ECDSA on P-384 with SHA-384.
    case p384(P384.Signing.PrivateKey)
    /// RS256: RSASSA-PKCS1-v1_5 with SHA-256. Accounts of other clients and certificates commonly have such keys.
    case rsa(_RSA.Signing.PrivateKey, publicKey: JSONNode)

    /// Reads a key.
    ///
    /// - Throws: an error of that code for what is none of these, which calls it by that name.
    init(pem: Secret, orThrow code: CertificateError.Code, _ name: String) throws(CertificateError) {
        let key = pem.withExposedValue { text -> JWSKey? in
            if let key = try? P256.Signing.PrivateKey(pemRepresentation: text) { return .p256(key) }
            if let key = try? P384.Signing.PrivateKey(pemRepresentation: text) { return .p384(key) }
            guard let key = try? _RSA.Signing.PrivateKey(pemRepresentation: text) else { return nil }
            return JWSKey.publicKey(of: key.publicKey).map { .rsa(key, publicKey: $0) }
        }
        guard let key else {
            throw CertificateError(
                code, "\(name) is no private key in PEM that is EC P-256 or P-384 or RSA, unencrypted.")
        }
        self = key
    }

    /// Signs.
    ///
    /// - Throws: `authentication` where the key can't.
    func signature(for bytes: Data) throws(CertificateError) -> Data {
        do {
            return switch self {
            case .p256(let key): try key.signature(for: bytes).rawRepresentation
            case .p384(let key): try key.signature(for: bytes).rawRepresentation
            case .rsa(let key, _):
                try key.signature(for: SHA256.hash(data: bytes), padding: .insecurePKCS1v1_5).rawRepresentation
            }
        } catch {
            throw .wrapping(error, as: .authentication, "The key can't sign.")
        }
    }
}
