public import CertProtocol
public import FoundationEssentials
public import Host

/// Checks with swift-certificates that what a certificate authority issued is what was asked for.
///
/// | checked | a mismatch | no mismatch |
/// |---|---|---|
/// | public key | no certificate has the signing request's | anything, where there is no request because the authority makes the key |
/// | names | one that was asked for isn't among the alternative names | further ones, such as a `www.` that an authority adds for nothing |
/// | chain | a certificate's issuer isn't there although others came, a signature that doesn't verify, an issuer that is no authority | no chain at all; certificates in another order, twice, or of another path: they are sorted, or left out |
/// | validity | it is over, begins more than a day from now, ends more than two days later than asked, or earlier than asked although the authority might have issued as long | shorter, where nothing longer is issued by a public authority at the time, or where the certificate is a further one of a paid order, which ends with the order |
///
/// Whether the chain leads to a root that somebody trusts is no question here: who asked for a certificate of a private authority
/// gets one.
public struct X509IssuanceVerifier: IssuanceVerifier {
    /// A verifier.
    public init() {}

    /// Whether one of these certificates has the key of the signing request.
    public func isKey(of certificatesPEM: [String], in contents: CertificateContents) -> Bool {
        guard let request = try? SigningRequest(pem: contents.signingRequest) else { return false }
        return IssuedChain.isKey(of: request, in: certificatesPEM)
    }

    /// Reads the signing request and checks its signature and the strength of its key.
    public func check(_ contents: CertificateContents) throws(CertificateError) {
        _ = try SigningRequest(pem: contents.signingRequest)
    }

    /// Checks what was issued and puts the chain in order.
    public func verify(
        _ certificatesPEM: [String], against contents: CertificateContents, mayBeShorter: Bool, now: Date
    ) throws(CertificateError) -> [String] {
        let isEmpty = contents.signingRequest.allSatisfy(\.isWhitespace)
        let request = isEmpty ? nil : try SigningRequest(pem: contents.signingRequest)
        let chain = try IssuedChain(certificatesPEM, request: request)
        do throws(CertificateError) {
            try chain.checkNames([contents.commonName] + contents.dnsNames)
            try ValidityCheck(notBefore: chain.notBefore, notAfter: chain.notAfter, now: now)
                .check(contents.validity, mayBeShorter: mayBeShorter)
        } catch {
            throw error.carrying(chain.pem.first)
        }
        return chain.pem
    }
}

extension CertificateError {
    static func mismatch(_ what: String) -> CertificateError {
        CertificateError(.verificationFailed, "What was issued isn't what was asked for: \(what).")
    }

    func carrying(_ certificate: String?) -> CertificateError {
        var error = self
        error.certificate = error.certificate ?? certificate
        return error
    }
}
