import CertProtocol
import FoundationEssentials
import Testing

@testable import NCPAdapter

/// What the service sends, or may send, beside what it documents.
struct WireQuirkTests {
    private func oddPage() async throws -> Page<Certificate> {
        let transport = RecordingTransport(CannedAnswer(200, try fixture("getPaidCertificates-odd.json")))
        return try await Account().provider(transport)
            .listCertificates(ListCertificatesRequest(), context: OperationContext())
    }

    @Test("the older spellings, numbers as texts and texts as numbers are read")
    func spellings() async throws {
        let certificate = try #require(try await oddPage().items.first)
        #expect(certificate.orderID == "900002")
        #expect(certificate.certificateID == "100002")
        #expect(certificate.status == .issued)
        #expect(certificate.providerStatus == "1")
        #expect(certificate.product == "NCP_PAID_DV_01")
        #expect(certificate.validation == "dv")
        #expect(certificate.accountID == "9999999")
        #expect(certificate.dnsNames == ["a.example.com", "b.example.com", "c.example.com", "d.example.com"])
        #expect(certificate.subject == nil)
        #expect(certificate.notAfter == nil)
        #expect(certificate.createdAt?.text == "2026-03-01T01:15:30Z")
        #expect(certificate.issuedAt?.text == "2026-03-01T23:00:00Z")
        #expect(certificate.notBefore?.text == "2026-03-01T15:00:00Z")
        #expect(certificate.serialNumber == "0A1B")

        let wire = try #require(NCP.Certificate(certificate.raw))
        #expect(wire.usedInstanceNoList == ["1", "2"])
        #expect(wire.revokeDate == "2026-04-01 00:00:00(UTC+09:00)")
        #expect(wire.certPublicKeyInfo == "RSA(2048)")
        #expect(wire.issuer == "cn=Sample CA")
        #expect(wire.signatureAlgorithm == "SHA256withRSA")
        #expect(wire.raw["newField"]?.boolean("kept") == true)
    }

    @Test("an id of 64 bits stays exact, an unknown status is kept, and the order around gives the order's id")
    func secondCertificate() async throws {
        let certificate = try #require(try await oddPage().items.dropFirst().first)
        #expect(certificate.certificateID == "9223372036854775807")
        #expect(certificate.status == .unknown("-12"))
        #expect(certificate.providerStatus == "-12")
        #expect(certificate.orderID == "900002")
        #expect(certificate.dnsNames == ["e.example.com", "인증서.example.com"])
        #expect(NCP.Certificate(certificate.raw)?.usedInstanceNoList == ["7"])
    }

    @Test("an order without a certificate is one row with the certificate's fields empty")
    func ordersWithoutCertificates() async throws {
        let page = try await oddPage()
        let rows = page.items.filter { $0.certificateID == nil }
        #expect(rows.map(\.orderID) == ["900003", "900004", "900005"])
        for row in rows {
            #expect(row.status == .unknown(""))
            #expect(row.providerStatus == nil)
            #expect(row.commonName == nil && row.notAfter == nil && row.product == nil)
            #expect(NCP.PaidOrder(row.raw)?.orderID == row.orderID)
        }
        #expect(Set(page.keys).count == page.items.count)
    }

    @Test("a row that can't be read is reported with what was sent, and hides no other")
    func unreadableRows() async throws {
        let page = try await oddPage()
        #expect(page.items.compactMap(\.certificateID) == ["100002", "9223372036854775807", "100006"])
        #expect(
            Set(page.problems.map(\.raw.text)) == [
                #"{"certificateName":"without-number"}"#, #""not an order""#, #"{"memberNo":"9999999"}"#,
                #"{"orderId":"900007","certificates":"none"}"#,
            ]
        )
        #expect(page.problems.first { $0.raw["certificateName"] != nil }?.reason == "The row needs a certificateNo.")
    }

    @Test(
        "the names of a certificate are a list, however they are separated",
        arguments: [
            (#"{"dnsName":["a.kr","b.kr"]}"#, ["a.kr", "b.kr"]),
            (#"{"dnsName":"a.kr,b.kr"}"#, ["a.kr", "b.kr"]),
            (#"{"dnsName":" a.kr ;\n b.kr\t"}"#, ["a.kr", "b.kr"]),
            (#"{"dnsName":["a.kr",""," ",null]}"#, ["a.kr"]),
            (#"{"dnsName":[]}"#, []), (#"{"dnsName":""}"#, []),
            (#"{"dnsName":null}"#, nil), (#"{}"#, nil),
        ] as [(String, [String]?)]
    )
    func names(json: String, names: [String]?) throws {
        #expect(try JSONValue(parsing: json).separatedTexts("dnsName") == names)
    }

    @Test("the example's spelling counts where both are sent")
    func bothSpellings() throws {
        let json = #"{"certificateNo":1,"orderId":"a","orderID":"b","certificateType":"c","certificateTypeCode":"d"}"#
        let certificate = try #require(NCP.Certificate(try JSONValue(parsing: json)))
        #expect(certificate.orderID == "a")
        #expect(certificate.certificateType == "c")
        let empty = #"{"certificateNo":1,"orderId":"","orderID":"b","certificateType":null,"certificateTypeCode":"d"}"#
        let other = try #require(NCP.Certificate(try JSONValue(parsing: empty)))
        #expect(other.orderID == "b")
        #expect(other.certificateType == "d")
    }

    @Test("an item of each kind without the id that it hangs on is none", arguments: ["{}", "[]", "null", "1"])
    func withoutID(json: String) throws {
        let value = try JSONValue(parsing: json)
        #expect(NCP.Certificate(value) == nil)
        #expect(NCP.ExternalCertificate(value) == nil)
        #expect(NCP.PaidOrder(value) == nil)
        #expect(NCP.Order(value) == nil)
        #expect(NCP.RecentChange(value) == nil)
        #expect(NCP.CertificateType(value) == nil)
        #expect(NCP.CertificateChain(value) == nil)
        #expect(NCP.Organization(value) == nil)
        #expect(NCP.VerificationInfo(value) == nil)
    }
}
