import AdapterHTTP
import CertProtocol
import HTTPTypes
import Testing

@testable import NCPAdapter

/// What is sent by calls that change something, and what is refused before anything is sent.
struct ChangeTests {
    private static let success: CannedAnswer = #"{"returnCode":"0","returnMessage":"Success","totalRows":1}"#
    private static let csr = "-----BEGIN CERTIFICATE REQUEST-----\nRkFLRQ==\n-----END CERTIFICATE REQUEST-----\n"
    private static let csrInJSON = csr.replacing("\n", with: #"\n"#)

    private static func contents(_ edit: (inout CertificateContents) -> Void = { _ in }) -> CertificateContents {
        var contents = CertificateContents(
            signingRequest: csr, commonName: "a.kr", dnsNames: ["b.a.kr", "a.kr", "*.a.kr"]
        )
        contents.name = "my-cert"
        edit(&contents)
        return contents
    }

    private static func issue(_ product: String, _ edit: (inout IssueRequest) -> Void = { _ in }) -> IssueRequest {
        var request = IssueRequest(product: product, contents: contents())
        if !product.hasPrefix("NCP_PAID") { request.contents.signingRequest = "" }
        edit(&request)
        return request
    }

    /// One call of each kind, on an account of a zone, and the request that it has to make.
    struct Row: Sendable, CustomTestStringConvertible {
        var zone = "public"
        var api: String?
        var request: String
        var body: String?
        var call: @Sendable (any CertificateProvider, OperationContext) async throws -> Void

        var testDescription: String { "\(zone) \(request)" }
    }

    static let rows: [Row] = [
        Row(
            request: "POST /api/v2/certificate/requestPaidCertificateIssuance",
            body: #"{"csr":"\#(csrInJSON)","certificateType":"NCP_PAID_DV_01","certificateName":"my-cert","#
                + #""commonName":"a.kr","dnsName":["b.a.kr","*.a.kr"],"validationMethod":"D"}"#
        ) { _ = try await $0.issue(issue("NCP_PAID_DV_01"), context: $1) },
        Row(
            request: "POST /api/v2/certificate/requestPaidCertificateIssuance",
            body: #"{"csr":"\#(csrInJSON)","certificateType":"NCP_PAID_OV_01","certificateName":"my-cert","#
                + #""commonName":"a.kr","dnsName":["b.a.kr","*.a.kr"],"validationMethod":"PD","organizationNo":3001,"#
                + #""keyAlgorithm":"RSA","subscriptionPeriod":3}"#
        ) { provider, context in
            let request = issue("NCP_PAID_OV_01") {
                $0.validationMethod = "PD"
                $0.organizationID = "3001"
                $0.orderValidity = .years(3)
                $0.keyAlgorithm = "RSA"
            }
            _ = try await provider.issue(request, context: context)
        },
        Row(
            request: "POST /api/v2/certificate/requestCertificateIssuance",
            body: #"{"certificateName":"my-cert","commonName":"a.kr","dnsName":["b.a.kr","*.a.kr"],"#
                + #""validationMethod":"D"}"#
        ) { _ = try await $0.issue(issue("CLOUD_BASIC"), context: $1) },
        Row(
            zone: "gov", request: "POST /api/v1/certificate/issuePrivate",
            body: #"{"caTag":"FAKE-TAG","certificateName":"my-cert","certificateType":"NCP_PRIVATE","keyType":"EC256","#
                + #""period":"365","registPrivateKey":true,"commonName":"a.kr","dnsSans":["b.a.kr","*.a.kr"]}"#
        ) { _ = try await $0.issue(issue("NCP_PRIVATE"), context: $1) },
        Row(
            zone: "gov", request: "POST /api/v1/certificate/issuePrivate",
            body: #"{"caTag":"FAKE-TAG","certificateName":"my-cert","certificateType":"NCP_PRIVATE_SSL","#
                + #""keyType":"RSA4096","period":"30","registPrivateKey":true,"commonName":"a.kr"}"#
        ) { provider, context in
            let request = issue("NCP_PRIVATE_SSL") {
                $0.keyAlgorithm = "RSA4096"
                // The clock of these tests stands at 2026-03-01 01:15:30.
                $0.contents.validity = CalendarDay(year: 2026, month: 4, day: 1).map(ValidityPeriod.until)
                $0.contents.dnsNames = ["a.kr"]
            }
            _ = try await provider.issue(request, context: context)
        },
        Row(
            request: "POST /api/v2/certificate/subscription/extend",
            body: #"{"orderId":"900001","subscriptionPeriod":"2Y"}"#
        ) { _ = try await $0.extend(ExtendRequest(orderID: "900001", period: .years(2)), context: $1) },
        Row(
            request: "POST /api/v2/certificate/revoke",
            body: #"{"orderId":"900001","certificateNo":100001,"revokeType":"affiliationChanged"}"#
        ) { provider, context in
            let request = RevokeRequest(orderID: "900001", scope: .certificate("100001"), reason: .affiliationChanged)
            _ = try await provider.revoke(request, context: context)
        },
        Row(
            request: "POST /api/v2/certificate/revoke",
            body: #"{"orderId":"900001","certificateNo":0,"revokeType":"unspecified"}"#
        ) { provider, context in
            let request = RevokeRequest(orderID: "900001", scope: .wholeOrder, reason: .unspecified)
            _ = try await provider.revoke(request, context: context)
        },
        Row(
            request: "POST /api/v2/certificate/setCertificateRenewal",
            body: #"{"certificateNo":100001,"renewalYn":"Y"}"#
        ) { _ = try await $0.setAutoRenewal(SetAutoRenewalRequest(certificateID: "100001", isOn: true), context: $1) },
        Row(
            request: "POST /api/v2/certificate/setCertificateRenewal",
            body: #"{"certificateNo":100001,"renewalYn":"N"}"#
        ) { _ = try await $0.setAutoRenewal(SetAutoRenewalRequest(certificateID: "100001", isOn: false), context: $1) },
        Row(
            request: "POST /api/v2/certificate/withExternal",
            body: #"{"certificateName":"bought","certificateNo":5,"privateKey":"FAKE KEY","certificateBody":"CERT","#
                + #""certificateChain":"CHAIN"}"#
        ) { provider, context in
            var request = ImportCertificateRequest(
                name: "bought", certificatePEM: "CERT", privateKey: Secret("FAKE KEY"), chainPEM: "CHAIN"
            )
            request.certificateID = "5"
            _ = try await provider.importCertificate(request, context: context)
        },
        Row(
            zone: "fin", request: "POST /api/v1/certificate/withExternal",
            body: #"{"certificateName":"bought","privateKey":"FAKE KEY","publicKeyCertificate":"CERT"}"#
        ) { provider, context in
            let request = ImportCertificateRequest(
                name: "bought", certificatePEM: "CERT", privateKey: Secret("FAKE KEY")
            )
            _ = try await provider.importCertificate(request, context: context)
        },
        Row(
            request: "DELETE /api/v2/certificate/deleteCertificate/30728?certificateName=zero-certi"
        ) { provider, context in
            let request = DeleteCertificateRequest(certificateID: "30728", name: "zero-certi")
            _ = try await provider.deleteCertificate(request, context: context)
        },
        Row(
            zone: "gov",
            request: "DELETE /api/v1/certificate/30728?certificateName=an%20old%2C%20longer%20name%20of%20it"
        ) { provider, context in
            let request = DeleteCertificateRequest(certificateID: "30728", name: "an old, longer name of it")
            _ = try await provider.deleteCertificate(request, context: context)
        },
    ]

    private func provider(_ row: Row, _ transport: RecordingTransport) throws -> any CertificateProvider {
        try Account(zone: row.zone, api: row.api, privateAuthority: "FAKE-TAG", retries: 3).provider(transport)
    }

    @Test("each call makes the documented request, on a connection of its own", arguments: rows)
    func requests(row: Row) async throws {
        let transport = RecordingTransport(Self.success)
        try await row.call(provider(row, transport), OperationContext())
        let sent = try #require(transport.requests.first)
        #expect("\(sent.head.method.rawValue) \(sent.head.path ?? "")" == row.request)
        #expect(sent.body.map { String(decoding: $0, as: UTF8.self) } == row.body)
        #expect(sent.needsFreshConnection)
        #expect(sent.head.headerFields[.contentType] == "application/json")
        // Whatever follows only reads.
        #expect(transport.requests.dropFirst().allSatisfy { $0.head.method == .get && !$0.needsFreshConnection })
    }

    @Test("a reissue starts from the newest issued certificate that is no reissue itself")
    func reissue() async throws {
        let transport = RecordingTransport { number, _ in
            number > 1
                ? Self.success
                : #"""
                {"returnCode":"0","orderId":"900001","certificates":[
                  {"certificateNo":5,"statusCode":"1","issueType":"ORIGINAL"},
                  {"certificateNo":6,"statusCode":"2","issueType":"ORIGINAL"},
                  {"certificateNo":7,"statusCode":"0","issueType":"ORIGINAL"},
                  {"certificateNo":8,"statusCode":"1","issueType":"SOMETHING"}]}
                """#
        }
        let request = ReissueRequest(orderID: "900001", contents: Self.contents())
        let receipt = try await Account().provider(transport).reissue(request, context: OperationContext())
        #expect(transport.targets.prefix(2) == ["/api/v2/certificate/orders/900001", "/api/v2/certificate/6/reissue"])
        let body = transport.requests[1].body.map { String(decoding: $0, as: UTF8.self) }
        #expect(
            body == #"{"csr":"\#(Self.csrInJSON)","certificateName":"my-cert","commonName":"a.kr","#
                + #""dnsName":["b.a.kr","*.a.kr"],"validationMethod":"D"}"#
        )
        // The lists of the test show nothing, and that takes nothing from the order.
        #expect(receipt.state == .pending)
    }

    @Test("an order without an issued certificate isn't reissued")
    func nothingToReissue() async throws {
        let transport = RecordingTransport(
            #"{"returnCode":"0","orderId":"900001","certificates":[{"certificateNo":5,"statusCode":"0"}]}"#
        )
        let request = ReissueRequest(orderID: "900001", contents: Self.contents())
        let error = try await certificateError {
            try await Account().provider(transport).reissue(request, context: OperationContext())
        }
        #expect(error.code == .rejected)
        #expect(transport.requests.count == 1)
    }

    // MARK: - What comes back

    @Test("every error of the table means the same on every call that changes something", arguments: rows)
    func errors(row: Row) async throws {
        for answer in ErrorTests.table {
            let transport = RecordingTransport(CannedAnswer(answer.status, answer.body))
            let error = try await certificateError { try await row.call(provider(row, transport), OperationContext()) }
            #expect(error.code == answer.mutation, "\(answer.status) \(answer.body)")
            #expect(error.providerCode == answer.providerCode)
            #expect(transport.requests.count == 1)
        }
    }

    @Test(
        "whatever leaves it open whether the call was carried out is an unknown outcome, and isn't sent again",
        arguments: [
            CannedAnswer(302, headers: [.location: "https://elsewhere.example/"]), CannedAnswer(500),
            CannedAnswer(503, #"{"error":{"errorCode":"500","message":"Endpoint Error"}}"#),
            CannedAnswer(504, #"{"error":{"errorCode":"510","message":"Endpoint Timeout"}}"#), CannedAnswer(200),
            CannedAnswer(200, "<html></html>"), CannedAnswer(200, #"{"returnCode":"0""#), CannedAnswer(200, "{}"),
            CannedAnswer(200, "[]"), CannedAnswer(200, #"{"totalRows":1}"#), CannedAnswer(202, #"{"returnCode":null}"#),
        ]
    )
    func unknown(answer: CannedAnswer) async throws {
        for row in Self.rows {
            let transport = RecordingTransport(answer)
            let error = try await certificateError { try await row.call(provider(row, transport), OperationContext()) }
            #expect(error.code == .outcomeUnknown, "\(row.request)")
            #expect(transport.requests.count == 1)
        }
    }

    @Test("too many requests were carried out by nobody, and aren't repeated", arguments: rows)
    func throttled(row: Row) async throws {
        let transport = RecordingTransport(CannedAnswer(429, #"{"error":{"errorCode":"410"}}"#))
        let error = try await certificateError { try await row.call(provider(row, transport), OperationContext()) }
        #expect(error.code == .rateLimited)
        #expect(error.providerCode == "gateway:410")
        #expect(transport.requests.count == 1)
    }

    @Test("no content is a success, as the documentation's list of statuses has it")
    func noContent() async throws {
        let transport = RecordingTransport(CannedAnswer(204))
        let request = DeleteCertificateRequest(certificateID: "1", name: "a")
        let receipt = try await Account().provider(transport).deleteCertificate(request, context: OperationContext())
        #expect(receipt.state == .done)
    }

    @Test("what the answer says of the new certificate reaches the receipt, and a failing lookup takes nothing from it")
    func receipts() async throws {
        func receipt(_ certificate: String) async throws -> Receipt {
            let transport = RecordingTransport { number, _ in
                number == 1
                    ? CannedAnswer(200, #"{"returnCode":"0","paidCertificate":\#(certificate)}"#) : CannedAnswer(500)
            }
            return try await Account().provider(transport)
                .issue(Self.issue("NCP_PAID_DV_01"), context: OperationContext(journalKey: "k"))
        }
        let full = try await receipt(#"{"certificateNo":5,"orderId":"9","statusCode":"0"}"#)
        #expect(full.orderID == "9" && full.certificateID == "5")
        let withoutOrder = try await receipt(#"{"certificateNo":5}"#)
        #expect(withoutOrder.orderID == "certificate-5" && withoutOrder.certificateID == "5")
        let nothing = try await receipt("null")
        #expect(nothing.orderID == nil && nothing.state == .pending)
        #expect([full, withoutOrder, nothing].allSatisfy { $0.journalKey == "k" })
    }

    // MARK: - Refused before anything is sent

    static let refused: [Row] = [
        Row(request: "no signing request") { provider, context in
            _ = try await provider.issue(
                issue("NCP_PAID_DV_01") { $0.contents.signingRequest = " " }, context: context)
        },
        Row(request: "OV without an organization") {
            _ = try await $0.issue(issue("NCP_PAID_OV_01"), context: $1)
        },
        Row(request: "an organization that is no number") { provider, context in
            _ = try await provider.issue(issue("NCP_PAID_OV_01") { $0.organizationID = "Example" }, context: context)
        },
        Row(request: "a method of another product") { provider, context in
            _ = try await provider.issue(issue("CLOUD_BASIC") { $0.validationMethod = "PD" }, context: context)
        },
        Row(request: "a method that nobody has") { provider, context in
            _ = try await provider.issue(issue("NCP_PAID_DV_01") { $0.validationMethod = "E" }, context: context)
        },
        Row(request: "four years") { provider, context in
            _ = try await provider.issue(issue("NCP_PAID_DV_01") { $0.orderValidity = .years(4) }, context: context)
        },
        Row(request: "paid days") { provider, context in
            _ = try await provider.issue(issue("NCP_PAID_DV_01") { $0.orderValidity = .days(365) }, context: context)
        },
        Row(request: "a validity of the certificate") { provider, context in
            _ = try await provider.issue(
                issue("NCP_PAID_DV_01") { $0.contents.validity = .days(90) }, context: context)
        },
        Row(request: "an unknown product") { _ = try await $0.issue(issue("ssl_plus"), context: $1) },
        Row(request: "another zone's product") { _ = try await $0.issue(issue("NCP_PRIVATE"), context: $1) },
        Row(zone: "gov", request: "the public zone's product") {
            _ = try await $0.issue(issue("NCP_PAID_DV_01"), context: $1)
        },
        Row(request: "a signing request where the service makes the key") { provider, context in
            _ = try await provider.issue(issue("CLOUD_BASIC") { $0.contents.signingRequest = csr }, context: context)
        },
        Row(request: "an organization where there is none") { provider, context in
            _ = try await provider.issue(issue("CLOUD_BASIC") { $0.organizationID = "3001" }, context: context)
        },
        Row(request: "a paid period where there is none") { provider, context in
            _ = try await provider.issue(issue("CLOUD_BASIC") { $0.orderValidity = .years(1) }, context: context)
        },
        Row(request: "a kind of key that can't be chosen") { provider, context in
            _ = try await provider.issue(issue("CLOUD_BASIC") { $0.keyAlgorithm = "EC256" }, context: context)
        },
        Row(zone: "gov", request: "a kind of key that isn't made") { provider, context in
            _ = try await provider.issue(issue("NCP_PRIVATE") { $0.keyAlgorithm = "EC384" }, context: context)
        },
        Row(zone: "gov", request: "more than ten years") { provider, context in
            _ = try await provider.issue(issue("NCP_PRIVATE") { $0.contents.validity = .days(3651) }, context: context)
        },
        Row(zone: "gov", request: "no day at all") { provider, context in
            _ = try await provider.issue(
                issue("NCP_PRIVATE") { $0.contents.validity = .years(.max) }, context: context)
        },
        Row(zone: "gov", request: "a common name that is too long") { provider, context in
            let name = String(repeating: "a", count: 65)
            _ = try await provider.issue(issue("NCP_PRIVATE") { $0.contents.commonName = name }, context: context)
        },
        Row(zone: "gov", request: "a proof where none is wanted") { provider, context in
            _ = try await provider.issue(issue("NCP_PRIVATE") { $0.validationMethod = "D" }, context: context)
        },
        Row(request: "a reason that isn't offered") { provider, context in
            let request = RevokeRequest(orderID: "1", scope: .wholeOrder, reason: .keyCompromise)
            _ = try await provider.revoke(request, context: context)
        },
        Row(request: "another reason that isn't offered") { provider, context in
            let request = RevokeRequest(orderID: "1", scope: .wholeOrder, reason: .privilegeWithdrawn)
            _ = try await provider.revoke(request, context: context)
        },
        Row(request: "an order of another account's shape") { provider, context in
            let request = RevokeRequest(orderID: "1/../2", scope: .wholeOrder, reason: .superseded)
            _ = try await provider.revoke(request, context: context)
        },
        Row(request: "a certificate without an order, revoked") { provider, context in
            let request = RevokeRequest(orderID: "certificate-5", scope: .wholeOrder, reason: .superseded)
            _ = try await provider.revoke(request, context: context)
        },
        Row(request: "a certificate without an order, extended") {
            _ = try await $0.extend(ExtendRequest(orderID: "certificate-5", period: .years(1)), context: $1)
        },
        Row(request: "an extension of days") {
            _ = try await $0.extend(ExtendRequest(orderID: "1", period: .days(365)), context: $1)
        },
        Row(request: "an extension of no years") {
            _ = try await $0.extend(ExtendRequest(orderID: "1", period: .years(0)), context: $1)
        },
        Row(zone: "fin", request: "a replacement in v1") { provider, context in
            var request = ImportCertificateRequest(name: "abc", certificatePEM: "C", privateKey: Secret("FAKE"))
            request.certificateID = "5"
            _ = try await provider.importCertificate(request, context: context)
        },
        Row(request: "a name that is too long") { provider, context in
            let request = ImportCertificateRequest(
                name: "a12345678901234567890", certificatePEM: "C", privateKey: Secret("FAKE")
            )
            _ = try await provider.importCertificate(request, context: context)
        },
        Row(request: "a form that isn't offered") {
            _ = try await $0.download(DownloadRequest(orderID: "1", format: .pkcs7), context: $1)
        },
        Row(request: "a download of no number") {
            _ = try await $0.download(DownloadRequest(orderID: "1", certificateID: "x", format: .pem), context: $1)
        },
        Row(request: "no certificate to delete") {
            _ = try await $0.deleteCertificate(DeleteCertificateRequest(certificateID: "-1", name: "a"), context: $1)
        },
        Row(request: "no certificate to renew") {
            _ = try await $0.setAutoRenewal(SetAutoRenewalRequest(certificateID: "0", isOn: true), context: $1)
        },
        Row(request: "a reissue with a validity") { provider, context in
            let contents = contents { $0.validity = .days(1) }
            _ = try await provider.reissue(ReissueRequest(orderID: "1", contents: contents), context: context)
        },
    ]

    @Test("what the service can't be asked for is refused before anything is sent", arguments: refused)
    func refusals(row: Row) async throws {
        let transport = RecordingTransport(Self.success)
        let error = try await certificateError { try await row.call(provider(row, transport), OperationContext()) }
        #expect(error.code == .invalidRequest)
        #expect(error.message.hasPrefix("Nothing was sent: "))
        #expect(transport.requests.isEmpty)
    }

    @Test(
        "the number that stands for every certificate is no certificate",
        arguments: ["0", "00", "-0", "", " ", "+1", "1 ", "1.0", "0x1", "９", "99999999999999999999"]
    )
    func zero(number: String) async throws {
        let transport = RecordingTransport(Self.success)
        let request = RevokeRequest(orderID: "900001", scope: .certificate(number), reason: .superseded)
        let error = try await certificateError {
            try await Account().provider(transport).revoke(request, context: OperationContext())
        }
        #expect(error.code == .invalidRequest)
        #expect(transport.requests.isEmpty)
    }

    @Test("without the tag of an authority nothing is issued in the government zone")
    func noAuthority() async throws {
        let transport = RecordingTransport(Self.success)
        let error = try await certificateError {
            try await Account(zone: "gov").provider(transport)
                .issue(Self.issue("NCP_PRIVATE"), context: OperationContext())
        }
        #expect(error.code == .invalidRequest)
        #expect(error.message.contains("ca_tag"))
        #expect(transport.requests.isEmpty)
    }

    @Test("what v1 doesn't have is unsupported before anything is sent", arguments: ["public", "gov", "fin"])
    func unsupported(zone: String) async throws {
        let transport = RecordingTransport(Self.success)
        let provider = try Account(zone: zone, api: "v1", privateAuthority: "FAKE-TAG").provider(transport)
        for row in Self.rows where row.zone == "public" && row.request.contains("/v2/") {
            guard !row.request.contains("withExternal"), !row.request.contains("deleteCertificate"),
                !(zone == "gov" && row.request.contains("Issuance"))
            else { continue }
            let error = try await certificateError { try await row.call(provider, OperationContext()) }
            #expect(error.code == .unsupported, "\(row.request)")
        }
        #expect(transport.requests.isEmpty)
    }

    // MARK: - Names

    @Test("the name of a certificate follows from the journal key, always in the same way, and is one that is taken")
    func names() throws {
        // Once used, a key has to lead to the same name in every later version.
        #expect(NCPName.made(from: "6f1ed002-ab5c-4d1c-9f1c-4d0c0d0e0f10").text == "ch-h24ep7md2oo4qk2we")
        #expect(NCPName.made(from: "").text == "ch-4oymiquy7qobjgx36")
        var seen: Set<String> = []
        for number in 0..<1000 {
            let name = NCPName.made(from: "key \(number)").text
            #expect(try NCPName(name, journalKey: nil).text == name)
            #expect(seen.insert(name).inserted)
        }
        #expect(try NCPName(nil, journalKey: "k") == .made(from: "k"))
        #expect(try NCPName(nil, journalKey: nil) != NCPName(nil, journalKey: nil))
    }

    @Test(
        "names that the service wouldn't take are refused",
        arguments: ["", "ab", "a12345678901234567890", "1abc", "-abc", "a_bc", "a bc", "abc.", "인증서", "abç"]
    )
    func badNames(name: String) {
        #expect(throws: CertificateError(.invalidRequest, "")) { try NCPName(name, journalKey: "k") }
    }

    @Test("names that the service takes are kept", arguments: ["abc", "A-1", "a1234567890123456789"])
    func goodNames(name: String) throws {
        #expect(try NCPName(name, journalKey: "k").text == name)
    }

    // MARK: - Secrets

    @Test(
        "a server that repeats the private key, whole or in part, gets it into no error",
        arguments: [200, 302, 400, 403, 429, 500]
    )
    func echoedKey(status: Int) async throws {
        let lines = ["MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQ/FAKE+0000001", "b1sXZcCanaryCanaryCanary42=="]
        let key = "-----BEGIN PRIVATE KEY-----\n\(lines.joined(separator: "\n"))\n-----END PRIVATE KEY-----\n"
        let escaped = key.replacing("\n", with: #"\n"#)
        let bodies = [
            #"{"returnCode":"2000","returnMessage":"bad key \#(escaped)"}"#,
            #"{"returnCode":"2000","returnMessage":"bad key \#(escaped.replacing("/", with: #"\/"#))"}"#,
            #"{"returnCode":"2000","returnMessage":"bad line \#(lines[0]) and \#(lines[1])"}"#,
            #"{"returnCode":"2000","returnMessage":"cut \#(lines[0].prefix(40))…"}"#, key, "<pre>\(key)</pre>",
        ]
        for body in bodies {
            let transport = RecordingTransport(CannedAnswer(status, body))
            let request = ImportCertificateRequest(name: "abc", certificatePEM: "C", privateKey: Secret(key))
            let error = try await certificateError {
                try await Account().provider(transport).importCertificate(request, context: OperationContext())
            }
            #expect(transport.requests.count == 1)
            var dumped = ""
            dump(error, to: &dumped)
            dump(request, to: &dumped)
            for text in [error.description, error.debugDescription, error.message, "\(request)", dumped] {
                for piece in ["MIIEvAIBADANBgkq", "hkiG9w0BAQEFAASC", "FAKE+0000001", "CanaryCanary"] {
                    #expect(!text.contains(piece), "\(body)")
                }
            }
        }
    }
}
