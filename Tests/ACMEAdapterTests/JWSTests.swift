import AdapterHTTP
import CertProtocol
import Crypto
import CryptoExtras
import Foundation
import Testing

@testable import ACMEAdapter

/// Signatures as others check them.
@Suite("Signed messages (JWS)")
struct JWSTests {
    @Test("the thumbprint of RFC 7638, section 3.1")
    func thumbprint() throws {
        let modulus = """
            0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknj\
            hMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQ\
            vRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzK\
            nqDKgw
            """
        let n = try #require(Base64URL.data(modulus))
        let key = try _RSA.Signing.PublicKey(n: n, e: [1, 0, 1])
        let node = try #require(JWSKey.publicKey(of: key))
        #expect(node.text == #"{"e":"AQAB","kty":"RSA","n":"\#(modulus)"}"#)
        #expect(JWSKey.thumbprint(of: node) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
    }

    private func parts(_ message: [UInt8]) throws -> (header: JSONValue, payload: Data, input: Data, signature: Data) {
        let value = try JSONValue(parsing: message)
        let header = try #require(value.string("protected"))
        let payload = try #require(value.string("payload"))
        return (
            try JSONValue(parsing: [UInt8](#require(Base64URL.data(header)))), try #require(Base64URL.data(payload)),
            Data("\(header).\(payload)".utf8), try #require(value.string("signature").flatMap(Base64URL.data))
        )
    }

    @Test("ES256, ES384 and RS256 verify under the public key")
    func algorithms() throws {
        let p256 = P256.Signing.PrivateKey()
        let p384 = P384.Signing.PrivateKey()
        let rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        for pem in [p256.pemRepresentation, p384.pemRepresentation, rsa.pemRepresentation] {
            let key = try JWSKey(pem: Secret(pem), orThrow: .invalidRequest, "the key")
            let message = try JWS.message(
                ["a": 1], by: key, as: .account("https://acme.test/acct/1"), url: "https://acme.test/x", nonce: "n")
            let (header, payload, input, signature) = try parts(message)
            #expect(
                header.text
                    == #"{"alg":"\#(key.algorithm)","kid":"https://acme.test/acct/1","nonce":"n","url":"https://acme.test/x"}"#
            )
            #expect(payload == Data(#"{"a":1}"#.utf8))
            switch key.algorithm {
            case "ES256":
                #expect(signature.count == 64)
                #expect(p256.publicKey.isValidSignature(try .init(rawRepresentation: signature), for: input))
            case "ES384":
                #expect(signature.count == 96)
                #expect(p384.publicKey.isValidSignature(try .init(rawRepresentation: signature), for: input))
            default:
                #expect(key.algorithm == "RS256")
                #expect(
                    rsa.publicKey.isValidSignature(
                        .init(rawRepresentation: signature), for: SHA256.hash(data: input),
                        padding: .insecurePKCS1v1_5))
            }
        }
    }

    @Test("a message without a payload reads: its payload is empty, and the key stands in it where there is no account")
    func reading() throws {
        let key = try JWSKey(pem: Secret(P256.Signing.PrivateKey().pemRepresentation), orThrow: .invalidRequest, "it")
        let (header, payload, _, _) = try parts(
            JWS.message(nil, by: key, as: .publicKey, url: "https://acme.test/x", nonce: "n"))
        #expect(payload.isEmpty && header["kid"] == nil)
        #expect(header.object("jwk")?.text == key.publicKey.text)
    }

    @Test("an external account signs the public key with HMAC-SHA-256, in whatever base64 its key was handed out")
    func externalAccount() throws {
        let key = try JWSKey(pem: Secret(P256.Signing.PrivateKey().pemRepresentation), orThrow: .invalidRequest, "it")
        for text in ["__-_fake-key-of-a-test", "//+/fake+key+of+a+test==\n"] {
            let account = try ExternalAccount(keyID: "kid-1", key: Secret(text))
            let binding = JWS.binding(of: key, to: account, url: "https://acme.test/account")
            let (header, payload, input, signature) = try parts([UInt8](binding.text.utf8))
            #expect(header.text == #"{"alg":"HS256","kid":"kid-1","url":"https://acme.test/account"}"#)
            #expect(payload == Data(key.publicKey.text.utf8))
            let secret = SymmetricKey(data: try #require(Data(base64Encoded: "//+/fake+key+of+a+test==")))
            #expect(HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: input, using: secret))
        }
        #expect(throws: CertificateError.self) { try ExternalAccount(keyID: "kid-1", key: Secret("no base64!")) }
    }

    @Test("what isn't a key that signs is refused by its name, without its text")
    func otherKeys() {
        for text in ["", "no key", Curve25519.Signing.PrivateKey().rawRepresentation.base64EncodedString()] {
            let error = #expect(throws: CertificateError.self) {
                try JWSKey(pem: Secret(text), orThrow: .invalidConfiguration, "account_key")
            }
            #expect(
                error?.code == .invalidConfiguration
                    && error?.message.hasPrefix("account_key is no private key") == true)
        }
    }
}
