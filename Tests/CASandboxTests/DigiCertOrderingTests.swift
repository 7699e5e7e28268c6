import CASandbox
import CertProtocol
import Foundation
import TestSupport
import Testing

/// The half of DigiCert's API that changes something, as it stands on the wire.
struct DigiCertOrderingTests {
    /// One request for all tests; making a key for each would take most of their time.
    private static let csr: String = {
        guard let openssl = try? OpenSSL() else { return "" }
        defer { openssl.remove() }
        return (try? openssl.signingRequest("www.example.com").request) ?? ""
    }()

    private static func body(
        _ name: String = "www.example.com", organization: Int? = 112_233, csr: String? = nil, dnsNames: [String] = [],
        certificate: [(String, JSONNode)] = [], with members: [(String, JSONNode)] = []
    ) -> JSONNode {
        let contents: [(String, JSONNode)] = [
            ("common_name", .string(name)), ("dns_names", .strings(dnsNames)), ("csr", .string(csr ?? Self.csr)),
            ("signature_hash", "sha256"),
        ]
        let owner = organization.map { [("organization", JSONNode.object([("id", .integer(Int64($0)))]))] } ?? []
        return .object([("certificate", .object(contents + certificate))] + owner + members)
    }

    private func withSandbox(_ test: (CASandbox) async throws -> Void) async throws {
        let sandbox = try await CASandbox.start()
        try await test(sandbox)
        await sandbox.stop()
    }

    // MARK: - The four answers to an order

