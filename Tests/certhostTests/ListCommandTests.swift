import CertProtocol
import Foundation
import Testing

private let certificateKeys = [
    "provider", "order_id", "certificate_id", "common_name", "dns_names", "status", "provider_status", "product",
    "validation", "serial_number", "thumbprint", "not_before", "not_after", "created_at", "issued_at", "updated_at",
    "subject", "organization", "account_id",
]

private let orderKeys = [
    "provider", "order_id", "status", "provider_status", "product", "product_name", "validation", "organization",
    "account_id", "subaccount", "price", "currency", "created_at", "issued_at", "valid_until", "validity_years",
    "is_renewal", "renewed_order_id", "requests", "certificates",
]

@Suite("certhost list and its kin")
struct ListCommandTests {
    @Test("list shows certificates of both authorities, every key always there, each provider's outcome at the end")
    func shape() async throws {
        try await SandboxedCommand.with { command in
            let result = try await command.runner.run("list", "--format", "json")
            #expect(result.status == 0, "\(result.errors)")
            let document = try #require(result.json)
            #expect(document.members.map(\.name) == ["certificates", "providers"])
            let certificates = try #require(document.array("certificates"))
            #expect(Set(certificates.compactMap { $0.string("provider") }) == ["digicert", "ncp"])
            for certificate in certificates { #expect(certificate.members.map(\.name) == certificateKeys) }
            let outcomes = try #require(document.array("providers"))
            #expect(outcomes.map { $0.string("id") } == ["digicert", "ncp"])
            for outcome in outcomes {
                #expect(outcome.members.map(\.name) == ["id", "outcome", "count", "problems", "not_listed", "error"])
                #expect(outcome.string("outcome") == "ok")
            }
            #expect(outcomes.first?["not_listed"]?.text == #"{"duplicates":3,"reissues":1}"#)
        }
    }

    @Test("every format carries the same records")
    func formats() async throws {
        try await SandboxedCommand.with(orders: 60) { command in
            let json = try await command.runner.run("list", "--format", "json")
            let lines = try await command.runner.run("list", "--format", "ndjson")
            let csv = try await command.runner.run("list", "--format", "csv")
            let table = try await command.runner.run("list")
            let records = try #require(json.json?.array("certificates")).map(\.text)
            #expect(records.count > 120)
            #expect(Set(lines.records.map(\.text)) == Set(records))
            #expect(lines.errorRecords.compactMap { $0["outcome"]?.string("id") }.sorted() == ["digicert", "ncp"])
            #expect(csv.output.split(separator: "\n").count == records.count + 1)
            #expect(csv.output.hasPrefix(certificateKeys.joined(separator: ",") + "\n"))
            // A title line and a footer.
            #expect(table.output.split(separator: "\n").count == records.count + 2)
            #expect(!table.output.contains("…"))
            #expect(!table.output.contains("\u{1B}"))
        }
    }

    @Test("duplicates and reissues that the list leaves out are told, and fetched when asked for")
    func allCertificates() async throws {
        try await SandboxedCommand.with { command in
            let short = try await command.runner.run("list", "--provider", "digicert")
            #expect(short.output.contains("3 duplicates and 1 reissue not shown; --all-certificates fetches them."))
            let all = try await command.runner.run(
                "list", "--provider", "digicert", "--all-certificates", "--format", "json")
            let ids = try #require(all.json?.array("certificates")).compactMap { $0.string("certificate_id") }
            #expect(Set(ids).isSuperset(of: ["12345", "23456", "34567"]))
            #expect(Set(ids).count == ids.count)
            #expect(all.json?.array("providers")?.first?["not_listed"]?.isNull == true)
        }
    }

    @Test("filters by status, name and expiry find the same whether the authority filters or not")
    func filters() async throws {
        try await SandboxedCommand.with(orders: 400) { command in
            let everything = try #require(
                try await command.runner.run("list", "--format", "json").json?.array("certificates")
            )
            for status in Set(everything.compactMap { $0.string("status") }) {
                let found = try await command.runner.run("list", "--status", status, "--format", "ndjson").records
                #expect(
                    found.map(\.text).sorted()
                        == everything.filter { $0.string("status") == status }.map(\.text).sorted())
            }
            let named = try await command.runner.run("list", "--domain", "*.EXAMPLE.com", "--format", "ndjson").records
            #expect(!named.isEmpty)
            for record in named {
                let names = [record.string("common_name")].compactMap(\.self) + (record.strings("dns_names") ?? [])
                #expect(names.contains { $0.hasSuffix(".example.com") })
            }
            let today = CalendarDay(Date()).description
            let limit = CalendarDay(Date().addingTimeInterval(90 * 86_400)).description
            let expiring = try await command.runner.run("list", "--expiring-within", "90d", "--format", "ndjson")
                .records
            let ends = expiring.compactMap { $0.string("not_after")?.prefix(10) }
            #expect(!ends.isEmpty && ends.count == expiring.count)
            #expect(ends.allSatisfy { $0 >= today && $0 <= limit })
            let expected = everything.filter { record in
                guard let end = record.string("not_after").flatMap({ CertificateDate($0) })?.startInUTC else {
                    return false
                }
                return end > Date() && end <= Date().addingTimeInterval(90 * 86_400)
                    && record.string("status") != "expired"
            }
            #expect(expiring.count == expected.count)
            let expired = try await command.runner.run("list", "--expired", "--format", "ndjson").records
            #expect(!expired.isEmpty)
            #expect(
                expired.allSatisfy {
                    $0.string("status") == "expired" || ($0.string("not_after") ?? "9").prefix(10) <= today
                }
            )
        }
    }

    @Test("what the authority sent is all there with --raw: no field of an official sample is lost")
    func officialSamples() async throws {
        try await SandboxedCommand.with { command in
            let issued = try await command.runner.run("order", "digicert/123456", "--raw", "--format", "json")
            #expect(issued.json?["raw"] == (try officialSample("DigiCertAdapter", "order-info-issued.json")))
            #expect(issued.json?["order"]?.members.map(\.name) == orderKeys)
            #expect(issued.json?["order"]?.string("status") == "issued")
            let waiting = try await command.runner.run("order", "digicert/123455", "--raw", "--format", "json")
            let sample = try officialSample("DigiCertAdapter", "order-info-needs-approval.json")
            #expect(waiting.json?["raw"]?.text == sample.text.replacing("\"id\":123456", with: "\"id\":123455"))
            #expect(waiting.json?["order"]?.string("status") == "pending_approval")

            let duplicates = try await command.runner.run("duplicates", "digicert/123456", "--raw", "--format", "json")
            let duplicateSample = try officialSample("DigiCertAdapter", "duplicates.json")
            #expect(duplicates.json?.array("certificates")?.map { $0["raw"] } == duplicateSample.array("certificates"))
            let subaccounts = try await command.runner.run("subaccount-orders", "--raw", "--format", "json")
            let subaccountSample = try officialSample("DigiCertAdapter", "subaccount-orders.json")
            #expect(subaccounts.json?.array("orders")?.prefix(3).map { $0["raw"] } == subaccountSample.array("orders"))
            let ncp = try await command.runner.run("list", "--provider", "ncp", "--raw", "--format", "json")
            let ncpSample = try officialSample("NCPAdapter", "getPaidCertificates-official.json")
            let item = ncpSample.array("orders")?.first?.array("certificates")?.first
            #expect(ncp.json?.array("certificates")?.first?["raw"] == item)
        }
    }

    @Test("a sub-account's order as it is documented, to the letter")
    func subaccountOrder() async throws {
        try await SandboxedCommand.with { command in
            let result = try await command.runner.run("subaccount-orders", "--format", "json")
            let order = try #require(result.json?.array("orders")?.dropFirst().first)
            #expect(order.members.map(\.name) == orderKeys)
            #expect(
                order["subaccount"]?.text
                    == #"{"account_id":"123445","account_type":"enterprise","organization_name":"Sub account organization"}"#
            )
            #expect(order["price"]?.text == "358")
            #expect(
                order.array("certificates")?.first?.text == #"""
                    {"provider":"digicert","order_id":"123457","certificate_id":"101015","common_name":"example.com","dns_names":["sub1.example.com","sub2.example.com","sub3.example.com","sub4.example.com"],"status":"issued","provider_status":"issued","product":"ssl_multi_domain","validation":null,"serial_number":"0FDA","thumbprint":"03F6","not_before":null,"not_after":"2020-06-15","created_at":"2019-06-11T07:08:04Z","issued_at":"2019-06-11T07:09:00Z","updated_at":null,"subject":null,"organization":null,"account_id":"123445"}
                    """#
            )
        }
    }

    @Test("an order is found by its certificate's serial number and thumbprint too")
    func lookups() async throws {
        try await SandboxedCommand.with(orders: 20) { command in
            let list = try await command.runner.run("list", "--provider", "digicert", "--format", "ndjson")
            let record = try #require(list.records.last { $0.string("serial_number") != nil })
            for (lookup, key) in [("serial", "serial_number"), ("thumbprint", "thumbprint")] {
                guard let value = record.string(key) else { continue }
                let spaced = value.lowercased().enumerated().map {
                    $0.offset % 2 == 0 && $0.offset > 0 ? ":\($0.element)" : "\($0.element)"
                }
                let found = try await command.runner.run(
                    "order", "digicert/" + spaced.joined(), "--by", lookup, "--format", "json"
                )
                #expect(found.json?["order"]?.string("order_id") == record.string("order_id"), "\(found.errors)")
            }
        }
    }

    @Test("the other lists, in the shape that is documented")
    func otherLists() async throws {
        try await SandboxedCommand.with { command in
            let expected: [(arguments: [String], key: String, members: [String])] = [
                (
                    ["changes", "--since", "24h"], "changes",
                    ["provider", "order_id", "certificate_id", "status", "provider_status"]
                ),
                (["products"], "products", ["provider", "product", "name", "validation", "type"]),
                (["organizations"], "organizations", ["provider", "organization_id", "name", "status"]),
            ]
            for (arguments, key, members) in expected {
                let document = try #require(try await command.runner.run(arguments + ["--format", "json"]).json)
                #expect(document.members.map(\.name) == [key, "providers"])
                let records = try #require(document.array(key))
                #expect(Set(records.compactMap { $0.string("provider") }) == ["digicert", "ncp"])
                for record in records { #expect(record.members.map(\.name) == members) }
            }
            let providers = try await command.runner.run("providers", "--check", "--format", "json")
            #expect(providers.status == 0)
            let first = try #require(providers.json?.array("providers")?.first)
            #expect(
                first.members.map(\.name) == [
                    "id", "adapter", "enabled", "capabilities", "lookups", "page_size", "health",
                ])
            #expect(first["health"]?.string("outcome") == "ok")
            #expect(first["lookups"]?.text == #"["order","serial","thumbprint"]"#)
        }
    }
}
