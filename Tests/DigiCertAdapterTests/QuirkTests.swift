import CertProtocol
import DigiCertAdapter
import Testing

/// What DigiCert has been seen to send, against its documents: no row may be lost by it.
struct QuirkTests {
    private func list(_ body: String) async throws -> Page<Certificate> {
        try await makeProvider(RecordingTransport(body)).listCertificates(ListCertificatesRequest(), context: context)
    }

    private func row(_ members: String) async throws -> Certificate {
        let page = try await list(
            #"{"orders":[{"id":1,"status":"issued"\#(members)}],"page":{"total":1,"limit":1000}}"#)
        #expect(page.problems.isEmpty)
        return try #require(page.items.first)
    }

    @Test("an order of domain validation has [] where its organization would stand")
    func emptyOrganization() async throws {
        let certificate = try await row(#","organization":[],"certificate":{"id":5,"common_name":"a.example"}"#)
        #expect(certificate.organization == nil)
        #expect(certificate.commonName == "a.example")
    }

    @Test(
        "an order without a certificate is one row, its certificate's fields empty",
        arguments: ["", #","certificate":null"#, #","certificate":[]"#]
    )
    func noCertificate(members: String) async throws {
        let certificate = try await row(
            members + #","product":{"name_id":"ssl_plus"},"date_created":"2020-01-02T03:04:05+00:00""#)
        #expect(certificate.orderID == "1")
        #expect(certificate.certificateID == nil)
        #expect(certificate.commonName == nil)
        #expect(certificate.dnsNames == nil)
        #expect(certificate.product == "ssl_plus")
        #expect(certificate.status == .issued)
        #expect(certificate.createdAt?.text == "2020-01-02T03:04:05Z")
    }

    @Test("ids beyond 32 bits stay exact, and ids as strings are ids")
    func ids() async throws {
        let page = try await list(
            """
            {"orders":[{"id":9007199254740993,"certificate":{"id":15164434343}},{"id":"42","certificate":{"id":"43"}}]}
            """
        )
        #expect(page.items.map(\.orderID) == ["9007199254740993", "42"])
        #expect(page.items.map(\.certificateID) == ["15164434343", "43"])
        #expect(page.keys == [9_007_199_254_740_993, 42])
    }

    @Test(
        "names that are blank are dropped, absent ones stay absent",
        arguments: [
            (#"{"dns_names":[""]}"#, []), (#"{"dns_names":[" ","a.example"]}"#, ["a.example"]), ("{}", nil),
            (#"{"dns_names":null}"#, nil),
            (#"{"common_name":"*.a.example","dns_names":["*.a.example"]}"#, ["*.a.example"]),
        ] as [(String, [String]?)]
    )
    func names(certificate: String, expected: [String]?) async throws {
        #expect(try await row(#","certificate":\#(certificate)"#).dnsNames == expected)
    }

    @Test(
        "dates come as instants and as days, and what is neither costs no row",
        arguments: [
            ("2019-06-11T07:09:00+00:00", "2019-06-11T07:09:00Z"), ("2019-06-11T07:09:00Z", "2019-06-11T07:09:00Z"),
            ("2019-06-11", "2019-06-11"), ("2019-06-21 13:37:00", "2019-06-21T13:37:00Z"), ("soon", nil),
        ] as [(String, String?)]
    )
    func dates(sent: String, expected: String?) async throws {
        let certificate = try await row(#","certificate":{"date_issued":"\#(sent)"}"#)
        #expect(certificate.issuedAt?.text == expected)
    }

    @Test("numbers and booleans as strings are read as what they mean")
    func stringsForNumbers() async throws {
        let certificate = try await row(
            #","duplicates_count":"2","has_reissues":"1","subaccount":{"account_id":"77"},"is_multi_year_plan":"1""#
        )
        #expect(certificate.notListed == NotListed(duplicates: 2, reissues: 1))
        #expect(certificate.accountID == "77")
        #expect(DigiCert.ListedOrder(certificate.raw)?.isMultiYearPlan == true)
    }

    @Test("a flag without a count says that there is at least one more certificate")
    func flagsWithoutCounts() async throws {
        #expect(try await row(#","has_duplicates":true"#).notListed == NotListed(duplicates: 1))
        #expect(try await row(#","has_duplicates":false,"reissues_count":3"#).notListed == NotListed(reissues: 3))
        #expect(try await row("").notListed.isEmpty)
    }

    @Test("members that nobody documented stay in the row")
    func undocumented() async throws {
        let certificate = try await row(#","shiny":{"new":[1,2]}"#)
        #expect(certificate.raw["shiny"]?.text == #"{"new":[1,2]}"#)
    }

    @Test("a row that can't be read is reported with its text, and the others are delivered")
    func unreadableRows() async throws {
        let page = try await list(#"{"orders":[{"id":1},"oops",{"status":"issued"},{"id":"x"},{"id":-4},{"id":5}]}"#)
        #expect(page.items.map(\.orderID) == ["1", "5"])
        #expect(page.problems.map(\.raw.text) == [#""oops""#, #"{"status":"issued"}"#, #"{"id":"x"}"#, #"{"id":-4}"#])
        #expect(page.problems.map(\.reason).first == "The row is not an object.")
        #expect(page.problems.map(\.reason).last == "The row has no readable id.")
    }

    @Test("0 as the renewed order means that there is none", arguments: [("0", nil), ("77", "77"), ("\"78\"", "78")])
    func renewedOrder(sent: String, expected: String?) async throws {
        let provider = try makeProvider(RecordingTransport(#"{"id":1,"renewed_order_id":\#(sent)}"#))
        let order = try await provider.orderDetail(OrderDetailRequest(.order("1")), context: context)
        #expect(order.renewedOrderID == expected)
        #expect(order.certificates.isEmpty)
    }

    @Test("reissues may send numbers as strings")
    func reissues() async throws {
        let transport = RecordingTransport(
            """
            {"certificates":[{"id":7,"status":"issued","date_issued":"2021-01-01T00:00:00+00:00","receipt_id":"12",
            "purchased_dns_names":"0","archived":0,"email":"a@example.com"}]}
            """
        )
        let page = try await makeProvider(transport).listReissues(ListReissuesRequest(orderID: "9"), context: context)
        #expect(transport.paths == ["/services/v2/order/certificate/9/reissue"])
        #expect(page.items.map(\.issuedAt?.text) == ["2021-01-01T00:00:00Z"])
        let row = try #require(DigiCert.ReissuedCertificate(page.items[0].raw))
        #expect(row.receiptID == 12)
        #expect(row.purchasedDNSNames == 0)
        #expect(row.isArchived == false)
        #expect(row.email == "a@example.com")
    }
}
