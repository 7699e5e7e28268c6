import CertProtocol
import Testing

@testable import NCPAdapter

struct ListTests {
    /// Orders of one certificate each, numbered.
    private static func orders(_ numbers: [Int], total: Int) -> CannedAnswer {
        let rows = numbers.map {
            #"{"orderId":"o\#($0)","certificates":[{"certificateNo":\#($0),"commonName":"paid"}]}"#
        }
        return CannedAnswer(
            200, #"{"returnCode":"0","totalCount":\#(total),"orders":[\#(rows.joined(separator: ","))]}"#
        )
    }

    private static func certificates(_ numbers: [Int], total: Int) -> CannedAnswer {
        let rows = numbers.map { #"{"certificateNo":\#($0),"commonName":"all"}"# }
        return CannedAnswer(
            200, #"{"returnCode":"0","totalCount":\#(total),"sslCertificateList":[\#(rows.joined(separator: ","))]}"#
        )
    }

    @Test("paid certificates are read to the empty page, then all of them, and the first of two wins")
    func bothHalves() async throws {
        let transport = RecordingTransport { _, target in
            switch target {
            case "/api/v2/certificate/getPaidCertificates?page=1&pageSize=100": Self.orders([1, 2], total: 1)
            case "/api/v2/certificate/getPaidCertificates?page=2&pageSize=100": Self.orders([3], total: 1)
            case "/api/v2/certificate/certificates?page=1&pageSize=100": Self.certificates([3, 4], total: 0)
            case "/api/v2/certificate/certificates?page=2&pageSize=100": Self.certificates([5], total: 0)
            default: .nothing
            }
        }
        let all = try await readAll(try Account().provider(transport))
        #expect(all.map(\.certificateID) == ["1", "2", "3", "4", "5"])
        #expect(all.map(\.commonName) == ["paid", "paid", "paid", "all", "all"])
        #expect(all.map(\.orderID) == ["o1", "o2", "o3", nil, nil])
        // Neither the short pages nor the totals, which lie, have ended a half; both empty pages were asked for.
        #expect(
            transport.targets == [
                "/api/v2/certificate/getPaidCertificates?page=1&pageSize=100",
                "/api/v2/certificate/getPaidCertificates?page=2&pageSize=100",
                "/api/v2/certificate/getPaidCertificates?page=3&pageSize=100",
                "/api/v2/certificate/certificates?page=1&pageSize=100",
                "/api/v2/certificate/certificates?page=2&pageSize=100",
                "/api/v2/certificate/certificates?page=3&pageSize=100",
            ]
        )
    }

    @Test("an answer without its list is an empty one, unless it claims rows", arguments: [nil, 0, 12])
    func missingList(claimed: Int?) async throws {
        let total = claimed.map { #","totalCount":\#($0)"# } ?? ""
        let provider = try Account().provider(
            RecordingTransport { _, _ in CannedAnswer(200, #"{"returnCode":"0","returnMessage":"Success"\#(total)}"#) }
        )
        if claimed == 12 {
            await #expect(throws: CertificateError(.malformedResponse, "")) { try await readAll(provider) }
        } else {
            #expect(try await readAll(provider).isEmpty)
        }
    }

    @Test("a certificate has one key in both halves, and an order without one another")
    func keys() async throws {
        let transport = RecordingTransport { _, target in
            target.contains("getPaid")
                ? #"{"returnCode":"0","orders":[{"orderId":"7","certificates":[{"certificateNo":7}]},{"orderId":"8"}]}"#
                : Self.certificates([7], total: 1)
        }
        let provider = try Account().provider(transport)
        let first = try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())
        let second = try await provider.listCertificates(
            ListCertificatesRequest(cursor: first.nextPart), context: OperationContext()
        )
        #expect(first.keys == [StableHash.of("certificate:7"), StableHash.of("order:8")])
        #expect(second.keys == [StableHash.of("certificate:7")])
        #expect(!first.isAscending)
    }

    @Test("a page names the following one, the other half, and the total as claimed")
    func pageOfTheFirstHalf() async throws {
        let provider = try Account().provider(RecordingTransport(Self.orders([1], total: 3)))
        let page = try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())
        #expect(page.next != nil)
        #expect(page.nextPart != nil)
        #expect(page.total == 3)
        #expect(page.upcoming.isEmpty)
    }

    @Test("an empty page ends its half only")
    func emptyPages() async throws {
        let provider = try Account().provider(RecordingTransport(.nothing))
        let first = try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())
        #expect(first.next == nil)
        let second = try await provider.listCertificates(
            ListCertificatesRequest(cursor: first.nextPart), context: OperationContext()
        )
        #expect(second.next == nil)
        #expect(second.nextPart == nil)
    }

    @Test(
        "full pages announce those that the total makes probable, and never many", arguments: [(5, 1), (999_999, 16)])
    func readAhead(total: Int, announced: Int) async throws {
        let transport = RecordingTransport { _, _ in Self.orders([1, 2], total: total) }
        let provider = try Account().provider(transport)
        let page = try await provider.listCertificates(
            ListCertificatesRequest(pageSize: 2), context: OperationContext()
        )
        #expect(page.upcoming.count == announced)

        // Each page asks for the size that the first one had, whatever the later requests say.
        for cursor in [try #require(page.next), try #require(page.upcoming.first)] {
            _ = try await provider.listCertificates(
                ListCertificatesRequest(cursor: cursor), context: OperationContext())
        }
        let path = "/api/v2/certificate/getPaidCertificates"
        #expect(transport.targets == (1...3).map { "\(path)?page=\($0)&pageSize=2" })
    }

