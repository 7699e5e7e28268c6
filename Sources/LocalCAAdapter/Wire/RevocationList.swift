internal import CertProtocol
internal import Crypto
internal import FoundationEssentials
internal import SwiftASN1
internal import X509

/// A certificate revocation list (RFC 5280, section 5).
///
/// It says that the next one comes when the authority itself ends: there is no schedule, a new one is written with each
/// revocation.
struct RevocationList {
    /// A certificate that is no longer to be trusted.
    struct Entry: Sendable {
        var serialNumber: [UInt8]
        var date: Date
        /// Absent for `unspecified` (RFC 5280, section 5.3.1).
        var reason: RevocationReason
        /// The key of the certificate, as ``LocalCAKey/identifier`` names it.
        var keyIdentifier: String?
    }

    let issuer: X509.Certificate
    let revoked: [Entry]
    let thisUpdate: Date
    /// Higher than that of the list before.
    let number: Int64

    private static let signatureAlgorithm: ASN1ObjectIdentifier = [1, 2, 840, 10045, 4, 3, 2]  // ecdsa-with-SHA256
    private static let numberExtension: ASN1ObjectIdentifier = [2, 5, 29, 20]
    private static let reasonExtension: ASN1ObjectIdentifier = [2, 5, 29, 21]
    private static let keyIdentifierExtension: ASN1ObjectIdentifier = [2, 5, 29, 35]
    private static let enumerated = ASN1Identifier(tagWithNumber: 10, tagClass: .universal)

    /// The list, signed by its issuer's key.
    func signed(by key: P256.Signing.PrivateKey) throws -> PEMDocument {
        var contents = DER.Serializer()
        try write(to: &contents)
        let signature = try key.signature(for: Data(contents.serializedBytes)).derRepresentation
        var whole = DER.Serializer()
        try whole.appendConstructedNode(identifier: .sequence) { list in
            list.serializeRawBytes(contents.serializedBytes)
            try Self.writeAlgorithm(to: &list)
            try list.serialize(ASN1BitString(bytes: ArraySlice(signature)))
        }
        return PEMDocument(type: "X509 CRL", derBytes: whole.serializedBytes)
    }

    /// TBSCertList.
    private func write(to serializer: inout DER.Serializer) throws {
        try serializer.appendConstructedNode(identifier: .sequence) { list in
            try list.serialize(1)  // v2
            try Self.writeAlgorithm(to: &list)
            try list.serialize(issuer.subject)
            try Self.write(thisUpdate, to: &list)
            try Self.write(issuer.notValidAfter, to: &list)
            if !revoked.isEmpty {
                try list.appendConstructedNode(identifier: .sequence) { entries in
                    for entry in revoked { try Self.write(entry, to: &entries) }
                }
            }
            try list.appendConstructedNode(
                identifier: ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)
            ) { explicit in
                try explicit.appendConstructedNode(identifier: .sequence) { extensions in
                    if let own = try issuer.extensions.subjectKeyIdentifier {
                        let identifier = try X509.Certificate.Extension(
                            AuthorityKeyIdentifier(keyIdentifier: own.keyIdentifier), critical: false)
                        try Self.write(Self.keyIdentifierExtension, Array(identifier.value), to: &extensions)
                    }
                    var number = DER.Serializer()
                    try number.serialize(self.number)
                    try Self.write(Self.numberExtension, number.serializedBytes, to: &extensions)
                }
            }
        }
    }

    private static func write(_ entry: Entry, to serializer: inout DER.Serializer) throws {
        try serializer.appendConstructedNode(identifier: .sequence) { node in
            try node.serialize(entry.serialNumber[...])
            try write(entry.date, to: &node)
            guard let code = code(of: entry.reason) else { return }
            try node.appendConstructedNode(identifier: .sequence) { extensions in
                var value = DER.Serializer()
                value.appendPrimitiveNode(identifier: enumerated) { $0.append(code) }
                try write(reasonExtension, value.serializedBytes, to: &extensions)
            }
        }
    }

    private static func write(
        _ identifier: ASN1ObjectIdentifier, _ value: [UInt8], to serializer: inout DER.Serializer
    ) throws {
        try serializer.appendConstructedNode(identifier: .sequence) { node in
            try node.serialize(identifier)
            try node.serialize(ASN1OctetString(contentBytes: value[...]))
        }
    }

    private static func writeAlgorithm(to serializer: inout DER.Serializer) throws {
        try serializer.appendConstructedNode(identifier: .sequence) { try $0.serialize(signatureAlgorithm) }
    }

    /// UTCTime until 2049, GeneralizedTime from then on (RFC 5280, section 5.1.2.4).
    private static func write(_ date: Date, to serializer: inout DER.Serializer) throws {
        let day = CalendarDay(date)
        let seconds = Int(date.timeIntervalSince1970.rounded(.down)) - Int(day.startInUTC.timeIntervalSince1970)
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        if day.year < 2050 {
            try serializer.serialize(
                UTCTime(
                    year: day.year, month: day.month, day: day.day, hours: hours, minutes: minutes,
                    seconds: seconds % 60))
        } else {
            try serializer.serialize(
                GeneralizedTime(
                    year: day.year, month: day.month, day: day.day, hours: hours, minutes: minutes,
                    seconds: seconds % 60, fractionalSeconds: 0))
        }
    }

    /// CRLReason of RFC 5280, section 5.3.1.
    private static func code(of reason: RevocationReason) -> UInt8? {
        switch reason {
        case .unspecified: nil
        case .keyCompromise: 1
        case .affiliationChanged: 3
        case .superseded: 4
        case .cessationOfOperation: 5
        case .privilegeWithdrawn: 9
        @unknown default: nil
        }
    }
}
