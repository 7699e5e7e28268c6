import CASandbox
import CertProtocol
import TestSupport
import Testing

/// The half of NAVER Cloud's API that changes something, as it stands on the wire.
struct NCPOrderingTests {
    private static let order = "/api/v2/certificate/requestPaidCertificateIssuance"

    private func run(_ body: (CASandbox, OpenSSL) async throws -> Void) async throws {
        let sandbox = try await CASandbox.start()
        let openSSL = try OpenSSL()
        defer { openSSL.remove() }
        try await body(sandbox, openSSL)
        await sandbox.stop()
    }

    private func orderBody(_ openSSL: OpenSSL, _ changes: [String: JSONNode] = [:]) throws -> String {
        var members: [(String, JSONNode)] = [
            ("csr", .string(try openSSL.signingRequest("a.example.kr").request)),
            ("certificateType", "NCP_PAID_DV_01"), ("certificateName", "wire-test"), ("commonName", "a.example.kr"),
            ("dnsName", ["b.example.kr"]), ("validationMethod", "D"),
        ]
        for change in changes {
            members.removeAll { $0.0 == change.key }
            members.append((change.key, change.value))
        }
        return JSONNode.object(members).text
    }

    @Test(
        "a request that changes something is signed like any other",
        arguments: [
            ("POST", "/api/v2/certificate/revoke"),
            ("DELETE", "/api/v1/certificate/100003?certificateName=sample-external"),
            ("POST", "/api/v1/certificate/withExternal"),
        ]
    )
    func signatures(method: String, target: String) async throws {
        let sandbox = try await Shared.running()
        let signer = NCPSigner(settings: try #require(sandbox.adapterSettings["ncp"]))
        for headers in [signer.headers("GET", target), signer.headers(method, target + "x"), [:]] {
            let reply = try await sandbox.client.send(method, target, headers: headers, body: "{}")
            #expect(reply.status == 401)
            #expect(try reply.json.object("error")?.string("errorCode") == "200")
        }
    }

    @Test("each zone has the paths of its own guide, and its own certificates")
    func zones() async throws {
        try await run { sandbox, openSSL in
            func send(_ settings: [String: String], _ method: String, _ target: String, _ body: String = "")
                async throws -> Reply
            {
                let headers = NCPSigner(settings: settings).headers(method, target)
                return try await sandbox.client.send(method, target, headers: headers, body: body)
            }
            let government = sandbox.ncpGovernmentSettings
            let financial = sandbox.ncpFinancialSettings
            let main = try #require(sandbox.adapterSettings["ncp"])
            let issue = "/api/v1/certificate/issuePrivate"
            for settings in [government, financial] {
                #expect(try await send(settings, "GET", "/api/v2/certificate/orders").status == 404)
                #expect(try await send(settings, "GET", "/api/v1/certificates").status == 200)
            }
            for settings in [financial, main, sandbox.ncpSubAccountSettings] {
                let reply = try await send(settings, "POST", issue, "{}")
                #expect(reply.status == 404)
                #expect(try reply.json.object("error")?.string("errorCode") == "300")
            }
            let body = #"""
                {"caTag":"any","certificateName":"inner","certificateType":"NCP_PRIVATE","keyType":"RSA2048","period":"MAX",
                 "registPrivateKey":true,"commonName":"Inner Service"}
                """#
            #expect(try await send(government, "POST", issue, body).json.string("returnCode") == "0")
            func names(_ settings: [String: String]) async throws -> [String?] {
                let list =
                    try await send(settings, "GET", "/api/v1/certificates").json.array("sslCertificateList") ?? []
                return list.map { $0.string("certificateName") }
            }
            #expect(try await names(government) == ["sample-external", "inner"])
            #expect(try await names(financial) == ["sample-external"])
            #expect(try await names(main) == ["sample-external"])
        }
    }

    @Test("an order appears in every list, and the samples stay what they are")
    func lists() async throws {
        try await run { sandbox, openSSL in
            let before = try await sandbox.ncp("/api/v2/certificate/orders/900001").digest
            let answer = try await sandbox.ncp(Self.order, method: "POST", body: orderBody(openSSL)).json
            let certificate = try #require(answer.object("paidCertificate"))
            let orderID = try #require(certificate.string("orderId"))
            let number = try #require(certificate.integer("certificateNo"))
            #expect(certificate.string("statusCode") == "0")
            for (target, list, key) in [
                ("/api/v2/certificate/getPaidCertificates", "orders", "orderId"),
                ("/api/v2/certificate/orders", "orders", "orderId"),
                ("/api/v2/certificate/certificates", "sslCertificateList", "orderId"),
                ("/api/v2/certificate/certificates?certificateName=wire-test", "sslCertificateList", "orderId"),
                ("/api/v2/certificate/recentChanges?seconds=60", "orders", "orderId"),
            ] {
                let rows = try await sandbox.ncp(target).json.array(list) ?? []
                #expect(rows.last?.string(key) == orderID, "\(target)")
            }
            let first = try await sandbox.ncp("/api/v1/certificates?certificateNo=\(number)").json
            #expect(first.array("sslCertificateList")?.first?.string("domainAddress") == "a.example.kr")
            #expect(try await sandbox.ncp("/api/v2/certificate/orders/900001").digest == before)
            let pending = try await sandbox.ncp("/api/v2/certificate/orders/\(orderID)").json
            #expect(pending["subscriptionEndDt"]?.isNull == true)
            #expect(pending.integer("extendableYears") == 0)
        }
    }

    @Test(
        "what can't be ordered is refused in the service's own way",
        arguments: [
            ("certificateName", .string("1x"), 400, "2000"),
            ("certificateName", .string("sample-cert-01"), 400, "2000"),
            ("certificateName", .null, 400, "2100"), ("commonName", .string("no domain"), 400, "2000"),
            ("dnsName", .string("b.example.kr"), 200, "2201"), ("dnsName", .array(["not a name"]), 200, "2201"),
            ("csr", .string("not PEM"), 200, "1002"), ("certificateType", .string("NCP_PAID_EV_01"), 400, "2000"),
            ("certificateType", .string("NCP_PAID_OV_01"), 400, "2100"),
            ("validationMethod", .string("E"), 400, "2000"),
            ("subscriptionPeriod", .integer(4), 400, "2000"),
        ] as [(String, JSONNode, Int, String)]
    )
    func refusals(member: String, value: JSONNode, status: Int, code: String) async throws {
        try await run { sandbox, openSSL in
            let body = try orderBody(openSSL, [member: value])
            let reply = try await sandbox.ncp(Self.order, method: "POST", body: body)
            #expect(reply.status == status)
            #expect(try reply.json.string("returnCode") == code)
            #expect(try await sandbox.ncp("/api/v2/certificate/orders").json.integer("totalCount") == 1)
        }
    }

    @Test("certificates of generated orders are real ones, and can be revoked, made anew and extended")
    func generated() async throws {
        let sandbox = try await CASandbox.start(options: SandboxOptions(orders: 40))
        let openSSL = try OpenSSL()
        defer { openSSL.remove() }
        let paid = try await sandbox.ncp("/api/v2/certificate/getPaidCertificates").json.array("orders") ?? []
        let certificate = try #require(
            paid.flatMap { $0.array("certificates") ?? [] }.last { $0.string("statusCode") == "1" }
        )
        let number = try #require(certificate.integer("certificateNo"))
        let orderID = try #require(certificate.string("orderId"))
        let chain = try await sandbox.ncp("/api/v2/certificate/exportCertificate/\(number)/chain").json
        let leaf = try #require(chain.string("certificate"))
        #expect(leaf.contains("\r\n"))
        try openSSL.verify(
            [leaf, try #require(chain.string("subCaCertificate"))], root: sandbox.rootCertificatePEM
        )
        let chainAgain = try await sandbox.ncp("/api/v2/certificate/exportCertificate/\(number)/chain").json
        #expect(chainAgain.string("certificate") == leaf)
        let serial = try openSSL.run(["x509", "-noout", "-serial"], input: leaf)
        #expect(try serial.contains(String(#require(certificate.string("serialNumber")).drop { $0 == "0" })))

        let reissue = "/api/v2/certificate/\(number)/reissue"
        let reissued = try await sandbox.ncp(reissue, method: "POST", body: orderBody(openSSL)).json
        #expect(reissued.string("returnCode") == "0")
        #expect(reissued["paidCertificate"] == nil)
        let revocation = #"{"orderId":"\#(orderID)","certificateNo":\#(number),"revokeType":"superseded"}"#
        let revoked = try await sandbox.ncp("/api/v2/certificate/revoke", method: "POST", body: revocation).json
        #expect(revoked.integer("totalRows") == 1)
        let order = try await sandbox.ncp("/api/v2/certificate/orders/\(orderID)").json
        let codes = order.array("certificates")?.map { $0.string("statusCode") } ?? []
        #expect(codes.contains("-5") && codes.last == "0")
        let listed = try await sandbox.ncp("/api/v2/certificate/certificates").json.array("sslCertificateList") ?? []
        #expect(listed.first { $0.integer("certificateNo") == number }?.string("statusCode") == "-5")
        let chainAfter = try await sandbox.ncp("/api/v2/certificate/exportCertificate/\(number)/chain").json
        #expect(chainAfter.string("certificate") == leaf)
        await sandbox.stop()
    }

    @Test("a certificate that an instance uses isn't deleted")
    func inUse() async throws {
        try await run { sandbox, openSSL in
            let body = try orderBody(openSSL, ["certificateName": "in-use-1"])
            let made = try await sandbox.ncp(Self.order, method: "POST", body: body).json.object("paidCertificate")
            let number = try #require(made?.integer("certificateNo"))
            let target = "/api/v2/certificate/deleteCertificate/\(number)?certificateName=in-use-1"
            let reply = try await sandbox.ncp(target, method: "DELETE")
            #expect(reply.status == 200)
            #expect(try reply.json.string("returnCode") == "1004")
        }
    }

    @Test("a lost answer is an order that was carried out", arguments: [true, false])
    func lostAnswer(isLost: Bool) async throws {
        try await run { sandbox, openSSL in
            if isLost { sandbox.inject(.lostAnswer, on: .ncp.mutations) }
            let body = try orderBody(openSSL)
            let reply = try? await sandbox.ncp(Self.order, method: "POST", body: body)
            #expect((reply == nil) == isLost)
            #expect(try await sandbox.ncp("/api/v2/certificate/orders").json.integer("totalCount") == 2)
        }
    }
}
