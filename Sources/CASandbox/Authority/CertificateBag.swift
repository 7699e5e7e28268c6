internal import SwiftASN1

/// Certificates in a PKCS #7 structure without signatures, which is what a `.p7b` file is (RFC 2315, section 9: a
/// "degenerate" SignedData).
enum CertificateBag {
    private static let signedData: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 7, 2]
    private static let data: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 7, 1]

    /// The structure as PEM with LF, the certificates in the order given.
    static func pem(_ certificates: [IssuedCertificate.Link]) throws -> String {
        PEMText.wrap(try der(certificates.map(\.der)), as: "PKCS7")
    }

    private static func der(_ certificates: [[UInt8]]) throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serializer.appendConstructedNode(identifier: .sequence) { content in
            try content.serialize(signedData)
            try content.appendConstructedNode(identifier: context(0)) { wrapper in
                try wrapper.appendConstructedNode(identifier: .sequence) { signed in
                    try signed.serialize(1)
                    signed.appendConstructedNode(identifier: .set) { _ in }
                    try signed.appendConstructedNode(identifier: .sequence) { try $0.serialize(data) }
                    signed.appendConstructedNode(identifier: context(0)) { bag in
                        for certificate in certificates { bag.serializeRawBytes(certificate) }
                    }
                    signed.appendConstructedNode(identifier: .set) { _ in }
                }
            }
        }
        return serializer.serializedBytes
    }

    private static func context(_ number: UInt) -> ASN1Identifier {
        ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
    }
}
