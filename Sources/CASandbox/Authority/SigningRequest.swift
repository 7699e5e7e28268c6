internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials
internal import SwiftASN1
internal import X509

/// A certificate signing request (PKCS #10, RFC 2986) that proves possession of its key.
struct SigningRequest: Sendable {
    /// Why a request can't be used.
    enum Problem: Error, Equatable {
        /// It isn't a request, or of a key that no certificate may have: an RSA key of fewer than 2048 bits, for example.
        case unreadable
        /// Its signature isn't by its own key.
        case wrongSignature
    }

    /// The key that the certificate is for.
    let publicKey: Certificate.PublicKey
    /// The size of that key in bits.
    let keySize: Int
    /// The common name of its subject, where it has one.
    let commonName: String?
    /// The DNS names that it asks for as an extension.
    let dnsNames: [String]
    /// The request, PEM, with LF.
    let pem: String

    /// Reads a request: PEM with any line breaks, or the base64 text alone.
    init(_ text: String) throws(Problem) {
        let body = text.replacing(/-----[A-Z ]+-----/, with: "").filter { !$0.isWhitespace }
        guard !body.isEmpty, let bytes = Data(base64Encoded: body),
            let request = try? CertificateSigningRequest(derEncoded: Array(bytes))
        else { throw .unreadable }
        guard request.publicKey.isValidSignature(request.signature, for: request) else { throw .wrongSignature }
        guard let keySize = Self.keySize(of: request.publicKey) else { throw .unreadable }
        self.keySize = keySize
        publicKey = request.publicKey
        commonName = request.subject.lazy.flatMap(\.self).first { $0.type == .RDNAttributeType.commonName }
            .flatMap { String($0.value) }
        let names = try? request.attributes.extensionRequest?.extensions.subjectAlternativeNames
        dnsNames = (names ?? SubjectAlternativeNames()).compactMap { name in
            if case .dnsName(let name) = name { name } else { nil }
        }
        pem = PEMText.wrap(Array(bytes), as: "CERTIFICATE REQUEST")
    }

    /// Whether the key can encrypt, which a key usage may then say.
    var isRSA: Bool { _RSA.Signing.PublicKey(publicKey) != nil }

    private static func keySize(of key: Certificate.PublicKey) -> Int? {
        if let key = _RSA.Signing.PublicKey(key) { return key.keySizeInBits }
        if P256.Signing.PublicKey(key) != nil { return 256 }
        if P384.Signing.PublicKey(key) != nil { return 384 }
        return P521.Signing.PublicKey(key) == nil ? nil : 521
    }
}
