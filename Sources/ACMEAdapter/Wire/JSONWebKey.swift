internal import CertProtocol
internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials

extension JWSKey {
    /// The `alg` of its signatures.
    var algorithm: String {
        switch self {
        case .p256: "ES256"
        case .p384: "ES384"
        case .rsa: "RS256"
        }
    }

    /// The public key as a JSON Web Key: the required members alone, sorted by name, as a thumbprint wants them.
    var publicKey: JSONNode {
        switch self {
        case .p256(let key): Self.point("P-256", key.publicKey.rawRepresentation)
        case .p384(let key): Self.point("P-384", key.publicKey.rawRepresentation)
        case .rsa(_, let publicKey): publicKey
        }
    }

    /// The public key of an RSA key (RFC 7518, section 6.3.1); `nil` where its numbers aren't to be had.
    static func publicKey(of key: _RSA.Signing.PublicKey) -> JSONNode? {
        guard let numbers = try? key.getKeyPrimitives() else { return nil }
        return [
            "e": .string(Base64URL.text(numbers.publicExponent)), "kty": "RSA",
            "n": .string(Base64URL.text(numbers.modulus)),
        ]
    }

    private static func point(_ curve: String, _ coordinates: Data) -> JSONNode {
        let half = coordinates.count / 2
        return .object([
            ("crv", .string(curve)), ("kty", "EC"), ("x", .string(Base64URL.text(coordinates.prefix(half)))),
            ("y", .string(Base64URL.text(coordinates.suffix(half)))),
        ])
    }

    /// The thumbprint of the public key (RFC 7638).
    var thumbprint: String { Self.thumbprint(of: publicKey) }

    /// The thumbprint of a public key whose members are the required ones, sorted.
    static func thumbprint(of publicKey: JSONNode) -> String {
        Base64URL.text(Data(SHA256.hash(data: Data(publicKey.text.utf8))))
    }
}
