import CertProtocol
import FoundationEssentials
import Testing

@testable import NCPAdapter

/// The example of ListAdvancedCertificates, as printed.
struct OfficialSampleTests {
    private func answer() throws -> NCP.ListAnswer<NCP.PaidOrder> {
        let body = try JSONValue(parsing: fixture("getPaidCertificates-official.json"))
        return try #require(NCP.ListAnswer(body, named: ["orders"]))
    }

    @Test("every field of the example is a typed property")
    func everyField() throws {
        let answer = try answer()
        #expect(answer.envelope.returnCode == "0")
        #expect(answer.envelope.returnMessage == "Success")
        #expect(answer.envelope.totalCount == 1)
        #expect(answer.problems.isEmpty)
        let order = try #require(answer.rows.first)
        #expect(order.orderID == "900001")
        let certificate = try #require(order.certificates.first)
        #expect(certificate.certificateNo == 100001)
        #expect(certificate.certificateName == "sample-cert-01")
        #expect(certificate.memberNo == "9999999")
        #expect(certificate.commonName == "example.com")
        #expect(certificate.dnsNames == nil)
        #expect(certificate.statusCode == "0")
        #expect(certificate.statusName == "Ongoing")
        #expect(certificate.certificateType == "NCP_PAID_OV_01")
        #expect(certificate.domainCode == "PUB")
        #expect(certificate.updateDate == "2026-03-01 10:15:30(UTC+09:00)")
        #expect(certificate.orderID == "900001")
        #expect(certificate.issueType == "ORIGINAL")
        #expect(
            certificate.subjectDN == "cn=example.com,o=Example Corporation,l=Sample-city,s=Sample-state,c=KR"
        )
        #expect(certificate.registDate == "2026-03-01 10:15:30(UTC+09:00)")
        #expect(certificate.notAfter == "2027-03-01 23:59:59(UTC+09:00)")
    }

    @Test("the example becomes one certificate of the unified model, nothing lost")
    func unified() async throws {
        let body = try fixture("getPaidCertificates-official.json")
        let provider = try Account().provider(RecordingTransport(CannedAnswer(200, body)))
        let page = try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())

        #expect(page.items.count == 1)
        let certificate = try #require(page.items.first)
        #expect(certificate.provider == "ncp")
        #expect(certificate.orderID == "900001")
        #expect(certificate.certificateID == "100001")
        #expect(certificate.commonName == "example.com")
        #expect(certificate.dnsNames == nil)
        #expect(certificate.status == .pending)
        #expect(certificate.providerStatus == "0")
        #expect(certificate.product == "NCP_PAID_OV_01")
        #expect(certificate.validation == "ov")
        #expect(certificate.serialNumber == nil)
        #expect(certificate.thumbprint == nil)
        #expect(certificate.notBefore == nil)
        #expect(certificate.notAfter?.text == "2027-03-01T14:59:59Z")
        #expect(certificate.createdAt?.text == "2026-03-01T01:15:30Z")
        #expect(certificate.issuedAt == nil)
        #expect(certificate.updatedAt?.text == "2026-03-01T01:15:30Z")
        #expect(certificate.subject == "cn=example.com,o=Example Corporation,l=Sample-city,s=Sample-state,c=KR")
        #expect(certificate.organization == nil)
        #expect(certificate.accountID == "9999999")
        let sent = try JSONValue(parsing: body)["orders"]?.elements.first { _ in true }?["certificates"]?.elements
            .first { _ in true }
        #expect(certificate.raw == sent)
        #expect(NCP.Certificate(certificate.raw)?.domainCode == "PUB")
    }
}
