internal import SwiftASN1

/// Certificates as a `.p7b` file holds them: a SignedData of PKCS #7 that nobody has signed (RFC 2315, section 9.1).
enum CertificateBag {
    private static let signedData: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 7, 2]
    private static let data: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 7, 1]
    private static let zero = ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)

    /// The structure, PEM.
    ///
    /// - Parameter certificates: the certificates, DER, which keep their order.
    /// - Returns: the text.
    /// - Throws: SwiftASN1's error where it can't be encoded.
    static func pem(_ certificates: [[UInt8]]) throws -> String {
        var serializer = DER.Serializer()
        // ContentInfo ::= SEQUENCE { contentType, [0] SignedData }
        try serializer.appendConstructedNode(identifier: .sequence) { info in
            try info.serialize(signedData)
            try info.appendConstructedNode(identifier: zero) { try writeSignedData(certificates, to: &$0) }
        }
        return PEMDocument(type: "PKCS7", derBytes: serializer.serializedBytes).pemString + "\n"
    }

    /// SignedData ::= SEQUENCE { version, digestAlgorithms, contentInfo, [0] certificates, signerInfos }
    private static func writeSignedData(_ certificates: [[UInt8]], to serializer: inout DER.Serializer) throws {
        try serializer.appendConstructedNode(identifier: .sequence) { signed in
            try signed.serialize(1)
            signed.appendConstructedNode(identifier: .set) { _ in }
            try signed.appendConstructedNode(identifier: .sequence) { try $0.serialize(data) }
            signed.appendConstructedNode(identifier: zero) { bag in
                for certificate in certificates { bag.serializeRawBytes(certificate) }
            }
            signed.appendConstructedNode(identifier: .set) { _ in }
        }
    }
}