    @Test("a page whose rows can't be read isn't the last one")
    func unreadablePage() async throws {
        let provider = try Account().provider(RecordingTransport(#"{"returnCode":"0","orders":[{},{}]}"#))
        let page = try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())
        #expect(page.items.isEmpty)
        #expect(page.problems.count == 2)
        #expect(page.next != nil)
    }

    @Test("“no certificate” is an empty list", arguments: ["2200", "1006"], ["public", "gov"])
    func noCertificate(code: String, zone: String) async throws {
        let body = #"{"returnCode":"\#(code)","returnMessage":"No certificate was found."}"#
        let provider = try Account(zone: zone).provider(RecordingTransport(CannedAnswer(200, body)))
        #expect(try await readAll(provider).isEmpty)
    }

    @Test(
        "a list that is missing or null is empty beside a return code",
        arguments: [#"{"returnCode":"0"}"#, #"{"returnCode":"0","orders":null,"sslCertificateList":null}"#]
    )
    func missingList(body: String) async throws {
        #expect(try await readAll(try Account().provider(RecordingTransport(CannedAnswer(200, body)))).isEmpty)
    }

    @Test("a list without a return code is a list")
    func noReturnCode() async throws {
        let provider = try Account().provider(RecordingTransport(#"{"orders":[{"orderId":"1"}]}"#))
        let page = try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())
        #expect(page.items.map(\.orderID) == ["1"])
    }

    @Test(
        "what isn't the list is never taken for an empty one",
        arguments: [
            "", "{}", "[]", "null", "<html><body>Sign in</body></html>", #"{"returnCode":"0","orders":"#,
            #"{"returnCode":"0","orders":{}}"#, #"{"returnCode":"0","orders":"none"}"#, #"{"message":"hello"}"#,
        ]
    )
    func notTheList(body: String) async throws {
        let provider = try Account(retries: 3).provider(RecordingTransport(CannedAnswer(200, body)))
        let error = try await certificateError {
            try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())
        }
        #expect(error.code == .malformedResponse)
        #expect(error.httpStatus == 200)
    }

    @Test("v1 is one request without parameters")
    func firstVersion() async throws {
        let transport = RecordingTransport(
            #"""
            {"returnCode":"0","returnMessage":"Success","totalRows":1,"sslCertificateList":[
              {"certificateNo":30728,"certificateType":"NCP_PRIVATE","certificateName":"zero-certi","memberNo":"9999999",
               "dnInfo":"cn=example.kr","domainAddress":"example.kr","subDomainAddress":"a.example.kr,b.example.kr",
               "regDate":"2026-03-01 10:15:30","updateDate":"2026-03-02 10:15:30","issueDate":"2026-03-03 10:15:30",
               "validStartDate":"2026-03-04 09:00:00","validEndDate":"2027-03-04 08:59:59","disuseDate":"2026-12-01",
               "disuseMsg":"replaced","requestId":"r1","statusCode":"2","statusName":"Normal","externalYn":"Y",
               "domainCode":"PUB","caInfo":"Sample CA","certSerialNumber":"0A1B","certPublicKeyInfo":"RSA",
               "certSignAlgorithmName":"SHA256withRSA","usedInstanceNoList":["11","12"]}]}
            """#
        )
        let provider = try Account(zone: "fin").provider(transport)
        let page = try await provider.listCertificates(
            ListCertificatesRequest(pageSize: 1), context: OperationContext())
        #expect(transport.targets == ["/api/v1/certificates"])
        #expect(page.next == nil && page.nextPart == nil)
        #expect(page.total == 1)

        let certificate = try #require(page.items.first)
        #expect(certificate.orderID == nil)
        #expect(certificate.certificateID == "30728")
        #expect(certificate.commonName == "example.kr")
        #expect(certificate.dnsNames == ["a.example.kr", "b.example.kr"])
        #expect(certificate.status == .issued)
        #expect(certificate.providerStatus == "2")
        #expect(certificate.product == "NCP_PRIVATE")
        #expect(certificate.validation == nil)
        #expect(certificate.serialNumber == "0A1B")
        #expect(certificate.notBefore?.text == "2026-03-04T00:00:00Z")
        #expect(certificate.notAfter?.text == "2027-03-03T23:59:59Z")
        #expect(certificate.createdAt?.text == "2026-03-01T01:15:30Z")
        #expect(certificate.updatedAt?.text == "2026-03-02T01:15:30Z")
        #expect(certificate.issuedAt?.text == "2026-03-03T01:15:30Z")
        #expect(certificate.subject == "cn=example.kr")
        #expect(certificate.accountID == "9999999")

        let wire = try #require(NCP.ExternalCertificate(certificate.raw))
        #expect(wire.certificateName == "zero-certi")
        #expect(wire.disuseDate == "2026-12-01")
        #expect(wire.disuseMessage == "replaced")
        #expect(wire.requestID == "r1")
        #expect(wire.statusName == "Normal")
        #expect(wire.externalYn == "Y")
        #expect(wire.domainCode == "PUB")
        #expect(wire.caInfo == "Sample CA")
        #expect(wire.certPublicKeyInfo == "RSA")
        #expect(wire.certSignAlgorithmName == "SHA256withRSA")
        #expect(wire.usedInstanceNoList == ["11", "12"])
    }

    @Test("v2 that refuses is not followed by v1")
    func noFallback() async throws {
        let transport = RecordingTransport(CannedAnswer(403))
        let provider = try Account(retries: 3).provider(transport)
        let error = try await certificateError {
            try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())
        }
        #expect(error.code == .permission)
        #expect(transport.targets == ["/api/v2/certificate/getPaidCertificates?page=1&pageSize=100"])
    }
}
