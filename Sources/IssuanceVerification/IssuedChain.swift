internal import CertProtocol
internal import FoundationEssentials
internal import Host
internal import SwiftASN1
internal import X509

/// The certificate of a signing request and the certificates above it, leaf first.
struct IssuedChain {
    /// The certificates, PEM, leaf first.
    let pem: [String]
    private let leaf: X509.Certificate

    var notBefore: Date { leaf.notValidBefore }
    var notAfter: Date { leaf.notValidAfter }

    /// The most certificates that are looked at; real chains have three to five.
    private static let mostCertificates = 40

    /// Finds the certificate of a request among those that came, and the way up from it.
    ///
    /// - Parameters:
    ///   - texts: the certificates, PEM.
    ///   - request: the request; `nil` where the authority has made the key, and the certificate is the one that is no authority's.
    /// - Throws: `verification_failed` where none is the request's, or the chain doesn't link.
    init(_ texts: [String], request: SigningRequest?) throws(CertProtocol.CertificateError) {
        let certificates = try Self.read(texts)
        let own = certificates.filter { certificate in
            request.map { certificate.publicKey == $0.publicKey } ?? !Self.isAuthority(certificate)
        }
        // Of several for one key the newest is what was asked for now.
        guard let leaf = own.max(by: { $0.notValidBefore < $1.notValidBefore }) else {
            let what = request.map { "its public key is not the one of the signing request (\($0.keyDescription))" }
            throw .mismatch(what ?? "there are certificates of authorities only").carrying(
                certificates.first.flatMap(Self.pem))
        }
        if Self.isAuthority(leaf) {
            throw .mismatch("it is the certificate of an authority").carrying(Self.pem(leaf))
        }
        do throws(CertProtocol.CertificateError) {
            let chain = try Self.chain(from: leaf, among: certificates.filter { $0 != leaf })
            pem = chain.compactMap(Self.pem)
        } catch {
            throw error.carrying(Self.pem(leaf))
        }
        self.leaf = leaf
    }

    /// Whether one of these certificates has the key of a request; those that can't be read have none.
    static func isKey(of request: SigningRequest, in texts: [String]) -> Bool {
        (try? read(texts))?.contains { $0.publicKey == request.publicKey } ?? false
    }

    /// Checks that every name that was asked for is there.
    func checkNames(_ asked: [String]) throws(CertProtocol.CertificateError) {
        let alternatives = (try? leaf.extensions.subjectAlternativeNames)?.dnsNames ?? []
        let present = Set(alternatives.map { DomainName.normalized($0) ?? $0.lowercased() })
        let missing = asked.filter { !present.contains(DomainName.normalized($0) ?? $0) }
        guard missing.isEmpty else {
            throw .mismatch(
                "it lacks \(missing.joined(separator: ", ")) and has "
                    + (alternatives.isEmpty ? "no names" : alternatives.joined(separator: ", "))
            )
        }
    }

    /// The way up: each time the first certificate that has the name and made the signature.
    private static func chain(
        from leaf: X509.Certificate, among others: [X509.Certificate]
    ) throws(CertProtocol.CertificateError) -> [X509.Certificate] {
        var chain = [leaf]
        var left = others
        var last = leaf
        while !left.isEmpty, last.issuer != last.subject {
            let named = left.indices.filter { left[$0].subject == last.issuer }
            guard !named.isEmpty else {
                // What comes above an intermediate is often left to whoever verifies.
                if chain.count > 1 { break }
                throw .mismatch("the certificate of its issuer, \(last.issuer), did not come with it")
            }
            guard let index = named.first(where: { left[$0].publicKey.isValidSignature(last.signature, for: last) })
            else { throw .mismatch("the signature of \(last.issuer) on \(last.subject) does not verify") }
            guard isAuthority(left[index]) else {
                throw .mismatch("its issuer, \(last.issuer), is no certificate authority")
            }
            last = left.remove(at: index)
            chain.append(last)
        }
        return chain
    }

    private static func read(_ texts: [String]) throws(CertProtocol.CertificateError) -> [X509.Certificate] {
        var certificates: [X509.Certificate] = []
        do {
            for text in texts {
                for document in try PEMDocument.parseMultiple(pemString: text) {
                    let certificate = try X509.Certificate(pemDocument: document)
                    if !certificates.contains(certificate) { certificates.append(certificate) }
                }
            }
        } catch {
            var failure = CertProtocol.CertificateError.mismatch("a certificate is not readable").carrying(texts.first)
            failure.underlying = error
            throw failure
        }
        guard !certificates.isEmpty else { throw .mismatch("there is no certificate") }
        guard certificates.count <= mostCertificates else {
            throw .mismatch("\(certificates.count) certificates came with it")
        }
        return certificates
    }

    private static func isAuthority(_ certificate: X509.Certificate) -> Bool {
        if case .isCertificateAuthority = try? certificate.extensions.basicConstraints { true } else { false }
    }

    private static func pem(_ certificate: X509.Certificate) -> String? {
        (try? certificate.serializeAsPEM().pemString).map { $0 + "\n" }
    }
}
