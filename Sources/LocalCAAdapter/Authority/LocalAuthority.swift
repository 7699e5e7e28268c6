internal import CertProtocol
internal import Crypto
internal import FoundationEssentials
internal import SwiftASN1
internal import X509

/// A root, and an intermediate under it that signs.
///
/// The key of the root signs the intermediate and the root's own revocation list, and is forgotten: whoever comes to read the
/// folder can't make another intermediate under a root that somebody trusts.
///
/// There are no name constraints: those that development needs (`test`, `localhost`) have one label, which pkilint, and with it
/// whoever holds certificates against what it says, takes for no domain name.
struct LocalAuthority: Sendable {
    private let intermediate: X509.Certificate
    private let root: X509.Certificate
    private let key: P256.Signing.PrivateKey
    private let rootRevocationList: PEMDocument
    private let intermediatePEM: String
    /// The root's certificate, PEM.
    let rootPEM: String

    private static let rootYears = 20.0
    private static let intermediateYears = 10.0
    private static let year = 365 * 86_400.0

    /// A new authority.
    init(now: Date) throws {
        let rootKey = P256.Signing.PrivateKey()
        key = P256.Signing.PrivateKey()
        let start = CertificateWish.start(at: now)
        // Names differ, so that the roots of two machines can be told apart where both are trusted.
        let mark = Hexadecimal.text(SerialNumber.random().prefix(3))
        let rootName = try Self.name("Local development root \(mark)")
        let make = { (name: DistinguishedName, key: P256.Signing.PublicKey, pathLength: Int, years: Double) in
            let publicKey = X509.Certificate.PublicKey(key)
            let extensions = try X509.Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: pathLength))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                SubjectKeyIdentifier(hash: publicKey)
                AuthorityKeyIdentifier(of: .init(rootKey.publicKey))
            }
            return try X509.Certificate(
                version: .v3, serialNumber: .init(bytes: SerialNumber.random()), publicKey: publicKey,
                notValidBefore: start, notValidAfter: start.addingTimeInterval(years * Self.year - 1),
                issuer: rootName, subject: name, signatureAlgorithm: .ecdsaWithSHA256, extensions: extensions,
                issuerPrivateKey: .init(rootKey))
        }
        root = try make(rootName, rootKey.publicKey, 1, Self.rootYears)
        intermediate = try make(
            Self.name("Local development CA \(mark)"), key.publicKey, 0, Self.intermediateYears)
        let list = RevocationList(issuer: root, revoked: [], thisUpdate: start, number: 1)
        rootRevocationList = try list.signed(by: rootKey)
        (intermediatePEM, rootPEM) = (try Self.pem(intermediate), try Self.pem(root))
    }

    /// Reads an authority that was stored.
    ///
    /// - Throws: where it isn't whole, or its key is another's.
    init(pem: String) throws {
        let documents = try PEMDocument.parseMultiple(pemString: pem)
        func first(_ type: String) -> PEMDocument? { documents.first { $0.discriminator == type } }
        let certificates = try documents.filter { $0.discriminator == "CERTIFICATE" }.map {
            try X509.Certificate(pemDocument: $0)
        }
        guard certificates.count == 2, let key = first("PRIVATE KEY"), let list = first("X509 CRL") else {
            throw CertProtocol.CertificateError(.invalidConfiguration, "The authority is not whole.")
        }
        self.key = try P256.Signing.PrivateKey(derRepresentation: key.derBytes)
        (intermediate, root) = (certificates[0], certificates[1])
        rootRevocationList = list
        (intermediatePEM, rootPEM) = (try Self.pem(intermediate), try Self.pem(root))
        guard intermediate.publicKey == .init(self.key.publicKey), intermediate.issuer == root.subject,
            root.publicKey.isValidSignature(intermediate.signature, for: intermediate)
        else { throw CertProtocol.CertificateError(.invalidConfiguration, "The authority's key is another's.") }
    }

    /// What ``init(pem:)`` reads. It holds the private key.
    var pem: String {
        [key.pemRepresentation, intermediatePEM, rootPEM, rootRevocationList.pemString].joined(separator: "\n") + "\n"
    }

    /// The last second that it signs for.
    var end: Date { intermediate.notValidAfter }

    /// Signs a certificate.
    ///
    /// - Parameters:
    ///   - wish: what it is to say.
    ///   - number: the number of its order.
    ///   - now: when it begins.
    /// - Returns: the order of it, as far as the certificate tells.
    /// - Throws: `rejected` where the authority ends before it.
    func issue(
        _ wish: CertificateWish, as number: UInt64, now: Date
    ) throws(CertProtocol.CertificateError) -> LocalCA.Order {
        let end = wish.end(at: now)
        guard end <= self.end else {
            throw .refused(
                "authority_ends",
                "This local CA ends on \(CalendarDay(self.end)), before the certificate would. "
                    + "Name another directory: it gets a new one."
            )
        }
        do {
            let certificate = try X509.Certificate(
                version: .v3, serialNumber: .init(bytes: SerialNumber.random()), publicKey: wish.key.publicKey,
                notValidBefore: CertificateWish.start(at: now), notValidAfter: end,
                issuer: intermediate.subject, subject: wish.subject, signatureAlgorithm: .ecdsaWithSHA256,
                extensions: wish.extensions(signedBy: .init(key.publicKey)), issuerPrivateKey: .init(key))
            return try LocalCA.Order(certificate, by: intermediatePEM, number: number)
        } catch {
            throw CertProtocol.CertificateError.wrapping(error, as: .rejected, "The certificate can't be made.")
        }
    }

    /// The revocation lists of intermediate and root, PEM, one after the other.
    func revocationLists(_ ledger: Ledger, now: Date) throws -> String {
        let list = RevocationList(
            issuer: intermediate, revoked: ledger.revoked, thisUpdate: CertificateWish.start(at: now),
            number: ledger.listNumber)
        return try [list.signed(by: key), rootRevocationList].map { $0.pemString + "\n" }.joined()
    }

    private static func pem(_ certificate: X509.Certificate) throws -> String {
        try certificate.serializeAsPEM().pemString + "\n"
    }

    private static func name(_ commonName: String) throws -> DistinguishedName {
        try DistinguishedName {
            OrganizationName("certhost local CA, for development only")
            CommonName(commonName)
        }
    }
}
