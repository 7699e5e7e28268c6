internal import Crypto
internal import FoundationEssentials
internal import X509

/// A certificate authority in memory: a root, an intermediate under it, and what the intermediate signs.
///
/// Its keys are made anew at every start and never leave it, so that nobody can come to trust it by accident.
struct SandboxAuthority: Sendable {
    private static let rootYears = 20.0
    private static let intermediateYears = 10.0
    private static let longestCommonName = 64

    private let signingKey: Certificate.PrivateKey
    private let intermediate: Certificate
    /// The certificates above a leaf: the intermediate's, then the root's.
    let issuers: [IssuedCertificate.Link]

    /// The root, PEM with LF.
    var rootPEM: String { issuers.last?.pem ?? "" }

    /// An authority whose own certificates are valid from well before `now`.
    init(now: Date = Date()) throws {
        let rootKey = Certificate.PrivateKey(P384.Signing.PrivateKey())
        signingKey = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let rootName = try Self.name("Sandbox Root CA")
        let root = try Self.authorityCertificate(
            for: rootKey.publicKey, named: rootName, by: rootName, key: rootKey, issuerKey: rootKey.publicKey,
            pathLength: nil, now: now, years: Self.rootYears
        )
        intermediate = try Self.authorityCertificate(
            for: signingKey.publicKey, named: Self.name("Sandbox Issuing CA"), by: rootName, key: rootKey,
            issuerKey: rootKey.publicKey, pathLength: 0, now: now, years: Self.intermediateYears
        )
        issuers = [try IssuedCertificate.Link(intermediate), try IssuedCertificate.Link(root)]
    }

    /// Signs a certificate for the key of a request.
    ///
    /// - Throws: X509's or SwiftASN1's error where the template holds what no certificate can, such as a name beyond ASCII.
    func issue(_ template: CertificateTemplate, for request: SigningRequest) throws -> IssuedCertificate {
        try issue(template, publicKey: request.publicKey, isRSA: request.isRSA, serialNumber: Self.serialNumber())
    }

    /// Signs a certificate for a key that is thrown away: one that can be looked at, and that nobody can use.
    ///
    /// - Parameters:
    ///   - template: what it says.
    ///   - serialNumber: its serial number, hexadecimal; a random one where this is none.
    /// - Returns: the certificate.
    /// - Throws: as ``issue(_:for:)``.
    func issue(_ template: CertificateTemplate, serialNumber: String?) throws -> IssuedCertificate {
        let digits = Array((serialNumber ?? "").utf8)
        let pairs = stride(from: 0, to: digits.count - digits.count % 2, by: 2).map { start in
            UInt8(String(decoding: digits[start..<(start + 2)], as: UTF8.self), radix: 16)
        }
        let bytes = pairs.compactMap(\.self)
        let isNumber = !bytes.isEmpty && bytes.count * 2 == digits.count && bytes.contains { $0 != 0 }
        return try issue(
            template, publicKey: Certificate.PublicKey(P256.Signing.PrivateKey().publicKey), isRSA: false,
            serialNumber: isNumber ? Certificate.SerialNumber(bytes: bytes) : Self.serialNumber()
        )
    }

    private func issue(
        _ template: CertificateTemplate, publicKey: Certificate.PublicKey, isRSA: Bool,
        serialNumber: Certificate.SerialNumber
    ) throws -> IssuedCertificate {
        let subject = try Self.subject(of: template)
        let usage = KeyUsage(digitalSignature: true, keyEncipherment: isRSA)
        let names = SubjectAlternativeNames(template.dnsNames.map(GeneralName.dnsName))
        let extensions = try Certificate.Extensions {
            Critical(BasicConstraints.notCertificateAuthority)
            Critical(usage)
            try ExtendedKeyUsage([.serverAuth])
            SubjectKeyIdentifier(hash: publicKey)
            Self.authorityKeyIdentifier(of: signingKey.publicKey)
            // RFC 5280, section 4.2.1.6: critical where the subject is empty.
            if subject.isEmpty { Critical(names) } else { names }
        }
        let certificate = try Certificate(
            version: .v3, serialNumber: serialNumber, publicKey: publicKey,
            notValidBefore: template.notBefore, notValidAfter: template.notAfter, issuer: intermediate.subject,
            subject: subject, signatureAlgorithm: .ecdsaWithSHA256, extensions: extensions,
            issuerPrivateKey: signingKey
        )
        return try IssuedCertificate(certificate, issuers: issuers)
    }

    private static func authorityCertificate(
        for publicKey: Certificate.PublicKey, named name: DistinguishedName, by issuer: DistinguishedName,
        key: Certificate.PrivateKey, issuerKey: Certificate.PublicKey, pathLength: Int?, now: Date, years: Double
    ) throws -> Certificate {
        let start = now.addingTimeInterval(-365 * 86_400)
        let extensions = try Certificate.Extensions {
            Critical(BasicConstraints.isCertificateAuthority(maxPathLength: pathLength))
            Critical(KeyUsage(keyCertSign: true, cRLSign: true))
            SubjectKeyIdentifier(hash: publicKey)
            if name != issuer { authorityKeyIdentifier(of: issuerKey) }
        }
        return try Certificate(
            version: .v3, serialNumber: serialNumber(), publicKey: publicKey, notValidBefore: start,
            notValidAfter: start.addingTimeInterval(years * 365 * 86_400 - 1), issuer: issuer, subject: name,
            signatureAlgorithm: .ecdsaWithSHA384, extensions: extensions, issuerPrivateKey: key
        )
    }

    private static func subject(of template: CertificateTemplate) throws -> DistinguishedName {
        try DistinguishedName {
            if let organization = template.organization {
                CountryName(organization.country.uppercased())
                StateOrProvinceName(organization.state)
                LocalityName(organization.locality)
                OrganizationName(organization.name)
            }
            if let name = template.commonName, name.count <= longestCommonName { CommonName(name) }
        }
    }

    private static func name(_ commonName: String) throws -> DistinguishedName {
        try DistinguishedName {
            CountryName("US")
            OrganizationName("certhost sandbox, not for production")
            CommonName(commonName)
        }
    }

    private static func authorityKeyIdentifier(of key: Certificate.PublicKey) -> AuthorityKeyIdentifier {
        AuthorityKeyIdentifier(keyIdentifier: SubjectKeyIdentifier(hash: key).keyIdentifier)
    }

    /// 16 random bytes that are a positive number of just that length.
    private static func serialNumber() -> Certificate.SerialNumber {
        let bytes = (0..<16).map { _ in UInt8.random(in: 0...255) }
        return Certificate.SerialNumber(bytes: [bytes[0] & 0x3F | 0x40] + bytes.dropFirst())
    }
}
