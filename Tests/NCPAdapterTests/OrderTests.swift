import CertProtocol
import Testing

@testable import NCPAdapter

struct OrderTests {
    private static let body = #"""
        {"returnCode":"0","returnMessage":"Success","totalCount":2,"orderId":"900001",
         "subscriptionStartDt":"2026-03-01 00:00:00","subscriptionEndDt":"2028-02-29 23:59:59","subscriptionYears":2,
         "remainingDays":-3,"extendableYears":1,"certificates":[
          {"certificateNo":100002,"statusCode":"-5","certificateType":"NCP_PAID_DV_01","memberNo":"8",
           "registDate":"2026-04-01 09:00:00(UTC+09:00)","issueDate":"2026-04-02 09:00:00(UTC+09:00)"},
          {"certificateNo":100010,"statusCode":"1","certificateType":"NCP_PAID_OV_01","memberNo":"9",
           "registDate":"2026-05-01 09:00:00(UTC+09:00)","issueDate":"2026-05-02 09:00:00(UTC+09:00)"},
          {"certificateNo":100009,"statusCode":"-2"}]}
        """#

    private func order(_ body: String, id: String = "900001") async throws -> Order {
        try await Account().provider(RecordingTransport(CannedAnswer(200, body)))
            .orderDetail(OrderDetailRequest(.order(id)), context: OperationContext())
    }

    @Test("an order is what its latest certificate is, with the paid period beside it")
    func detail() async throws {
        let transport = RecordingTransport(CannedAnswer(200, Self.body))
        let order = try await Account().provider(transport)
            .orderDetail(OrderDetailRequest(.order("900001")), context: OperationContext())
        #expect(transport.targets == ["/api/v2/certificate/orders/900001"])
        #expect(order.provider == "ncp")
        #expect(order.orderID == "900001")
        #expect(order.status == .issued)
        #expect(order.providerStatus == "1")
        #expect(order.product == "NCP_PAID_OV_01")
        #expect(order.validation == "ov")
        #expect(order.accountID == "9")
        #expect(order.createdAt?.text == "2026-05-01T00:00:00Z")
        #expect(order.issuedAt?.text == "2026-05-02T00:00:00Z")
        #expect(order.validUntil?.text == "2028-02-29T14:59:59Z")
        #expect(order.validityYears == 2)
        #expect(order.price == nil && order.isRenewal == nil && order.requests.isEmpty)
        #expect(order.certificates.map(\.certificateID) == ["100002", "100010", "100009"])
        #expect(order.certificates.map(\.orderID) == ["900001", "900001", "900001"])
        #expect(order.certificates.map(\.status) == [.revoked, .issued, .expired])

        let wire = try #require(NCP.Order(order.raw))
        #expect(wire.envelope.returnMessage == "Success")
        #expect(wire.envelope.totalCount == 2)
        #expect(wire.subscriptionStartDt == "2026-03-01 00:00:00")
        #expect(wire.remainingDays == -3)
        #expect(wire.extendableYears == 1)
    }

    @Test("an order without a certificate has no known status")
    func withoutCertificate() async throws {
        let order = try await order(
            #"{"returnCode":"0","orderID":"900001","subscriptionEndDt":null,"certificates":null}"#
        )
        #expect(order.orderID == "900001")
        #expect(order.status == .unknown(""))
        #expect(order.providerStatus == nil)
        #expect(order.product == nil && order.validation == nil && order.accountID == nil)
        #expect(order.validUntil == nil && order.validityYears == nil)
        #expect(order.certificates.isEmpty)
    }

    @Test("a certificate of an order that can't be read is told, and costs none of the others")
    func oddCertificate() async throws {
        let order = try await order(
            #"{"returnCode":"0","orderId":"1","certificates":[{"certificateNo":7,"statusCode":"1"},{"statusCode":"1"}]}"#
        )
        #expect(order.certificates.map(\.certificateID) == ["7"])
        #expect(order.problems.map(\.raw.text) == [#"{"statusCode":"1"}"#])
    }

    @Test(
        "an answer that isn't an order, or not all of one, is malformed",
        arguments: [
            #"{"returnCode":"0"}"#, #"{"returnCode":"0","orderId":""}"#, #"{"orderId":{}}"#, "[]", "",
            #"{"returnCode":"0","orderId":"1","certificates":"none"}"#,
        ]
    )
    func malformed(body: String) async throws {
        #expect(try await certificateError { try await order(body) }.code == .malformedResponse)
    }

    @Test("an order that doesn't exist is not found", arguments: ["2200", "1006"])
    func notFound(code: String) async throws {
        let error = try await certificateError {
            try await order(#"{"returnCode":"\#(code)","returnMessage":"none"}"#)
        }
        #expect(error.code == .notFound)
        #expect(error.providerCode == code)
        #expect(error.httpStatus == 200)
    }

    @Test("an id that is none is refused before anything is sent", arguments: ["", "a/b", "1 2", "..", "1?x=1", "주문"])
    func refusedID(id: String) async throws {
        let transport = RecordingTransport(.nothing)
        let provider = try Account().provider(transport)
        let error = try await certificateError {
            try await provider.orderDetail(OrderDetailRequest(.order(id)), context: OperationContext())
        }
        #expect(error.code == .invalidRequest)
        #expect(transport.requests.isEmpty)
    }

    @Test("orders are found by their id only", arguments: [OrderReference.serial("0A1B"), .thumbprint("03F6")])
    func otherLookups(reference: OrderReference) async throws {
        let transport = RecordingTransport(.nothing)
        let provider = try Account().provider(transport)
        let error = try await certificateError {
            try await provider.orderDetail(OrderDetailRequest(reference), context: OperationContext())
        }
        #expect(error.code == .unsupported)
        #expect(error.capability == .orderDetail)
        #expect(error.message.contains(reference.lookup.rawValue))
        #expect(transport.requests.isEmpty)
    }
}
