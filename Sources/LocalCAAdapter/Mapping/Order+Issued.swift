internal import CertProtocol
internal import Crypto
internal import SwiftASN1
internal import X509

extension LocalCA.Order {
    /// The order of a certificate that was signed, as far as the certificate tells.
    init(_ certificate: X509.Certificate, by issuer: String, number: UInt64) throws {
        let document = try certificate.serializeAsPEM()
        self.init(
            orderID: "\(number)", serialNumber: Hexadecimal.text(certificate.serialNumber.bytes),
            certificate: document.pemString + "\n", issuer: issuer)
        thumbprint = Hexadecimal.text(Insecure.SHA1.hash(data: document.derBytes))
        notBefore = CertificateDate.instant(certificate.notValidBefore).text
        notAfter = CertificateDate.instant(certificate.notValidAfter).text
    }

    /// Takes in what was asked for, by whom, and when.
    mutating func note(_ wish: CertificateWish, _ request: IssueRequest, at now: String, _ context: OperationContext) {
        product = wish.product.rawValue
        journalKey = context.journalKey
        principal = context.principal
        comments = request.comments
        createdAt = now
        commonName = wish.commonName
        dnsNames = wish.names
    }

    /// Takes in that it was revoked.
    mutating func revoke(_ request: RevokeRequest, at now: String) {
        status = Word.revoked.rawValue
        revokedAt = now
        revocationReason = request.reason.rawValue
        revocationComments = request.comments
    }
}
