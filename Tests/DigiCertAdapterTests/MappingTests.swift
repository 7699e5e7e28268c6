import CertProtocol
import DigiCertAdapter
import Foundation
import Testing

struct MappingTests {
    @Test(
        "DigiCert's words for a status become ours, and unknown ones are kept",
        arguments: [
            ("pending", .pending), ("processing", .pending), ("needs_csr", .pending), ("waiting_pickup", .pending),
            ("needs_approval", .pendingApproval), ("issued", .issued), ("approved", .issued),
            ("reissue_pending", .reissuePending), ("rejected", .rejected), ("denied", .rejected),
            ("canceled", .canceled), ("revoked", .revoked), ("expired", .expired),
            ("cancelled", .unknown("cancelled")), ("brand_new", .unknown("brand_new")),
        ] as [(String, CertificateStatus)]
    )
    func statuses(word: String, expected: CertificateStatus) async throws {
        let provider = try makeProvider(RecordingTransport(#"{"id":1,"status":"\#(word)","certificate":{}}"#))
        let order = try await provider.orderDetail(OrderDetailRequest(.order("1")), context: context)
        #expect(order.status == expected)
        #expect(order.providerStatus == word)
        #expect(order.certificates.map(\.status) == [expected])
    }

    @Test(
        "a certificate's own status wins over its order's, where it is sent",
        arguments: [
            (#""revoked""#, .revoked, "revoked"), (#""""#, .issued, "issued"), ("null", .issued, "issued"),
            (#""odd""#, .unknown("odd"), "odd"),
        ] as [(String, CertificateStatus, String)]
    )
    func ownStatus(sent: String, expected: CertificateStatus, word: String) async throws {
        let provider = try makeProvider(
            RecordingTransport(#"{"id":1,"status":"issued","certificate":{"status":\#(sent)}}"#)
        )
        let order = try await provider.orderDetail(OrderDetailRequest(.order("1")), context: context)
        #expect(order.status == .issued)
        #expect(order.certificates.map(\.status) == [expected])
        #expect(order.certificates.map(\.providerStatus) == [word])
    }

    @Test("a row of the list becomes a certificate with its order's item kept whole")
    func listedOrder() async throws {
        let item = """
            {"id":123,"certificate":{"id":456,"common_name":"example.com","dns_names":["www.example.com"],
            "serial_number":"0669D46C","thumbprint":"AB12","valid_from":"2026-01-01","valid_till":"2026-07-18",
            "days_remaining":100,"signature_hash":"sha256","cert_validity":{"days":199},
            "date_created":"2026-01-01T10:00:00+00:00"},
            "status":"issued","is_renewed":false,"date_created":"2025-12-31T10:00:00+00:00",
            "organization":{"id":1,"name":"예시 주식회사"},"order_validity":{"years":1},"order_valid_till":"2026-12-31",
            "product":{"name_id":"ssl_basic","name":"Basic OV","type":"ssl_certificate","validation_type":"OV"},
            "duplicates_count":2,"reissues_count":1,"price":218,"product_name_id":"ssl_basic"}
            """
        let provider = try makeProvider(RecordingTransport(#"{"orders":[\#(item)]}"#))
        let page = try await provider.listCertificates(ListCertificatesRequest(), context: context)
        let certificate = try #require(page.items.first)
        #expect(certificate.provider == "digicert-test")
        #expect(certificate.orderID == "123")
        #expect(certificate.certificateID == "456")
        #expect(certificate.commonName == "example.com")
        #expect(certificate.dnsNames == ["www.example.com"])
        #expect(certificate.status == .issued)
        #expect(certificate.product == "ssl_basic")
        #expect(certificate.validation == "ov")
        #expect(certificate.serialNumber == "0669D46C")
        #expect(certificate.thumbprint == "AB12")
        #expect(certificate.notBefore?.text == "2026-01-01")
        #expect(certificate.notAfter?.text == "2026-07-18")
        #expect(certificate.createdAt?.text == "2026-01-01T10:00:00Z")
        #expect(certificate.issuedAt == nil)
        #expect(certificate.updatedAt == nil)
        #expect(certificate.subject == nil)
        #expect(certificate.organization == "예시 주식회사")
        #expect(certificate.accountID == nil)
        #expect(certificate.notListed == NotListed(duplicates: 2, reissues: 1))
        #expect(certificate.raw == (try json(item)))
        #expect(DigiCert.ListedOrder(certificate.raw)?.orderValidity?.years == 1)
    }

    @Test(
        "the price of an order stands in order_price or beside it",
        arguments: [
            (#""order_price":{"cost":358.5,"currency":"EUR"},"price":1"#, "358.5", "EUR"),
            (#""price":218,"currency":"USD""#, "218", "USD"), (#""price":"218.10""#, "218.1", nil),
        ] as [(String, String, String?)]
    )
    func price(members: String, amount: String, currency: String?) async throws {
        let provider = try makeProvider(RecordingTransport(#"{"id":1,\#(members)}"#))
        let order = try await provider.orderDetail(OrderDetailRequest(.order("1")), context: context)
        #expect(order.price?.description == amount)
        #expect(order.currency == currency)
    }

    @Test("dates of an order are its own, else its certificate's")
    func orderDates() async throws {
        let provider = try makeProvider(
            RecordingTransport(
                """
                {"id":1,"order_valid_till":"2026-12-31","certificate":{"date_created":"2026-01-01T10:00:00+00:00",
                "date_issued":"2026-01-02T10:00:00+00:00"}}
                """
            )
        )
        let order = try await provider.orderDetail(OrderDetailRequest(.order("1")), context: context)
        #expect(order.createdAt?.text == "2026-01-01T10:00:00Z")
        #expect(order.issuedAt?.text == "2026-01-02T10:00:00Z")
        #expect(order.validUntil?.text == "2026-12-31")
    }

    @Test("changes, products and organizations become records that keep their JSON")
    func accountRecords() async throws {
        let changes = try await makeProvider(
            RecordingTransport(
                #"{"orders":[{"order_id":5,"certificate_id":6,"status":"odd"},{"order_id":7,"status":"issued"}]}"#)
        ).listChanges(ListChangesRequest(since: .seconds(60)), context: context)
        #expect(changes.items.map(\.orderID) == ["5", "7"])
        #expect(changes.items.map(\.certificateID) == ["6", nil])
        #expect(changes.items.map(\.status) == [.unknown("odd"), .issued])

        let products = try await makeProvider(
            RecordingTransport(
                #"{"products":[{"name_id":"ssl_plus","name":"Standard SSL","type":"t","validation_type":"OV"},{}]}"#)
        ).listProducts(ListProductsRequest(), context: context)
        #expect(products.items.map(\.product) == ["ssl_plus"])
        #expect(products.items.map(\.validation) == ["ov"])
        #expect(products.items.map(\.type) == ["t"])
        #expect(products.problems.count == 1)

        let transport = RecordingTransport(
            #"{"organizations":[{"id":"5","name":"n","status":"active"}],"page":{"total":1,"limit":1000,"offset":0}}"#
        )
        let organizations = try await makeProvider(transport).listOrganizations(
            ListOrganizationsRequest(), context: context
        )
        #expect(transport.paths == ["/services/v2/organization?limit=1000&offset=0"])
        #expect(organizations.items.map(\.organizationID) == ["5"])
        #expect(organizations.items.map(\.name) == ["n"])
        #expect(organizations.items.map(\.status) == ["active"])
        #expect(organizations.items.map(\.raw.text) == [#"{"id":"5","name":"n","status":"active"}"#])
        // Nothing says in which order they come.
        #expect(!organizations.isAscending)
        #expect(organizations.next == nil)
    }
}
