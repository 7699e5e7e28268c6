import CertProtocol
import Foundation
import Testing

/// Certificates without keys or signatures: nothing but the two names that make chains.
struct CertificateChainTests {
    private static func der(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        content.count < 128
            ? [tag, UInt8(content.count)] + content
            : [tag, 0x82, UInt8(content.count >> 8), UInt8(content.count & 255)] + content
    }

    private static func certificate(_ subject: String, by issuer: String, serial: UInt8 = 1) -> PEMCertificate {
        let fields = [
            der(0xA0, [2, 1, 2]), der(2, [serial]), der(0x30, []), der(0x30, Array(issuer.utf8)), der(0x30, []),
            der(0x30, Array(subject.utf8)), der(0x30, Array(repeating: 7, count: 200)),
        ]
        return PEMCertificate(bytes: der(0x30, der(0x30, fields.flatMap(\.self)) + der(0x30, []) + der(3, [0])))
    }

    private static let leaf = certificate("leaf", by: "middle")
    private static let middle = certificate("middle", by: "root")
    private static let root = certificate("root", by: "root")
    private static let crossSigned = certificate("root", by: "older")
    private static let older = certificate("older", by: "older")

    private static let named: [Character: PEMCertificate] = [
        "L": leaf, "M": middle, "R": root, "X": crossSigned, "O": older,
    ]

    @Test(
        "a chain is leaf first, whatever the order, the repeats and the extras that were sent",
        arguments: [
            ("LMR", "LMR"), ("RML", "LMR"), ("MLLRM", "LMR"), ("LMXRO", "LMXO"), ("LMRXO", "LMR"), ("OLM", "LM"),
            ("L", "L"), ("R", "R"), ("LR", "L"), ("ROL", "L"), ("", ""),
        ]
    )
    func order(sent: String, expected: String) {
        let chain = sent.compactMap { Self.named[$0] }.chain()
        #expect(String(chain.compactMap { part in Self.named.first { $0.value == part }?.key }) == expected)
    }

    @Test("names that refer to each other in a circle end")
    func circle() {
        let one = Self.certificate("a", by: "b")
        let two = Self.certificate("b", by: "a")
        #expect([one, two].chain() == [one, two])
    }

    @Test("certificates are read whatever breaks their lines, and written with LF")
    func reading() throws {
        let text = Self.leaf.text + Self.middle.text
        #expect(text.hasPrefix("-----BEGIN CERTIFICATE-----\n") && text.hasSuffix("\n-----END CERTIFICATE-----\n"))
        for sent in [text, text.replacing("\n", with: "\r\n"), text.replacing("\n", with: ""), "subject=x\n" + text] {
            #expect(PEMCertificate.all(in: sent) == [Self.leaf, Self.middle])
        }
        #expect(PEMCertificate.all(in: "no certificate")?.isEmpty == true)
    }

    /// A name of one attribute, DER without its own head.
    private static func name(_ type: UInt8, _ tag: UInt8, _ value: [UInt8]) -> [UInt8] {
        der(0x31, der(0x30, der(6, [0x55, 4, type]) + der(tag, value)))
    }

    @Test("the issuer's common name is read in each of the ways that it is written")
    func issuerCommonName() {
        func issuer(_ bytes: [UInt8]) -> String? {
            Self.certificate("leaf", by: String(decoding: bytes, as: UTF8.self)).issuerCommonName
        }
        let organization = Self.name(10, 12, Array("An Organization".utf8))
        #expect(issuer(organization + Self.name(3, 12, Array("Wurzel Ä".utf8))) == "Wurzel Ä")
        #expect(issuer(Self.name(3, 19, Array("A Root".utf8)) + organization) == "A Root")
        #expect(issuer(Self.name(3, 0x1E, [0, 0x52, 0, 0x31])) == "R1")
        #expect(issuer(organization) == nil && issuer([]) == nil && issuer(Array("no name".utf8)) == nil)
        #expect(PEMCertificate(bytes: [1, 2, 3]).issuerCommonName == nil)
    }

    @Test("what is cut off, or is no certificate, is not passed off as one")
    func unreadable() {
        let text = Self.leaf.text
        for sent in [
            String(text.dropLast(30)), text.replacing("M", with: "*"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        ] {
            #expect(PEMCertificate.all(in: sent) == nil)
        }
    }

    @Test("no bytes, however odd, end the process")
    func odd() {
        let bytes = Self.leaf.bytes
        for end in 0..<bytes.count { #expect(PEMCertificate(bytes: Array(bytes[..<end])).bytes.count == end) }
        for first in UInt8.min...UInt8.max {
            #expect([PEMCertificate(bytes: [0x30, first, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])].chain().count == 1)
        }
    }
}
