import CertProtocol
import Testing

@testable import ExampleCAAdapter

@Suite("The provider against the stub")
struct ProviderTests {
    @Test("a list is read page by page, each from the last id of the one before")
    func pages() async throws {
        try await Account.with { account in
            var ids: [String] = []
            var cursor: Cursor?
            repeat {
                let request = ListCertificatesRequest(cursor: cursor)
                let page = try await account.provider.listCertificates(request, context: OperationContext())
                ids += page.items.compactMap(\.certificateID)
                cursor = page.next
            } while cursor != nil
            #expect(ids == (1001...1025).map(String.init))
            #expect(
                account.server.requests == [
                    "/v1/certificates?limit=100", "/v1/certificates?limit=100&after=1010",
                    "/v1/certificates?limit=100&after=1020",
                ]
            )
        }
    }

    @Test("a row without an id is reported, and costs no other row")
    func problems() async throws {
        try await Account.with { account in
            account.server.answer("/v1/certificates", with: try fixture("certificates-odd"))
            let request = ListCertificatesRequest()
            let page = try await account.provider.listCertificates(request, context: OperationContext())
            #expect(page.items.map(\.certificateID) == ["1003", "1004"])
            #expect(page.problems.map { $0.raw.string("common_name") } == ["no-id.example.com"])
            #expect(page.next == Cursor("1004"), "only the API ends the list")
        }
    }

    @Test("an order is read with its certificates")
    func order() async throws {
        try await Account.with { account in
            let request = OrderDetailRequest(.order("501"))
            let order = try await account.provider.orderDetail(request, context: OperationContext())
            #expect(order.orderID == "501")
            #expect(order.certificates.map(\.commonName) == ["host-1001.example.com"])
        }
    }

    @Test("an id that can be none is refused before it is sent")
    func malformedID() async throws {
        try await Account.with { account in
            let request = OrderDetailRequest(.order("501/cancel"))
            await #expect(throws: CertificateError(.invalidRequest, "")) {
                try await account.provider.orderDetail(request, context: OperationContext())
            }
            #expect(account.server.requests.isEmpty)
        }
    }

    @Test("a refusal carries the authority's own words")
    func refusal() async throws {
        try await Account.with { account in
            let provider = try account.provider(token: "another-token-not-a-secret")
            do throws(CertificateError) {
                _ = try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())
                Issue.record("a wrong token was accepted")
            } catch {
                #expect(error.code == .authentication)
                #expect(error.httpStatus == 401)
                #expect(error.providerCode == "unauthorized")
                #expect(error.providerMessage == "Unknown token.")
            }
        }
    }
}
