internal import Crypto
internal import FoundationEssentials
internal import SwiftASN1
internal import X509

/// A certificate that the sandbox's authority has signed, in every form that is asked for.
struct IssuedCertificate: Sendable {
    /// One certificate of a chain.
    struct Link: Sendable {
        /// The common name of the subject.
        let commonName: String
        /// The common name of the issuer.
        let issuerCommonName: String
        /// PEM with LF.
        let pem: String
        let der: [UInt8]

        init(_ certificate: Certificate) throws {
            var serializer = DER.Serializer()
            try serializer.serialize(certificate)
            der = serializer.serializedBytes
            pem = PEMText.wrap(der, as: "CERTIFICATE")
            commonName = certificate.subject.commonName ?? ""
            issuerCommonName = certificate.issuer.commonName ?? ""
        }
    }

    /// The certificate itself.
    let leaf: Link
    /// The authority's own certificates, from the one that signed the leaf to the root.
    let issuers: [Link]
    /// 32 upper-case hexadecimal digits.
    let serialNumber: String
    /// The SHA-1 hash of the certificate, 40 upper-case hexadecimal digits.
    let thumbprint: String
    /// The first second of validity.
    let notBefore: Date
    /// The last second of validity.
    let notAfter: Date

    /// The leaf, then its issuers up to the root.
    var chain: [Link] { [leaf] + issuers }

    init(_ certificate: Certificate, issuers: [Link]) throws {
        leaf = try Link(certificate)
        self.issuers = issuers
        serialNumber = Self.hexadecimal(certificate.serialNumber.bytes)
        thumbprint = Self.hexadecimal(Insecure.SHA1.hash(data: leaf.der))
        notBefore = certificate.notValidBefore
        notAfter = certificate.notValidAfter
    }

    /// The PEM text of certificates, one after the other.
    static func pem(_ links: [Link]) -> String { links.map(\.pem).joined() }

    /// Upper-case hexadecimal digits.
    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789ABCDEF")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}

extension DistinguishedName {
    /// The first common name in it.
    var commonName: String? {
        lazy.flatMap(\.self).first { $0.type == .RDNAttributeType.commonName }.flatMap { String($0.value) }
    }
}
