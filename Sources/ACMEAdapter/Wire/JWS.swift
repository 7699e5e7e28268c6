internal import CertProtocol
internal import Crypto
internal import FoundationEssentials

/// Messages signed as JSON (JSON Web Signature, RFC 7515, flattened; RFC 8555, section 6.2).
enum JWS {
    /// Whose signature it is.
    enum Identity: Sendable {
        /// The account of that URL (`kid`).
        case account(String)
        /// Whoever has the key, which stands in the message (`jwk`): a new account, or a certificate's holder.
        case publicKey
    }

    /// A signed message.
    ///
    /// - Parameters:
    ///   - payload: what it says; `nil` for nothing, which reads (POST-as-GET, RFC 8555, section 6.3).
    ///   - key: what signs it.
    ///   - identity: whose signature it is.
    ///   - url: where it is sent.
    ///   - nonce: the server's, good for this message only.
    /// - Returns: the message, JSON.
    /// - Throws: `authentication` where the key can't sign.
    static func message(
        _ payload: JSONNode?, by key: JWSKey, as identity: Identity, url: String, nonce: String
    ) throws(CertificateError) -> [UInt8] {
        let name: (String, JSONNode) =
            switch identity {
            case .account(let url): ("kid", .string(url))
            case .publicKey: ("jwk", key.publicKey)
            }
        let header: JSONNode = .object([
            ("alg", .string(key.algorithm)), name, ("nonce", .string(nonce)), ("url", .string(url)),
        ])
        let node = try message(header, payload?.text ?? "") { bytes throws(CertificateError) in
            try key.signature(for: bytes)
        }
        return Array(node.text.utf8)
    }

    /// The proof that an account belongs to an external one (RFC 8555, section 7.3.4): the account's public key, signed with
    /// the external account's key.
    static func binding(of key: JWSKey, to account: ExternalAccount, url: String) -> JSONNode {
        let header: JSONNode = .object([("alg", "HS256"), ("kid", .string(account.keyID)), ("url", .string(url))])
        return message(header, key.publicKey.text) {
            Data(HMAC<SHA256>.authenticationCode(for: $0, using: account.key))
        }
    }

    private static func message<Failure: Error>(
        _ header: JSONNode, _ payload: String, sign: (Data) throws(Failure) -> Data
    ) throws(Failure) -> JSONNode {
        let protected = Base64URL.text(Data(header.text.utf8))
        let payload = Base64URL.text(Data(payload.utf8))
        let signature = try sign(Data("\(protected).\(payload)".utf8))
        return [
            "protected": .string(protected), "payload": .string(payload),
            "signature": .string(Base64URL.text(signature)),
        ]
    }
}

/// Base64 in the alphabet of URLs, without padding (RFC 4648, section 5).
enum Base64URL {
    static func text(_ bytes: Data) -> String {
        bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// The bytes of a text, with or without padding, in either alphabet, since authorities hand out both; `nil` where it is none.
    static func data(_ text: String) -> Data? {
        let base64 = text.filter { !$0.isWhitespace && $0 != "=" }.replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: base64 + String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4))
    }

    /// Whether a text has but the characters of this alphabet, as nonces and tokens do (RFC 8555, section 6.5.1 and 8.1).
    static func isText(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 500 && text.utf8.allSatisfy { characters.contains($0) }
    }

    private static let characters = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}
