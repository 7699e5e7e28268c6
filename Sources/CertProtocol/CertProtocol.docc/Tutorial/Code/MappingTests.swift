import CertProtocol
import Testing

@testable import ExampleCAAdapter

@Suite("What the API sends")
struct MappingTests {
    private func certificates(_ name: String) throws -> [Certificate] {
        let list = try #require(ExampleCA.CertificateList(try fixture(name)))
        return list.certificates.compactMap { row in
            ExampleCA.Certificate(row).map { Certificate($0, raw: row, provider: "example") }
        }
    }

    @Test("every documented field of a certificate arrives in its record")
    func certificate() throws {
        let certificate = try #require(try certificates("certificates").first)
        #expect(certificate.certificateID == "1001")
        #expect(certificate.orderID == "501")
        #expect(certificate.commonName == "www.example.com")
        #expect(certificate.dnsNames == ["www.example.com", "example.com"])
        #expect(certificate.status == .issued)
        #expect(certificate.providerStatus == "valid")
        #expect(certificate.serialNumber == "0A1B2C3D4E5F")
        #expect(certificate.notBefore?.text == "2026-01-10T08:00:00Z")
        #expect(certificate.notAfter?.text == "2026-07-28T08:00:00Z")
    }

    @Test("every documented field of an order arrives in its record")
    func order() throws {
        let raw = try fixture("order")
        let order = Order(try #require(ExampleCA.Order(raw)), raw: raw, provider: "example")
        #expect(order.orderID == "501")
        #expect(order.status == .issued)
        #expect(order.product == "server-ov")
        #expect(order.createdAt?.text == "2026-01-09T15:30:00Z")
        #expect(order.certificates.map(\.certificateID) == ["1001"])
        #expect(order.problems.isEmpty)
    }

    @Test("every documented state has a status", arguments: ["requested", "valid", "revoked", "expired"])
    func states(_ word: String) {
        #expect(CertificateStatus.known.contains(CertificateStatus(exampleCA: word)))
    }

    @Test("what nobody documented is kept: states, dates, fields, numbers in quotation marks")
    func odd() throws {
        let odd = try certificates("certificates-odd")
        #expect(odd.map(\.certificateID) == ["1003", "1004"])
        #expect(odd[0].status == .unknown("frozen"))
        #expect(odd[0].dnsNames == ["one.example.com"])
        #expect(odd[0].notAfter?.text == "2026-07-28")
        #expect(odd[1].notAfter == nil)
        #expect(odd[1].raw.string("valid_to") == "soon")
        #expect(odd[1].raw.string("colour") == "blue")
    }
}
