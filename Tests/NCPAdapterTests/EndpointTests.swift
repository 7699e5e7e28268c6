import CertProtocol
import Testing

@testable import NCPAdapter

/// Single endpoints and the records that they answer with.
struct EndpointTests {
    @Test("orders come with their paid period and without their certificates")
    func orders() throws {
        let body = try JSONValue(
            parsing: #"""
                {"returnCode":"0","totalCount":2,"orders":[
                  {"orderId":"900001","subscriptionStartDt":"2026-03-01 00:00:00","subscriptionEndDt":"2027-02-28 23:59:59",
                   "subscriptionYears":1,"remainingDays":90,"extendableYears":2},
                  {"orderId":900002,"subscriptionStartDt":null,"subscriptionEndDt":null,"subscriptionYears":1,
                   "remainingDays":null,"extendableYears":0}]}
                """#
        )
        let answer = try #require(NCP.ListAnswer<NCP.Order>(body, named: ["orders"]))
        #expect(answer.rows.map(\.orderID) == ["900001", "900002"])
        #expect(answer.rows.map(\.subscriptionEndDt) == ["2027-02-28 23:59:59", nil])
        #expect(answer.rows.map(\.remainingDays) == [90, nil])
        #expect(answer.rows.map(\.extendableYears) == [2, 0])
        #expect(answer.rows.map(\.subscriptionYears) == [1, 1])
    }

    @Test("the proofs of a domain are read, fields that nobody documents included")
    func verificationInfo() async throws {
        let transport = RecordingTransport(
            #"""
            {"returnCode":"0","totalRows":1,"dnsVerificationCount":1,"emailVerificationCount":0,
             "emailVerificationList":[{"x":1}],"dnsVerificationList":[
              {"validSn":17,"requestSn":"r9","validStatusCode":"VALID_STATUS_REG","txtName":"_dnsauth","txtId":"t1",
               "txtValue":"abc"}, "odd"]}
            """#
        )
        let info = try await Account().api(transport)
            .verificationInfo(certificateNo: 55332, domainAddress: "*.ncloud.com", context: OperationContext())
        #expect(
            transport.targets == ["/api/v2/certificate/getVerificationInfo/55332?domainAddress=%2A.ncloud.com"]
        )
        #expect(info.envelope.totalRows == 1)
        #expect(info.dnsVerificationCount == 1)
        #expect(info.emailVerificationCount == 0)
        #expect(info.emailVerificationList.map(\.text) == [#"{"x":1}"#])
        #expect(info.problems.map(\.raw.text) == [#""odd""#])
        let proof = try #require(info.dnsVerificationList.first)
        #expect(proof.validSn == "17")
        #expect(proof.requestSn == "r9")
        #expect(proof.validStatusCode == "VALID_STATUS_REG")
        #expect(proof.txtName == "_dnsauth")
        #expect(proof.txtID == "t1")
        #expect(proof.raw.string("txtValue") == "abc")
    }

    @Test("a certificate comes with those above it, line ends as sent")
    func chain() async throws {
        let transport = RecordingTransport(
            #"""
            {"returnCode":"0","totalRows":1,"subjectCommonName":"example.com","certificate":"LEAF\r\nEND",
             "subCaCertificate":"SUB","rootCaCertificate":"ROOT"}
            """#
        )
        let chain = try await Account().api(transport)
            .certificateChain(certificateNo: 100001, context: OperationContext())
        #expect(transport.targets == ["/api/v2/certificate/exportCertificate/100001/chain"])
        #expect(chain.subjectCommonName == "example.com")
        #expect(chain.certificate == "LEAF\r\nEND")
        #expect(chain.subCACertificate == "SUB")
        #expect(chain.rootCACertificate == "ROOT")
        #expect(chain.envelope.totalRows == 1)
    }

    @Test("a chain or a proof that isn't there is not found, or malformed where the answer says nothing")
    func missingRecords() async throws {
        let nothing = try Account().api(RecordingTransport(#"{"returnCode":"1006","returnMessage":"none"}"#))
        let empty = try Account().api(RecordingTransport(#"{}"#))
        for (api, code) in [(nothing, CertificateError.Code.notFound), (empty, .malformedResponse)] {
            let chain = try await certificateError {
                try await api.certificateChain(certificateNo: 1, context: OperationContext())
            }
            let proof = try await certificateError {
                try await api.verificationInfo(certificateNo: 1, domainAddress: "a.kr", context: OperationContext())
            }
            #expect(chain.code == code)
            #expect(proof.code == code)
        }
    }
}
