public import CertProtocol
internal import Crypto
internal import CryptoExtras
internal import Host
internal import SwiftASN1
internal import X509

/// A key pair that was made on this machine, and what asks for a certificate of it.
///
/// ```swift
/// let key = try GeneratedKey(.ecP256)
/// try PrivateKeyFile.write(key.privateKeyPEM, to: "server.key")
/// let request = try key.signingRequest(for: ["example.com", "www.example.com"])
/// ```
public struct GeneratedKey: Sendable {
    /// The kind of key.
    public let algorithm: KeyAlgorithm
    /// The private key, PEM (PKCS #8), unencrypted.
    public let privateKeyPEM: Secret
    private let key: X509.Certificate.PrivateKey

    /// A new key. A large RSA key takes seconds.
    ///
    /// - Parameter algorithm: the kind of key.
    /// - Throws: `unavailable` where the machine makes none.
    public init(_ algorithm: KeyAlgorithm = .default) throws(CertProtocol.CertificateError) {
        self.algorithm = algorithm
        do {
            switch algorithm {
            case .ecP256:
                let key = P256.Signing.PrivateKey()
                (self.key, privateKeyPEM) = (.init(key), Secret(key.pemRepresentation + "\n"))
            case .ecP384:
                let key = P384.Signing.PrivateKey()
                (self.key, privateKeyPEM) = (.init(key), Secret(key.pemRepresentation + "\n"))
            case .rsa2048, .rsa3072, .rsa4096:
                let key = try _RSA.Signing.PrivateKey(keySize: algorithm.keySize)
                (self.key, privateKeyPEM) = (.init(key), Secret(key.pkcs8PEMRepresentation + "\n"))
            }
        } catch {
            throw CertProtocol.CertificateError.wrapping(error, "A \(algorithm.rawValue) key can't be made here.")
        }
    }

    /// A signing request for names, signed with this key: the first as the common name too, all as alternative names.
    ///
    /// - Parameter names: DNS names, as they are written; international ones become A-labels.
    /// - Returns: the request, PEM.
    /// - Throws: `invalid_request` where a name is none, or there is none.
    public func signingRequest(for names: [String]) throws(CertProtocol.CertificateError) -> String {
        var labels: [String] = []
        for name in names {
            guard let label = DomainName.normalized(name) else {
                throw CertProtocol.CertificateError(.invalidRequest, "“\(name)” is not a domain name.")
            }
            if !labels.contains(label) { labels.append(label) }
        }
        guard let first = labels.first else {
            throw CertProtocol.CertificateError(.invalidRequest, "A signing request needs a domain name at least.")
        }
        do {
            // A common name has 64 characters at most (RFC 5280, appendix A.1).
            let subject =
                first.utf8.count <= 64 ? try DistinguishedName { CommonName(first) } : try DistinguishedName {}
            let extensions = try X509.Certificate.Extensions { SubjectAlternativeNames(labels.map { .dnsName($0) }) }
            let request = try CertificateSigningRequest(
                version: .v1, subject: subject, privateKey: key,
                attributes: .init([.init(ExtensionRequest(extensions: extensions))]),
                signatureAlgorithm: algorithm.signatureAlgorithm
            )
            return try request.serializeAsPEM().pemString + "\n"
        } catch {
            throw CertProtocol.CertificateError.wrapping(
                error, as: .invalidRequest, "No signing request can be made for these names."
            )
        }
    }
}

extension KeyAlgorithm {
    fileprivate var keySize: _RSA.Signing.KeySize {
        switch self {
        case .rsa4096: .bits4096
        case .rsa3072: .bits3072
        default: .bits2048
        }
    }

    fileprivate var signatureAlgorithm: X509.Certificate.SignatureAlgorithm {
        switch self {
        case .ecP256: .ecdsaWithSHA256
        case .ecP384: .ecdsaWithSHA384
        case .rsa2048, .rsa3072, .rsa4096: .sha256WithRSAEncryption
        }
    }
}
