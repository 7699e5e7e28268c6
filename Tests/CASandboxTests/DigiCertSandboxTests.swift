import CASandbox
import CertProtocol
import Testing

struct DigiCertSandboxTests {
    // MARK: - Credentials and unknown things

    @Test("a missing key is 401 and a wrong one 403 with the service's own body")
    func credentials() async throws {
        let client = try await Shared.running().client
        let missing = try await client.send("GET", "/services/v2/order/certificate")
        #expect(missing.status == 401)
        #expect(try missing.json.array("errors")?.count == 1)
        let wrong = try await client.send("GET", "/services/v2/user/me", headers: ["X-DC-DEVKEY": "another"])
        #expect(wrong.status == 403)
        #expect(
            try wrong.json.text
                == #"{"errors":[{"code":"access_denied|access_denied_invalid_key","#
                + #""message":"Access denied due to access_denied_invalid_key."}]}"#
        )
    }

    @Test(
        "what doesn't exist is 404 with a code that says what",
        arguments: [
            ("/order/certificate/999", "not_found|order"),
            ("/order/certificate/-9223372036854775808", "not_found|order"),
            ("/order/certificate/502500", "not_found|order"),
            ("/order/certificate/123457/duplicate", "not_found|order"),
            ("/order/certificate/ABCDEF/reissue", "not_found|order"),
            ("/order/certificate/00000000000000000000000000000000", "not_found|order"),
            ("/order/certificate/000000000000000000000000-0000001", "not_found|order"),
            ("/order", "not_found|route"),
            ("/order/certificate/123456/nothing", "not_found|route"),
        ]
    )
    func notFound(path: String, code: String) async throws {
        let reply = try await Shared.running().digiCert(path)
        #expect(reply.status == 404)
        #expect(try reply.json.array("errors")?.first?.string("code") == code)
    }

    @Test(
        "a query that can't be read is 400",
        arguments: [
            ("/order/certificate?limit=ten", "bad_request_format"),
            ("/order/certificate?offset=-1", "bad_request_format"),
            ("/order/certificate?sort=colour", "bad_request_format"),
            ("/order/certificate?filters[colour]=red", "bad_request_format"),
            ("/order/certificate/status-changes", "bad_request_format"),
            ("/order/certificate/status-changes?minutes=soon", "bad_request_format"),
            ("/order/certificate/status-changes?minutes=99999999999999999999", "bad_request_format"),
            ("/order/certificate/status-changes?minutes=10081", "time_frame_too_long"),
            ("/order/certificate/status-changes?seconds=604801", "time_frame_too_long"),
            (
                "/order/certificate/status-changes?filters[status_last_updated]=2026-01-01...2026-01-09",
                "time_frame_too_long"
            ),
            ("/order/certificate/status-changes?filters[status_last_updated]=2026-01-01", "bad_request_format"),
        ]
    )
    func badRequest(path: String, code: String) async throws {
        let reply = try await Shared.running().digiCert(path)
        #expect(reply.status == 400)
        #expect(try reply.json.array("errors")?.first?.string("code") == code)
    }

    // MARK: - Samples

    @Test(
        "the documentation's samples are served value for value",
        arguments: [
            ("/order/certificate/123456", "e094dbbc2014cc60ca19c17dadc03389ac67c7a301f816e1d6c346cc0f9e8ac4"),
            ("/order/certificate/123455", "9a1a198baf75fa68651df0be5f740a65a85a800a5b247a7ccc8d30f89e5bc95f"),
            ("/order/certificate/123456/duplicate", "1bb0773c7e0f069b7109b5c473b2b4f274001e12b1e2da0ea7857431f62529bb"),
            (
                "/order/certificate/123456/duplicate?show_archived=true",
                "1bb0773c7e0f069b7109b5c473b2b4f274001e12b1e2da0ea7857431f62529bb"
            ),
        ]
    )
    func samples(path: String, digest: String) async throws {
        #expect(try await Shared.running().digiCert(path).digest == digest)
    }

    @Test("without generated orders, the sub-account list is the documentation's sample, page object included")
    func subaccountSample() async throws {
        let sandbox = try await CASandbox.start()
        let reply = try await sandbox.digiCert("/account/subaccount/order")
        #expect(try reply.digest == "2b8eee1beedf08b9b28e2e8a6c36290779d6823ead4d7b3d02d71c18de861caf")
        await sandbox.stop()
    }

    @Test("without generated orders, the list holds both sample orders")
    func sampleList() async throws {
        let sandbox = try await CASandbox.start()
        let list = try await sandbox.digiCert("/order/certificate").json
        let orders = try #require(list.array("orders"))
        #expect(orders.map { $0.integer("id") } == [123_455, 123_456])
        #expect(orders.map { $0.string("status") } == ["needs_approval", "issued"])
        #expect(orders[0].object("certificate")?["id"] == nil)
        #expect(orders[1].object("certificate")?.integer("id") == 112_358)
        #expect(orders[1].object("certificate")?.strings("dns_names") == ["example2.com", "example3.com"])
        #expect(orders[1].object("certificate")?.string("valid_till") == "2020-04-30")
        #expect(orders[1].integer("duplicates_count") == 3)
        #expect(orders[1].integer("reissues_count") == 1)
        #expect(list.object("page")?.text == #"{"total":2,"limit":1000,"offset":0}"#)
        let reissues = try await sandbox.digiCert("/order/certificate/123456/reissue").json
        #expect(reissues.array("certificates")?.count == 1)
        await sandbox.stop()
    }

    // MARK: - Pages and filters

    @Test("pages of a thousand, in either direction, hold every order once")
    func pages() async throws {
        let sandbox = try await Shared.running()
        var ascending: [Int64] = []
        var descending: [Int64] = []
        for offset in [0, 1000, 2000] {
            let page = try await sandbox.digiCert("/order/certificate?limit=5000&offset=\(offset)&sort=order_id").json
            #expect(page.object("page")?.text == #"{"total":2502,"limit":1000,"offset":\#(offset)}"#)
            ascending += (page.array("orders") ?? []).compactMap { $0.integer("id") }
            let back = try await sandbox.digiCert("/order/certificate?offset=\(offset)&sort=-date_created").json
            descending += (back.array("orders") ?? []).compactMap { $0.integer("id") }
        }
        #expect(ascending == [123_455, 123_456] + (500_000..<502_500).map(Int64.init))
        #expect(descending == ascending.reversed())
    }

    @Test(
        "a page beyond the end has no orders member", arguments: ["offset=2502", "filters[common_name]=absent.example"])
    func emptyPage(query: String) async throws {
        let page = try await Shared.running().digiCert("/order/certificate?" + query).json
        #expect(page["orders"] == nil)
        #expect(page.object("page")?.integer("limit") == 1000)
    }

    @Test("orders come in the order of their creation")
    func creationOrder() async throws {
        let dates = try await list("limit=1000").compactMap { $0.string("date_created") }
        #expect(dates.count == 1000)
        #expect(dates == dates.sorted())
    }

    @Test(
        "filters find what they name",
        arguments: [
            ("filters[id]=500007", [500_007]),
            ("filters[status]=needs_csr&limit=2", [500_009, 500_059]),
            ("filters%5Bstatus%5D%5B0%5D=rejected&filters%5Bstatus%5D%5B1%5D=canceled&limit=2", [500_013, 500_014]),
            ("filters[common_name]=HOST30.example.com", [500_030]),
            ("filters[domain_name]=www.host30.example.com", [500_030]),
            ("filters[domain_name]=%25host30.example.com", [500_030]),
            ("filters[serial_number]=0123456789abcdef0123456789abcdef", [123_456]),
            ("filters[certificate_id]=5000000300", [500_030]),
            ("filters[product_name_id]=ssl_ev_plus&filters[status]=issued&offset=1&limit=1", [500_072]),
            ("filters[search]=host31.example.com", [500_031]),
            ("filters[organization_id]=112234&limit=1", [500_011]),
            ("filters[valid_till]=<2021-01-01", [123_456]),
            ("filters[valid_till]=2020-04-01...2020-05-01", [123_456]),
            ("filters[valid_till]=null&limit=2", [123_455, 500_002]),
        ]
    )
    func filters(query: String, ids: [Int64]) async throws {
        #expect(try await list(query).map { $0.integer("id") } == ids)
    }

    @Test("the issued filter also returns what has expired since, and an expiry filter leaves that out")
    func issuedAndExpired() async throws {
        let statuses = try await list("filters[status]=issued").map { $0.string("status") }
        #expect(Set(statuses) == ["issued", "expired"])
        let valid = try await list("filters[status]=issued&filters[valid_till]=>NOW").compactMap {
            $0.object("certificate")?.integer("days_remaining")
        }
        #expect(!valid.isEmpty)
        #expect(valid.allSatisfy { $0 > 0 })
    }

    // MARK: - The generated estate

    @Test("two sandboxes of one day generate the same estate; a day later, validity has moved by a day")
    func deterministic() async throws {
        let options = SandboxOptions(orders: 300)
        let first = try await CASandbox.start(options: options, today: 20_779)
        let second = try await CASandbox.start(options: options, today: 20_779)
        let later = try await CASandbox.start(options: options, today: 20_780)
        for path in ["/order/certificate?limit=200", "/account/subaccount/order", "/order/certificate/500010"] {
            #expect(try await first.digiCert(path).body == second.digiCert(path).body)
        }
        let valid = ["2026-11-22", "2026-11-23"]
        for (sandbox, day) in zip([first, later], valid) {
            let order = try await sandbox.digiCert("/order/certificate/500000").json
            #expect(order.object("certificate")?.string("valid_till") == day)
        }
        for sandbox in [first, second, later] { await sandbox.stop() }
    }

    @Test("list, order info, duplicates, reissues and lookups agree about every kind of order")
    func consistent() async throws {
        let sandbox = try await Shared.running()
        for row in try await list("offset=2&limit=50") {
            let id = try #require(row.integer("id"))
            let info = try await sandbox.digiCert("/order/certificate/\(id)").json
            #expect(info.integer("id") == id)
            #expect(info.string("status") == row.string("status"))
            let listed = row.object("certificate")
            for name in ["id", "serial_number", "thumbprint", "common_name", "valid_from", "valid_till"] {
                #expect(info.object("certificate")?[name] == listed?[name], "\(id) \(name)")
            }
            for (path, count) in [("duplicate", "duplicates_count"), ("reissue", "reissues_count")] {
                let items = try await sandbox.digiCert("/order/certificate/\(id)/\(path)").json.array("certificates")
                #expect(items?.count == row.integer(count).map(Int.init), "\(id) \(path)")
            }
            for name in ["serial_number", "thumbprint"] {
                guard let text = listed?.string(name) else { continue }
                let found = try await sandbox.digiCert("/order/certificate/\(text.lowercased())").json
                #expect(found.integer("id") == id)
            }
        }
    }

    @Test("the estate holds what is irregular in this API")
    func irregularities() async throws {
        let rows = try await list("offset=2&limit=50")
        #expect(rows.contains { row in row["certificate"] == nil })
        #expect(rows.contains { $0["organization"]?.text == "[]" })
        #expect(rows.contains { $0["duplicates_count"]?.kind == .string && $0["is_renewed"]?.text == #""0""# })
        #expect(rows.contains { $0["is_multi_year_plan"]?.text == #""1""# })
        #expect(rows.contains { $0.object("certificate")?.strings("dns_names") == [""] })
        #expect(rows.contains { $0.string("status") == "held_for_review" })
        #expect(rows.contains { $0.object("organization")?.string("name") == "주식회사 예시클라우드" })
        #expect(rows.contains { $0.object("certificate")?.string("common_name")?.contains("xn--") ?? false })
        #expect(rows.allSatisfy { ($0.object("certificate")?.integer("id") ?? .max) > Int64(UInt32.max) })
        let expected = ["expired", "revoked", "needs_csr", "reissue_pending", "needs_approval", "waiting_pickup"]
        #expect(Set(expected).isSubset(of: rows.compactMap { $0.string("status") }))
    }

    @Test(
        "what doesn't apply is left out, never null",
        arguments: ["/order/certificate?limit=60", "/account/subaccount/order?limit=60", "/organization"]
    )
    func noNulls(path: String) async throws {
        let reply = try await Shared.running().digiCert(path)
        #expect(reply.body.count > 500)
        #expect(!String(decoding: reply.body, as: UTF8.self).contains("null"))
    }

    @Test("an archived duplicate is shown only on request")
    func archived() async throws {
        let sandbox = try await Shared.running()
        let path = "/order/certificate/500023/duplicate"
        let shown = try await sandbox.digiCert(path).json.array("certificates") ?? []
        let all = try await sandbox.digiCert(path + "?show_archived=true").json.array("certificates") ?? []
        #expect(shown.map { $0.string("archived") } == ["0", "0", "0"])
        #expect(all.map { $0.string("archived") } == ["0", "0", "0", "1"])
        #expect(Set(all.map { $0.integer("id") }).count == 4)
    }

    @Test("sub-account orders start with the sample and go on by pages")
    func subaccountPages() async throws {
        let page = try await Shared.running().digiCert("/account/subaccount/order?offset=2&limit=3").json
        #expect(page.array("orders")?.map { $0.integer("id") } == [123_458, 700_000_000, 700_000_001])
        #expect(page.object("page")?.text == #"{"total":2503,"limit":3,"offset":2}"#)
    }

    // MARK: - The rest

    @Test("nothing changed is an empty object; a longer window finds more")
    func statusChanges() async throws {
        let sandbox = try await CASandbox.start()
        #expect(try await sandbox.digiCert("/order/certificate/status-changes?seconds=1").json.text == "{}")
        let hours = try await sandbox.digiCert("/order/certificate/status-changes?minutes=120").json
        #expect(hours.text == #"{"orders":[{"order_id":123456,"certificate_id":112358,"status":"issued"}]}"#)
        await sandbox.stop()
        let week = try await Shared.running().digiCert("/order/certificate/status-changes?minutes=10080").json
        let changes = try #require(week.array("orders"))
        #expect(changes.count > 100)
        #expect(changes.contains { $0["certificate_id"] == nil && $0.string("status") == "needs_csr" })
    }

    @Test("organizations come by pages and by status, a Korean one among them")
    func organizations() async throws {
        let sandbox = try await Shared.running()
        let second = try await sandbox.digiCert("/organization?limit=1&offset=1").json
        #expect(second.array("organizations")?.map { $0.string("name") } == ["주식회사 예시클라우드"])
        #expect(second.object("page")?.text == #"{"total":3,"limit":1,"offset":1}"#)
        let active = try await sandbox.digiCert("/organization?filters[status]=active").json
        #expect(active.array("organizations")?.count == 2)
    }

    @Test("every product of an order is among the products")
    func products() async throws {
        let products = try await Shared.running().digiCert("/product").json.array("products") ?? []
        let used = Set(try await list("limit=100").compactMap { $0.object("product")?.string("name_id") })
        #expect(used.count == 7)
        #expect(used.isSubset(of: products.compactMap { $0.string("name_id") }))
    }

    private func list(_ query: String) async throws -> [JSONValue] {
        try await Shared.running().digiCert("/order/certificate?" + query).json.array("orders") ?? []
    }
}
