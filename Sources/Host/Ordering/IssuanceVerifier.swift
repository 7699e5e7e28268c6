public import CertProtocol
public import FoundationEssentials

/// What knows X.509, so that the host needn't: it checks requests before they cost money and certificates before they are
/// handed over. The module `IssuanceVerification` has one.
public protocol IssuanceVerifier: Sendable {
    /// Checks what can be checked of a signing request before it is sent.
    ///
    /// - Parameter contents: what is asked for.
    /// - Throws: `invalid_request`, naming what is wrong.
    func check(_ contents: CertificateContents) throws(CertificateError)

    /// Whether one of these certificates has the key of the signing request: where an order has several, which one was asked for.
    ///
    /// - Parameters:
    ///   - certificatesPEM: the certificates as they came.
    ///   - contents: what was asked for.
    /// - Returns: whether one has the key.
    func isKey(of certificatesPEM: [String], in contents: CertificateContents) -> Bool

    /// Checks that what was issued is what was asked for, and puts the chain in order.
    ///
    /// - Parameters:
    ///   - certificatesPEM: the certificate and its chain as they came, in any order.
    ///   - contents: what was asked for.
    ///   - mayBeShorter: whether a shorter validity than asked is right: a further certificate of a paid order ends with it.
    ///   - now: the time.
    /// - Returns: the chain, leaf first, each certificate once.
    /// - Throws: `verification_failed`, naming the difference and carrying the certificate.
    func verify(
        _ certificatesPEM: [String], against contents: CertificateContents, mayBeShorter: Bool, now: Date
    ) throws(CertificateError) -> [String]
}
