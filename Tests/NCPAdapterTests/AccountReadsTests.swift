import AdapterHTTP
import CertProtocol
import HTTPTypes
import Testing

@testable import NCPAdapter

/// Changes, products, organizations, health.
struct AccountReadsTests {
    @Test("changes are asked for in seconds, rounded up, and nothing else")
    func changes() async throws {
        let transport = RecordingTransport(
            #"""
            {"returnCode":"0","totalCount":4,"orders":[
              {"orderId":"900001","certificateId":100001,"status":"Normal"},
              {"orderId":"900002","certificateId":"100002","status":"Ongoing"},
              {"orderId":"900003","certificateId":null,"status":"Validation timed out"},
              {"orderID":"900004","certificateId":100004,"status":"Lost"},
              {"status":"Normal"}]}
            """#
        )
        let provider = try Account().provider(transport)
        let page = try await provider.listChanges(
            ListChangesRequest(since: .milliseconds(86_399_001)), context: OperationContext()
        )
        #expect(transport.targets == ["/api/v2/certificate/recentChanges?seconds=86400"])
        #expect(page.items.map(\.orderID) == ["900001", "900002", "900003", "900004"])
        #expect(page.items.map(\.certificateID) == ["100001", "100002", nil, "100004"])
        #expect(page.items.map(\.status) == [.issued, .pending, .failed, .unknown("Lost")])
        #expect(page.items.map(\.providerStatus) == ["Normal", "Ongoing", "Validation timed out", "Lost"])
        #expect(page.problems.count == 1)
        #expect(page.next == nil)
        #expect(Set(page.keys).count == 4)
    }

    @Test(
        "a window that the service doesn't have is refused before anything is sent",
        arguments: [Duration.zero, .seconds(-1), .seconds(604_801), .milliseconds(604_800_001)]
    )
    func windows(since: Duration) async throws {
        let transport = RecordingTransport(.nothing)
        let provider = try Account().provider(transport)
        let error = try await certificateError {
            try await provider.listChanges(ListChangesRequest(since: since), context: OperationContext())
        }
        #expect(error.code == .invalidRequest)
        #expect(transport.requests.isEmpty)
    }

    @Test("the longest window is seven days")
    func longestWindow() async throws {
        let transport = RecordingTransport(.nothing)
        let request = ListChangesRequest(since: .seconds(604_800))
        _ = try await Account().provider(transport).listChanges(request, context: OperationContext())
        #expect(transport.targets == ["/api/v2/certificate/recentChanges?seconds=604800"])
    }

    @Test("products are the types of certificates", arguments: ["certificatetype", "certificateType"])
    func products(list: String) async throws {
        let transport = RecordingTransport(
            CannedAnswer(
                200,
                #"""
                {"returnCode":"0","totalCount":3,"\#(list)":[
                  {"certificateType":"NCP_PAID_OV_01","certificateTypeName":"Advanced OV"},
                  {"certificateTypeCode":"NCP_PAID_DV_01"}, "NCP_PRIVATE", {}]}
                """#
            )
        )
        let page = try await Account().provider(transport)
            .listProducts(ListProductsRequest(), context: OperationContext())
        #expect(transport.targets == ["/api/v2/certificate/certificateTypes"])
        #expect(page.items.map(\.product) == ["NCP_PAID_OV_01", "NCP_PAID_DV_01", "NCP_PRIVATE"])
        #expect(page.items.map(\.name) == ["Advanced OV", nil, nil])
        #expect(page.items.map(\.validation) == ["ov", "dv", nil])
        #expect(page.problems.map(\.raw.text) == ["{}"])
    }

    private static let organization = #"""
        {"organizationNo":77,"memberNo":"9999999","organizationNameKor":"예시 주식회사","organizationNameEng":"Example",
         "businessRegistrationNo":"000-00-00000","verificationType":"BUSINESS_REGISTRATION",
         "verificationProgressCode":"7"}
        """#

    @Test(
        "organizations are found in whatever stands around them",
        arguments: [
            "[\(organization)]", #"{"returnCode":"0","organizationInfoList":[\#(organization)]}"#,
            #"{"returnCode":"0","data":{"list":[\#(organization)]}}"#, organization,
        ]
    )
    func organizations(body: String) async throws {
        let transport = RecordingTransport(CannedAnswer(200, body))
        let page = try await Account().provider(transport)
            .listOrganizations(ListOrganizationsRequest(), context: OperationContext())
        let request = try #require(transport.requests.first)
        #expect(request.head.method == .post)
        #expect(request.head.path == "/api/v2/organization/getOrganizationInfoList")
        #expect(request.body == Array("{}".utf8))
        #expect(!request.needsFreshConnection)

        let organization = try #require(page.items.first)
        #expect(page.items.count == 1)
        #expect(organization.organizationID == "77")
        #expect(organization.name == "예시 주식회사")
        #expect(organization.status == "7")
        let wire = try #require(NCP.Organization(organization.raw))
        #expect(wire.memberNo == "9999999")
        #expect(wire.organizationNameEng == "Example")
        #expect(wire.businessRegistrationNo == "000-00-00000")
        #expect(wire.verificationType == "BUSINESS_REGISTRATION")
    }

    @Test("an account without organizations has an empty list", arguments: [#"{"returnCode":"0"}"#, "[]"])
    func noOrganizations(body: String) async throws {
        let page = try await Account().provider(RecordingTransport(CannedAnswer(200, body)))
            .listOrganizations(ListOrganizationsRequest(), context: OperationContext())
        #expect(page.items.isEmpty && page.problems.isEmpty)
    }

    @Test(
        "organizations that can't be told apart from something else are no empty list",
        arguments: ["{}", "1", #"{"returnCode":"0","a":[],"b":[]}"#, #"{"returnCode":"0","data":{"total":3}}"#]
    )
    func unclearOrganizations(body: String) async throws {
        let provider = try Account().provider(RecordingTransport(CannedAnswer(200, body)))
        let error = try await certificateError {
            try await provider.listOrganizations(ListOrganizationsRequest(), context: OperationContext())
        }
        #expect(error.code == .malformedResponse)
    }

    @Test("a read that is a POST is retried like any other")
    func postIsRetried() async throws {
        let transport = RecordingTransport { number, _ in number == 1 ? CannedAnswer(503) : CannedAnswer(200, "[]") }
        _ = try await Account(retries: 1).provider(transport)
            .listOrganizations(ListOrganizationsRequest(), context: OperationContext())
        #expect(transport.requests.count == 2)
    }

    @Test(
        "health is the cheapest call of the version",
        arguments: [("public", "/api/v2/certificate/certificateTypes"), ("gov", "/api/v1/certificates")]
    )
    func health(zone: String, target: String) async throws {
        let transport = RecordingTransport(.nothing)
        try await Account(zone: zone).provider(transport)
            .checkHealth(HealthCheckRequest(), context: OperationContext())
        #expect(transport.targets == [target])
    }

    @Test("a key that isn't accepted fails the health check", arguments: ["public", "gov"])
    func unhealthy(zone: String) async throws {
        let provider = try Account(zone: zone).provider(RecordingTransport(CannedAnswer(401)))
        let error = try await certificateError {
            try await provider.checkHealth(HealthCheckRequest(), context: OperationContext())
        }
        #expect(error.code == .authentication)
    }

    @Test("what v1 doesn't have is refused before anything is sent", arguments: ["public", "gov", "fin"])
    func unsupportedInFirstVersion(zone: String) async throws {
        let transport = RecordingTransport(.nothing)
        let provider = try Account(zone: zone, api: "v1").provider(transport)
        let context = OperationContext()
        let calls: [(Capability, () async throws -> Void)] = [
            (.orderDetail, { _ = try await provider.orderDetail(OrderDetailRequest(.order("1")), context: context) }),
            (
                .listChanges,
                { _ = try await provider.listChanges(ListChangesRequest(since: .seconds(1)), context: context) }
            ),
            (.listProducts, { _ = try await provider.listProducts(ListProductsRequest(), context: context) }),
            (
                .listOrganizations,
                { _ = try await provider.listOrganizations(ListOrganizationsRequest(), context: context) }
            ),
        ]
        for (capability, call) in calls {
            let error = try await certificateError { try await call() }
            #expect(error.code == .unsupported)
            #expect(error.capability == capability)
        }
        #expect(transport.requests.isEmpty)
    }

    @Test(
        "a cursor of another list is refused before anything is sent",
        arguments: [
            "", "paid", "paid:0:100", "paid:1:0", "all:x:1", "other:1:1", "paid:9223372036854775807:1", "all:1:1:1",
        ]
    )
    func foreignCursors(cursor: String) async throws {
        let transport = RecordingTransport(.nothing)
        let request = ListCertificatesRequest(cursor: Cursor(cursor))
        for zone in ["public", "gov"] {
            let provider = try Account(zone: zone).provider(transport)
            let error = try await certificateError {
                try await provider.listCertificates(request, context: OperationContext())
            }
            #expect(error.code == .invalidRequest)
        }
        #expect(transport.requests.isEmpty)
    }
}