    @Test("an order for a validated domain is answered with its chain, leaf first, lines ending with CRLF")
    func instant() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.digiCert("POST", "/order/certificate/ssl_plus", Self.body())
            #expect(reply.status == 201)
            let answer = try reply.json
            #expect(answer.members.map(\.name) == ["id", "requests", "certificate_id", "certificate_chain"])
            #expect(answer.array("requests")?.first?.string("status") == "approved")
            let chain = answer.array("certificate_chain") ?? []
            #expect(
                chain.map { $0.string("subject_common_name") }
                    == ["www.example.com", "Sandbox Issuing CA", "Sandbox Root CA"]
            )
            #expect(chain.allSatisfy { $0.string("pem")?.hasSuffix("-----END CERTIFICATE-----\r\n") == true })
            let openssl = try OpenSSL()
            defer { openssl.remove() }
            try openssl.verify(chain.compactMap { $0.string("pem") }, root: sandbox.rootCertificatePEM)
        }
    }

    @Test("an order that a person has to approve has a request and nothing else")
    func approval() async throws {
        try await withSandbox { sandbox in
            for body in [Self.body(organization: 112_234), Self.body("approval.example.com")] {
                let answer = try await sandbox.digiCert("POST", "/order/certificate/ssl_plus", body).json
                #expect(answer.members.map(\.name) == ["id", "requests"])
                #expect(answer.array("requests")?.first?.string("status") == "pending")
                let info = try await sandbox.digiCert("/order/certificate/\(answer.string("id") ?? "")").json
                #expect(info.string("status") == "needs_approval")
                #expect(info.object("certificate")?["id"] == nil)
            }
            let skipped = try await sandbox.digiCert(
                "POST", "/order/certificate/ssl_plus",
                Self.body("approval.example.com", with: [("skip_approval", true)])
            )
            #expect(try skipped.json.array("certificate_chain")?.count == 3)
        }
    }

    @Test("an order for another domain says what is to be published for it, and is issued once that was checked")
    func validation() async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.digiCert("POST", "/order/certificate/ssl_plus", Self.body("www.sample.kr"))
                .json
            #expect(answer.members.map(\.name) == ["id", "requests", "certificate_id", "domains"])
            let domain = try #require(answer.array("domains")?.first)
            #expect(domain.string("name") == "www.sample.kr")
            #expect(domain.object("dcv_token")?.string("status") == "pending")
            #expect(domain.object("dcv_token")?.string("token")?.count == 32)

            let id = domain.string("id") ?? ""
            let checked = try await sandbox.digiCert("PUT", "/domain/\(id)/dcv/validate-token", [:])
            #expect(try checked.json.array("validations")?.first?.string("dcv_status") == "complete")
            let order = try await sandbox.digiCert("/order/certificate/\(answer.string("id") ?? "")").json
            #expect(order.string("status") == "issued")
            // What was proven once holds for the next order.
            let next = try await sandbox.digiCert("POST", "/order/certificate/ssl_plus", Self.body("a.www.sample.kr"))
            #expect(try next.json["certificate_chain"] != nil)
        }
    }

    @Test("an order of domain validation is answered with a random value, and is issued once that was checked")
    func randomValue() async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.digiCert(
                "POST", "/order/certificate/ssl_dv_geotrust", Self.body(organization: nil)
            ).json
            #expect(answer.members.map(\.name) == ["id", "certificate_id", "dcv_random_value"])
            let path = "/order/certificate/\(answer.string("id") ?? "")"
            let same = try await sandbox.digiCert("PUT", path + "/dcv-random-value", [:]).json
            #expect(same.string("dcv_random_value") == answer.string("dcv_random_value"))
            let changed = try await sandbox.digiCert("PUT", path + "/dcv-method", ["dcv_method": "dns-cname-token"])
                .json
            #expect(changed.string("dcv_random_value") != answer.string("dcv_random_value"))
            let checked = try await sandbox.digiCert("PUT", path + "/check-dcv", [:]).json
            #expect(checked.string("order_status") == "issued")
            #expect(checked.array("dns_name_validations")?.map { $0.string("status") } == ["approved"])
        }
    }

    @Test("what is never published is never found, whatever the method")
    func unpublished() async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.digiCert(
                "POST", "/order/certificate/ssl_dv_geotrust", Self.body("unpublished.example.kr", organization: nil)
            ).json
            let path = "/order/certificate/\(answer.string("id") ?? "")"
            let checked = try await sandbox.digiCert("PUT", path + "/check-dcv", [:]).json
            #expect(checked.string("dcv_status") == "pending")
            _ = try await sandbox.digiCert("PUT", path + "/dcv-method", ["dcv_method": "http-token"])
            let file = try await sandbox.digiCert("PUT", path + "/check-dcv", [:])
            #expect(file.status == 400)
            #expect(try file.json.array("errors")?.first?.string("code") == "file_random_value_not_found")
        }
    }

    // MARK: - Refusals

    private static let refusals: [(String, JSONNode, Int, String)] = [
        ("nothing", body(), 404, "not_found|product"),
        ("ssl_plus", [:], 400, "bad_request_format"),
        ("ssl_plus", body(csr: "<csr>"), 400, "csr_invalid_cannot_parse"),
        ("ssl_plus", body("", csr: nil), 400, "bad_request_format"),
        ("ssl_plus", body("not a name"), 400, "bad_request_format"),
        ("ssl_plus", body(organization: nil), 400, "bad_request_format"),
        ("ssl_plus", body(organization: 7), 404, "not_found|organization"),
        ("ssl_plus", body(with: [("order_validity", ["years": 4])]), 400, "invalid_value:validity_years"),
        ("ssl_plus", body(with: [("validity_years", 9)]), 400, "invalid_value:validity_years"),
        ("ssl_plus", body(with: [("order_validity", ["days": 9000])]), 400, "invalid_value:validity_days"),
        (
            "ssl_plus", body(with: [("order_validity", ["custom_expiration_date": "2020-01-01"])]), 400,
            "invalid_value:custom_expiration_date"
        ),
        ("ssl_plus", body(with: [("order_validity", ["years": 1, "days": 1])]), 400, "bad_request_format"),
        (
            "ssl_plus", body(certificate: [("cert_validity", ["years": 2])], with: [("order_validity", ["years": 1])]),
            400,
            "cert_validity_exceeds_order_validity"
        ),
        ("ssl_plus", body("caa-forbids.example.com"), 400, "caa_check_failed|caa-forbids.example.com"),
        ("ssl_plus", body(with: [("renewal_of_order_id", 999)]), 404, "not_found|order"),
        ("ssl_plus", body(with: [("renewal_of_order_id", 123_455)]), 400, "order_not_eligible_for_renewal"),
        ("ssl_plus", body("*.example.com", with: [("dcv_method", "http-token")]), 400, "bad_request_format"),
        ("ssl_plus", body(with: [("dcv_method", "smoke-signal")]), 400, "bad_request_format"),
    ]

    @Test("an order that can't be is refused with the code that the documentation names")
    func refusals() async throws {
        try await withSandbox { sandbox in
            for (product, body, status, code) in Self.refusals {
                let reply = try await sandbox.digiCert("POST", "/order/certificate/\(product)", body)
                #expect(reply.status == status, "\(code)")
                #expect(try reply.json.array("errors")?.first?.string("code") == code)
            }
            let list = try await sandbox.digiCert("/order/certificate").json
            #expect(list.object("page")?.integer("total") == 2)
        }
    }

    @Test("an order is renewed once")
    func renewal() async throws {
        try await withSandbox { sandbox in
            let body = Self.body(with: [("renewal_of_order_id", 123_456)])
            let renewal = try await sandbox.digiCert("POST", "/order/certificate/ssl_plus", body).json
            let info = try await sandbox.digiCert("/order/certificate/\(renewal.string("id") ?? "")").json
            #expect(info.integer("renewed_order_id") == 123_456)
            let again = try await sandbox.digiCert("POST", "/order/certificate/ssl_plus", body)
            #expect(try again.json.array("errors")?.first?.string("code") == "order_renewed_already")
            let old = try await sandbox.digiCert("/order/certificate?filters[is_renewed]=1").json
            #expect(old.array("orders")?.map { $0.integer("id") } == [123_456])
        }
    }

    // MARK: - Lost answers

    @Test(
        "a lost answer leaves behind what was asked for, and the order is found by its alternative id",
        arguments: [SandboxFault.lostAnswer, .failureAfterExecution(503)]
    )
    func lost(fault: SandboxFault) async throws {
        try await withSandbox { sandbox in
            sandbox.inject(fault, on: .digiCert.mutations, times: 1)
            let key = "6f9b9b0e-key"
            let body = Self.body(with: [("alternative_order_id", .string(key))])
            let before = try await sandbox.digiCert("/order/alternate/\(key)").json
            #expect(before.object("page")?.integer("total") == 0)
            let reply = try? await sandbox.digiCert("POST", "/order/certificate/ssl_plus", body)
            #expect(reply == nil || reply?.status == 503)
            let found = try await sandbox.digiCert("/order/alternate/\(key)").json
            #expect(found.array("orders")?.map { $0.string("status") } == ["issued"])
        }
    }

    @Test("the samples can be decided, revoked and cancelled like any order, and are as documented until then")
    func samples() async throws {
        try await withSandbox { sandbox in
            let waiting = try await sandbox.digiCert("/request?filters[status][0]=pending").json.array("requests") ?? []
            #expect(waiting.map { $0.integer("id") } == [198])
            #expect(waiting.first?.object("order")?.integer("id") == 123_455)
            #expect(try await sandbox.digiCert("PUT", "/request/198/status", ["status": "rejected"]).status == 204)
            #expect(try await sandbox.digiCert("/order/certificate/123455").json.string("status") == "rejected")
            #expect(try await sandbox.digiCert("PUT", "/request/198/status", ["status": "approved"]).status == 400)

            let skip: JSONNode = ["skip_approval": true, "revocation_reason": "superseded"]
            #expect(try await sandbox.digiCert("PUT", "/certificate/112358/revoke", skip).status == 204)
            var info = try await sandbox.digiCert("/order/certificate/123456").json
            #expect(info.string("status") == "issued")
            #expect(info.object("certificate")?.string("status") == "revoked")
            #expect(try await sandbox.digiCert("PUT", "/certificate/112358/revoke", skip).status == 400)
            #expect(try await sandbox.digiCert("PUT", "/order/certificate/123456/revoke", skip).status == 204)
            info = try await sandbox.digiCert("/order/certificate/123456").json
            #expect(info.string("status") == "revoked")
            let duplicates = try await sandbox.digiCert("/order/certificate/123456/duplicate").json
            #expect(Set((duplicates.array("certificates") ?? []).map { $0.string("status") }) == ["revoked"])
            let canceled = try await sandbox.digiCert("PUT", "/order/certificate/123456/status", ["status": "canceled"])
            #expect(canceled.status == 400)
        }
    }

    @Test("what the samples hold can be downloaded, with the serial number and the days that the API shows")
    func madeUp() async throws {
        try await withSandbox { sandbox in
            let openssl = try OpenSSL()
            defer { openssl.remove() }
            let reply = try await sandbox.digiCert("/certificate/112358/download/format/pem_all")
            #expect(reply.headers["content-type"] == "application/x-pem-file")
            let text = String(decoding: reply.body, as: UTF8.self)
            #expect(reply.body.count { $0 == 13 } == reply.body.count { $0 == 10 })
            let printed = try openssl.run(["x509", "-in", openssl.file(text), "-noout", "-serial", "-startdate"])
            #expect(printed.contains("serial=0123456789ABCDEF0123456789ABCDEF"))
            let order = try await sandbox.digiCert("/certificate/download/order/123456/format/pem_all")
            #expect(order.body == reply.body)
        }
    }
}

extension CASandbox {
    /// A call that changes something.
    fileprivate func digiCert(_ method: String, _ path: String, _ body: JSONNode) async throws -> Reply {
        let key = adapterSettings["digicert"]?["api_key"] ?? ""
        return try await client.send(
            method, "/services/v2" + path, headers: ["X-DC-DEVKEY": key, "Content-Type": "application/json"],
            body: body.text
        )
    }
}
