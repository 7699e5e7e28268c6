import CASandbox
import CertProtocol
import Testing

struct NCPSandboxTests {
    private static let paid = "/api/v2/certificate/getPaidCertificates"

    // MARK: - Signatures

    @Test("the signer of these tests makes the signature that a public client's test suite publishes")
    func knownVector() {
        let signer = NCPSigner(settings: ["access_key": "TestAccessKey", "secret_key": "TestSecretKey"])
        let target = "/vserver/v2/getServerInstanceList?responseFormatType=json"
        #expect(
            signer.signature("GET", target, "1234567890123") == "FPsYYX8fuMAgi+cue3eACOW0dNtIwu1LYWfg/megA2M="
        )
    }

    @Test(
        "the bytes of the request target are what is signed",
        arguments: [
            "/api/v1/certificates", "/api/v1/certificates?certificateName=a%20b",
            "/api/v1/certificates?certificateName=a+b", "/api/v1/certificates?certificateName=",
            "/api/v1/certificates?certificateName", "/api/v1/certificates?certificateName=%EC%9D%B8",
            "/api/v2/certificate/recentChanges?startDateTime=2026-03-01T00%3A00%3A00&endDateTime=2026-03-02T00:00:00",
            "/api/v2/certificate/certificates?pageSize=20&page=1",
        ]
    )
    func signedTargets(target: String) async throws {
        let reply = try await Shared.running().ncp(target)
        #expect(reply.status == 200)
        #expect(try reply.json.string("returnCode") == "0")
    }

    @Test("a request signed for other bytes than those sent is refused")
    func otherBytes() async throws {
        let sandbox = try await Shared.running()
        let signer = NCPSigner(settings: try #require(sandbox.adapterSettings["ncp"]))
        let headers = signer.headers("GET", "/api/v1/certificates?certificateName=a%20b")
        let target = "/api/v1/certificates?certificateName=a+b"
        expectRefused(try await sandbox.client.send("GET", target, headers: headers))
        expectRefused(try await sandbox.client.send("GET", "/api/v1/certificates", headers: headers))
    }

    @Test("a wrong secret, an unknown key and missing headers are refused")
    func wrongCredentials() async throws {
        let sandbox = try await Shared.running()
        var wrongSecret = NCPSigner(settings: try #require(sandbox.adapterSettings["ncp"]))
        wrongSecret.secretKey += "x"
        var unknownKey = NCPSigner(settings: try #require(sandbox.adapterSettings["ncp"]))
        unknownKey.accessKey += "x"
        var unencoded = wrongSecret.headers("GET", Self.paid)
        unencoded["x-ncp-apigw-signature-v2"] = "not base64!"
        for headers in [
            wrongSecret.headers("GET", Self.paid), unknownKey.headers("GET", Self.paid), unencoded, [:],
        ] {
            expectRefused(try await sandbox.client.send("GET", Self.paid, headers: headers))
        }
    }

    @Test(
        "a clock that is five minutes off, either way, is refused; four are not",
        arguments: [(-300.0, 401), (360, 401), (-240, 200), (240, 200)]
    )
    func clock(secondsOff: Double, status: Int) async throws {
        let sandbox = try await Shared.running()
        var signer = NCPSigner(settings: try #require(sandbox.adapterSettings["ncp"]))
        signer.millisecondsOff = secondsOff * 1000
        let reply = try await sandbox.client.send(
            "GET",
            "/api/v1/certificates",
            headers: signer.headers("GET", "/api/v1/certificates")
        )
        #expect(reply.status == status)
    }

    @Test("a sub-account's key reads API 1.0 and gets an empty 403 from API 2.0")
    func subAccount() async throws {
        let sandbox = try await Shared.running()
        let signer = NCPSigner(settings: sandbox.ncpSubAccountSettings)
        let old = "/api/v1/certificates"
        #expect(try await sandbox.client.send("GET", old, headers: signer.headers("GET", old)).status == 200)
        let refused = try await sandbox.client.send("GET", Self.paid, headers: signer.headers("GET", Self.paid))
        #expect(refused.status == 403)
        #expect(refused.body.isEmpty)
        #expect(refused.headers["x-ncp-apigw-response-origin"] == "ENDPOINT")
    }

    private func expectRefused(_ reply: Reply, sourceLocation: SourceLocation = #_sourceLocation) {
        let error = try? reply.json.object("error")
        #expect(reply.status == 401, sourceLocation: sourceLocation)
        #expect(error?.string("errorCode") == "200", sourceLocation: sourceLocation)
        #expect(error?.string("message") == "Authentication Failed", sourceLocation: sourceLocation)
        #expect(reply.headers["x-ncp-apigw-response-origin"] == "APIGW", sourceLocation: sourceLocation)
    }

    // MARK: - Samples

    @Test("without generated orders, getPaidCertificates is the documentation's sample value for value")
    func paidSample() async throws {
        let sandbox = try await CASandbox.start()
        let reply = try await sandbox.ncp(Self.paid)
        #expect(try reply.digest == "326f128ba6463a6dd714d87ed668e58ae8801773c87acfa724b90d4bd89b64a5")
        #expect(reply.headers["x-ncp-apigw-response-origin"] == "ENDPOINT")
        #expect(reply.headers["x-ncp-trace-id"]?.isEmpty == false)
        let all = try await sandbox.ncp("/api/v2/certificate/certificates").json
        #expect(all.array("sslCertificateList")?.map { $0.integer("certificateNo") } == [100_001, 100_002])
        let cloud = try await sandbox.ncp("/api/v2/certificate/getCertificates").json
        #expect(cloud.array("sslCertificateList")?.map { $0.integer("certificateNo") } == [100_002])
        await sandbox.stop()
    }

    @Test("order 900001 has its subscription's dates and its certificate")
    func sampleOrder() async throws {
        let order = try await Shared.running().ncp("/api/v2/certificate/orders/900001").json
        #expect(order.string("returnCode") == "0")
        #expect(order.string("orderId") == "900001")
        #expect(order.string("subscriptionStartDt") == "2026-03-01 10:15:30")
        #expect(order.string("subscriptionEndDt") == "2027-03-01 23:59:59")
        #expect(order.integer("totalCount") == 1)
        #expect(order.array("certificates")?.map { $0.integer("certificateNo") } == [100_001])
    }

    @Test("API 1.0 lists one external certificate of a Korean organization")
    func externalCertificate() async throws {
        let sandbox = try await Shared.running()
        let list = try await sandbox.ncp("/api/v1/certificates").json
        #expect(list.integer("totalRows") == 1)
        let certificate = try #require(list.array("sslCertificateList")?.first)
        #expect(certificate.string("externalYn") == "Y")
        #expect(certificate.string("dnInfo")?.contains("o=주식회사 예시클라우드") == true)
        let other = try await sandbox.ncp("/api/v1/certificates?certificateNo=1").json
        #expect(other.integer("totalRows") == 0)
        #expect(other.array("sslCertificateList")?.isEmpty == true)
    }

    // MARK: - Failures

    @Test(
        "what can't be found or read fails in the service's envelope",
        arguments: [
            ("/api/v2/certificate/orders/42", 200, "1006"),
            ("/api/v2/certificate/orders/912501", 200, "1006"),
            ("/api/v2/certificate/exportCertificate/42/chain", 200, "2200"),
            ("/api/v2/certificate/getVerificationInfo/42?domainAddress=example.com", 200, "2200"),
            ("/api/v2/certificate/getVerificationInfo/100001", 200, "2101"),
            ("/api/v2/certificate/recentChanges", 200, "2101"),
            ("/api/v2/certificate/recentChanges?minutes=10081", 200, "2101"),
            ("/api/v2/certificate/recentChanges?startDateTime=2026-03-01T00:00:00", 200, "2101"),
            ("/api/v2/certificate/certificates?page=0", 400, "2000"),
            ("/api/v2/certificate/certificates?page=99999999999", 400, "2000"),
            ("/api/v2/certificate/orders?pageSize=many", 400, "2000"),
        ]
    )
    func failures(target: String, status: Int, code: String) async throws {
        let reply = try await Shared.running().ncp(target)
        #expect(reply.status == status)
        #expect(try reply.json.string("returnCode") == code)
        #expect(reply.headers["x-ncp-apigw-response-origin"] == "ENDPOINT")
    }

    @Test("an unknown path or method is the gateway's 404", arguments: [("GET", "/api/v2/nothing"), ("PUT", paid)])
    func unknownRoute(method: String, target: String) async throws {
        let reply = try await Shared.running().ncp(target, method: method)
        #expect(reply.status == 404)
        #expect(try reply.json.object("error")?.string("errorCode") == "300")
        #expect(reply.headers["x-ncp-apigw-response-origin"] == "APIGW")
    }

    // MARK: - Pages

    @Test("pages hold every order once, and a page beyond the end is an empty array")
    func pages() async throws {
        let sandbox = try await Shared.running()
        var orders: [String?] = []
        for page in 1...3 {
            let answer = try await sandbox.ncp(Self.paid + "?page=\(page)&pageSize=1000").json
            #expect(answer.integer("totalCount") == 2501)
            orders += (answer.array("orders") ?? []).map { $0.string("orderId") ?? $0.string("orderID") }
        }
        #expect(orders == ["900001"] + (0..<2500).map { "\(910_001 + $0)" })
        let beyond = try await sandbox.ncp(Self.paid + "?page=4&pageSize=1000").json
        #expect(beyond["orders"]?.text == "[]")
        let far = try await sandbox.ncp("/api/v2/certificate/certificates?page=2147483647&pageSize=2147483647").json
        #expect(far["sslCertificateList"]?.text == "[]")
    }

    @Test("without paging, a list is whole", arguments: ["", "?page=1&pageSize=0"])
    func wholeList(query: String) async throws {
        let answer = try await Shared.running().ncp("/api/v2/certificate/certificates" + query).json
        // Two samples, four certificates in every three of 2,500 orders, one Cloud Basic certificate in ten orders.
        let count = 2 + 3334 + 250
        #expect(answer.integer("totalCount") == Int64(count))
        #expect(answer.array("sslCertificateList")?.count == count)
        let beyond = try await Shared.running().ncp("/api/v2/certificate/certificates?page=2").json
        #expect(beyond["sslCertificateList"]?.text == "[]")
    }

    @Test("the list of all certificates holds the paid ones as getPaidCertificates shows them")
    func listsAgree() async throws {
        let sandbox = try await Shared.running()
        let all = try await sandbox.ncp("/api/v2/certificate/certificates?page=1&pageSize=100").json
        let paid = try await sandbox.ncp(Self.paid + "?page=1&pageSize=80").json
        let expected = (paid.array("orders") ?? []).flatMap { $0.array("certificates") ?? [] }
        let listed = (all.array("sslCertificateList") ?? []).filter { $0.integer("certificateNo") != 100_002 }
        #expect(listed.count == 99)
        #expect(listed == Array(expected.prefix(99)))
        for certificate in listed.prefix(25) {
            let number = try #require(certificate.integer("certificateNo"))
            let chain = try await sandbox.ncp("/api/v2/certificate/exportCertificate/\(number)/chain").json
            #expect(chain.string("subjectCommonName") == certificate.string("commonName"))
        }
    }

    @Test("every order answers with the certificates that the list shows under it")
    func ordersAgree() async throws {
        let sandbox = try await Shared.running()
        let paid = try await sandbox.ncp(Self.paid + "?page=1&pageSize=21").json
        for order in paid.array("orders") ?? [] {
            let id = try #require(order.string("orderId") ?? order.string("orderID"))
            let info = try await sandbox.ncp("/api/v2/certificate/orders/\(id)").json
            #expect(info["certificates"] == order["certificates"], "\(id)")
            #expect(info.integer("totalCount") == order.array("certificates").map { Int64($0.count) })
        }
    }

    @Test("the estate holds what the documents leave open")
    func irregularities() async throws {
        let answer = try await Shared.running().ncp("/api/v2/certificate/certificates?page=1&pageSize=30").json
        let items = answer.array("sslCertificateList") ?? []
        #expect(items.contains { $0["orderID"] != nil && $0["certificateTypeCode"] != nil })
        #expect(items.contains { $0["dnsName"]?.kind == .array })
        #expect(items.contains { $0.string("dnsName")?.contains(",") == true })
        #expect(items.contains { $0["dnsName"] == nil })
        #expect(items.contains { $0["statusCode"]?.text == "-2" })
        #expect(items.contains { $0["statusCode"]?.text == #""-12""# })
        #expect(items.contains { $0["certificateNo"]?.kind == .string })
        #expect(items.contains { $0["notAfter"]?.isNull == true && $0["subjectDN"]?.isNull == true })
        #expect(items.contains { $0.string("subjectDN")?.contains("o=주식회사") == true })
    }

    @Test("a certificate's name filters every list", arguments: ["certificates", "getCertificates"])
    func nameFilter(list: String) async throws {
        let sandbox = try await Shared.running()
        let cloud = try await sandbox.ncp("/api/v2/certificate/\(list)?certificateName=cloud-7").json
        #expect(cloud.array("sslCertificateList")?.map { $0.string("commonName") } == ["cloud7.example.com"])
        let paid = try await sandbox.ncp(Self.paid + "?certificateName=paid-7-0").json
        #expect(paid.array("orders")?.map { $0.string("orderId") } == ["910008"])
    }

    // MARK: - The rest

    @Test("recent changes are found by minutes, seconds or two times, and never by two windows at once")
    func recentChanges() async throws {
        let sandbox = try await CASandbox.start()
        let path = "/api/v2/certificate/recentChanges"
        let hours = try await sandbox.ncp(path + "?minutes=120").json
        #expect(hours["orders"]?.text == #"[{"orderId":"900001","certificateId":100001,"status":"Ongoing"}]"#)
        #expect(hours.integer("totalCount") == 1)
        #expect(try await sandbox.ncp(path + "?seconds=7200").json["orders"] == hours["orders"])
        let always = try await sandbox.ncp(path + "?startDateTime=2026-01-01T00:00:00&endDateTime=2999-01-01T00:00:00")
        #expect(try always.json.integer("totalCount") == 1)
        let both = try await sandbox.ncp(path + "?minutes=120&seconds=7200").json
        #expect(both.string("returnCode") == "0")
        #expect(both["orders"]?.text == "[]")
        await sandbox.stop()
    }

    @Test("certificate types stand under the documented, lower-case name")
    func certificateTypes() async throws {
        let answer = try await Shared.running().ncp("/api/v2/certificate/certificateTypes").json
        #expect(answer.integer("totalCount") == 2)
        #expect(answer.array("certificatetype")?.first?.string("certificateType") == "NCP_PAID_DV_01")
    }

    @Test("organizations need a JSON object as body, whose members filter")
    func organizations() async throws {
        let sandbox = try await Shared.running()
        let target = "/api/v2/organization/getOrganizationInfoList"
        let all = try await sandbox.ncp(target, method: "POST", body: "{}").json
        #expect(all.array("organizationInfoList")?.count == 2)
        let verified = try await sandbox.ncp(target, method: "POST", body: #"{"verificationProgressCode":7}"#).json
        #expect(
            verified.array("organizationInfoList")?.map { $0.string("organizationNameKor") } == ["주식회사 예시클라우드"]
        )
        let tooLarge = try await sandbox.ncp(target, method: "POST", body: String(repeating: " ", count: 70_000))
        #expect(tooLarge.status == 413)
        #expect(try tooLarge.json.object("error")?.string("errorCode") == "430")
        for body in ["", "[]", "{"] {
            let refused = try await sandbox.ncp(target, method: "POST", body: body)
            #expect(refused.status == 400)
            #expect(try refused.json.string("returnCode") == "2000")
        }
    }

    @Test("domain validation names the certificate's record")
    func verification() async throws {
        let answer = try await Shared.running().ncp(
            "/api/v2/certificate/getVerificationInfo/100001?domainAddress=example.com"
        )
        let record = try #require(try answer.json.array("dnsVerificationList")?.first)
        #expect(record.string("validStatusCode") == "VALID_STATUS_REG")
        #expect(record.string("txtName") == "_ncp-validation.example.com")
    }
}
