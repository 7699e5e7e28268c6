internal import CertProtocol
internal import Crypto
internal import CryptoExtras
internal import SwiftASN1
internal import X509

/// The key that a certificate is for.
struct LocalCAKey {
    let publicKey: X509.Certificate.PublicKey

    /// What tells it from others: the SHA-1 hash of it (RFC 5280, section 4.2.1.2), hexadecimal.
    var identifier: String { Hexadecimal.text(SubjectKeyIdentifier(hash: publicKey).keyIdentifier) }

    private static let leastRSABits = 2048
    private static let mostRSABits = 8192

    /// The key of a signing request (PKCS #10, RFC 2986), which proves with its signature that the sender has it.
    ///
    /// - Throws: `invalid_request` for what is no request; `rejected` where the key is too weak.
    init(signingRequest pem: String) throws(CertProtocol.CertificateError) {
        let request: CertificateSigningRequest
        do { request = try CertificateSigningRequest(pemEncoded: pem) } catch {
            var failure = CertProtocol.CertificateError.malformed(
                "unreadable_request",
                "The signing request can't be read as PEM of PKCS #10, or its key is too weak (RSA needs 2048 bits).")
            failure.underlying = error
            throw failure
        }
        guard request.publicKey.isValidSignature(request.signature, for: request) else {
            throw .malformed("wrong_signature", "The signing request is not signed by its own key.")
        }
        try self.init(request.publicKey)
    }

    /// The key of a certificate that is renewed.
    init(certificate pem: String) throws(CertProtocol.CertificateError) {
        let certificate: X509.Certificate
        do { certificate = try X509.Certificate(pemEncoded: pem) } catch {
            throw CertProtocol.CertificateError.wrapping(
                error, as: .malformedResponse, "The certificate that is renewed can't be read.")
        }
        try self.init(certificate.publicKey)
    }

    private init(_ key: X509.Certificate.PublicKey) throws(CertProtocol.CertificateError) {
        publicKey = key
        let rsa = _RSA.Signing.PublicKey(key)
        let isElliptic = P256.Signing.PublicKey(key) != nil || P384.Signing.PublicKey(key) != nil
        guard rsa.map({ (Self.leastRSABits...Self.mostRSABits).contains($0.keySizeInBits) }) ?? isElliptic else {
            throw .refused(
                "key_not_permitted",
                "The local CA takes keys of RSA, \(Self.leastRSABits) to \(Self.mostRSABits) bits, and of the curves P-256 and P-384."
            )
        }
    }
}
