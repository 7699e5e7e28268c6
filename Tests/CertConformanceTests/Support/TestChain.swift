import Crypto
import Foundation
import SwiftASN1
import X509

/// A root and what it has signed, made in code.
struct TestChain: Sendable {
    let leaf: String
    let root: String

    static let shared = (try? TestChain()) ?? TestChain(leaf: "", root: "")

    private init(leaf: String, root: String) {
        self.leaf = leaf
        self.root = root
    }

    private init() throws {
        let rootKey = X509.Certificate.PrivateKey(P256.Signing.PrivateKey())
        let leafKey = X509.Certificate.PrivateKey(P256.Signing.PrivateKey())
        root = try Self.certificate("Memory Root", rootKey.publicKey, by: rootKey)
        leaf = try Self.certificate("www.example.com", leafKey.publicKey, by: rootKey)
    }

    private static func certificate(
        _ name: String, _ key: X509.Certificate.PublicKey, by issuer: X509.Certificate.PrivateKey
    ) throws -> String {
        let now = Date()
        return try X509.Certificate(
            version: .v3, serialNumber: .init(), publicKey: key, notValidBefore: now,
            notValidAfter: now + 30 * 86_400, issuer: try DistinguishedName { CommonName("Memory Root") },
            subject: try DistinguishedName { CommonName(name) }, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: .init(), issuerPrivateKey: issuer
        ).serializeAsPEM().pemString + "\n"
    }
}
