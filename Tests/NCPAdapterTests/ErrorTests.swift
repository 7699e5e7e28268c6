import AdapterHTTP
import CertProtocol
import HTTPTypes
import Testing

@testable import NCPAdapter

struct ErrorTests {
    /// An answer, and what it means on a read and on a call that changes something.
    struct Row: Sendable, CustomTestStringConvertible {
        var status: Int
        var body: String
        var read: CertificateError.Code
        var mutation: CertificateError.Code
        var providerCode: String?

        init(
            _ status: Int, _ body: String, _ read: CertificateError.Code, _ mutation: CertificateError.Code,
            _ providerCode: String?
        ) {
            self.status = status
            self.body = body
            self.read = read
            self.mutation = mutation
            self.providerCode = providerCode
        }

        var testDescription: String { "\(status) \(body)" }
    }

    private static func gateway(_ code: String) -> String { #"{"error":{"errorCode":"\#(code)","message":"words"}}"# }
    private static func service(_ code: String) -> String { #"{"returnCode":"\#(code)","returnMessage":"words"}"# }

    private static let gatewayFields: HTTPFields = {
        var fields = HTTPFields()
        fields[named: "x-ncp-apigw-error-code"] = "200"
        fields[named: "x-ncp-apigw-error-message"] = "words"
        return fields
    }()

    static let table: [Row] = [
        Row(401, gateway("200"), .authentication, .authentication, "gateway:200"),
        Row(401, gateway("210"), .permission, .permission, "gateway:210"),
        Row(401, #"{"error":{"errorCode":210,"message":"words"}}"#, .permission, .permission, "gateway:210"),
        Row(401, gateway("299"), .authentication, .authentication, "gateway:299"),
        Row(401, "", .authentication, .authentication, nil),
        Row(403, gateway("230"), .permission, .permission, "gateway:230"),
        Row(403, service("1000"), .permission, .permission, "1000"),
        Row(403, "", .permission, .permission, nil),
        Row(404, gateway("300"), .notFound, .notFound, "gateway:300"),
        Row(404, #"{"status":404,"error":"Not Found","path":"/api"}"#, .notFound, .notFound, nil),
        Row(404, service("1000"), .notFound, .notFound, "1000"),
        Row(400, gateway("100"), .invalidRequest, .invalidRequest, "gateway:100"),
        Row(413, gateway("430"), .invalidRequest, .invalidRequest, "gateway:430"),
        Row(400, service("2000"), .invalidRequest, .invalidRequest, "2000"),
        Row(400, service("2100"), .invalidRequest, .invalidRequest, "2100"),
        Row(400, service("2101"), .invalidRequest, .invalidRequest, "2101"),
        Row(400, service("1000"), .invalidRequest, .rejected, "1000"),
        Row(400, #"{"responseError":{"returnCode":"1000"}}"#, .invalidRequest, .rejected, "1000"),
        // The status decides first: the code that means "not found" under 200 supplies only the words here.
        Row(400, service("2200"), .invalidRequest, .rejected, "2200"),
        Row(409, "", .invalidRequest, .rejected, nil),
        Row(413, "<html></html>", .invalidRequest, .rejected, nil),
        Row(418, "teapot", .invalidRequest, .rejected, nil),
        Row(200, service("2200"), .notFound, .notFound, "2200"),
        Row(200, service("1006"), .notFound, .notFound, "1006"),
        Row(200, service("2000"), .invalidRequest, .invalidRequest, "2000"),
        Row(200, service("2100"), .invalidRequest, .invalidRequest, "2100"),
        Row(200, service("2101"), .invalidRequest, .invalidRequest, "2101"),
        Row(200, service("1000"), .invalidRequest, .rejected, "1000"),
        Row(200, service("26040"), .invalidRequest, .rejected, "26040"),
        Row(200, #"{"returnCode":1004}"#, .invalidRequest, .rejected, "1004"),
        Row(200, #"{"responseError":{"returnCode":"1000"}}"#, .invalidRequest, .rejected, "1000"),
    ]

    @Test("a read fails as the table says", arguments: table)
    func reads(row: Row) async throws {
        let transport = RecordingTransport(CannedAnswer(row.status, row.body))
        let provider = try Account(retries: 3).provider(transport)
        let error = try await certificateError {
            try await provider.orderDetail(OrderDetailRequest(.order("1")), context: OperationContext())
        }
        #expect(error.code == row.read)
        #expect(error.providerCode == row.providerCode)
        #expect(error.httpStatus == row.status)
        #expect(transport.requests.count == 1, "none of these is worth a retry")
        if row.body.contains("words") {
            #expect(error.providerMessage == "words")
            #expect(error.message.contains("words"))
        }
    }

    @Test("a call that changes something fails as the table says", arguments: table)
    func mutations(row: Row) throws {
        let answer = HTTPAnswer(status: row.status, body: Array(row.body.utf8))
        let error: CertificateError?
        if row.status == 200 {
            error = NCPErrors.failure(in: try answer.json(), of: answer, .mutation)
        } else {
            error = NCPErrors.reader(for: .v2)(answer, .mutation)
        }
        #expect(error?.code == row.mutation)
        #expect(error?.providerCode == row.providerCode)
    }

    @Test(
        "too many requests, and failures of the service, keep its code",
        arguments: [
            (429, "400", .rateLimited), (429, "410", .rateLimited), (429, "420", .rateLimited),
            (500, "900", .unavailable), (503, "500", .unavailable), (504, "510", .unavailable),
        ] as [(Int, String, CertificateError.Code)]
    )
    func transientFailures(status: Int, code: String, expected: CertificateError.Code) async throws {
        let transport = RecordingTransport(CannedAnswer(status, Self.gateway(code)))
        let provider = try Account(retries: 2).provider(transport)
        let error = try await certificateError {
            try await provider.orderDetail(OrderDetailRequest(.order("1")), context: OperationContext())
        }
        #expect(error.code == expected)
        #expect(error.providerCode == "gateway:\(code)")
        #expect(error.providerMessage == "words")
        #expect(transport.requests.count == 3, "retried as often as configured")
    }

    @Test("a redirect is not followed")
    func redirect() async throws {
        let transport = RecordingTransport(CannedAnswer(302, headers: [.location: "https://elsewhere.example/"]))
        let provider = try Account().provider(transport)
        let error = try await certificateError {
            try await provider.orderDetail(OrderDetailRequest(.order("1")), context: OperationContext())
        }
        #expect(error.code == .malformedResponse)
        #expect(transport.requests.count == 1)
    }

    @Test("an empty 403 on v2 says that a sub-account's key may be the cause, and that v1 takes one")
    func emptyForbidden() async throws {
        func message(_ zone: String, _ body: String) async throws -> String {
            let provider = try Account(zone: zone).provider(RecordingTransport(CannedAnswer(403, body)))
            return try await certificateError {
                try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())
            }.message
        }
        let hint = try await message("public", " \r\n")
        #expect(hint.contains("sub-account") && hint.contains("api: v1"))
        #expect(try await !message("public", Self.gateway("230")).contains("sub-account"))
        #expect(try await !message("gov", "").contains("sub-account"))
    }

    @Test(
        "XML and header fields are read where there is no JSON",
        arguments: [
            (
                CannedAnswer(
                    401,
                    "<?xml version=\"1.0\"?><error><errorCode>210</errorCode><message>words</message></error>"
                ), "gateway:210"
            ),
            (
                CannedAnswer(
                    401,
                    "<responseError><returnCode>800</returnCode><returnMessage>words</returnMessage></responseError>"
                ), "800"
            ),
            (
                CannedAnswer(
                    401, "",
                    headers: gatewayFields
                ), "gateway:200"
            ),
        ]
    )
    func otherForms(answer: CannedAnswer, providerCode: String) async throws {
        let provider = try Account().provider(RecordingTransport(answer))
        let error = try await certificateError {
            try await provider.orderDetail(OrderDetailRequest(.order("1")), context: OperationContext())
        }
        #expect(error.code == (providerCode == "gateway:210" ? .permission : .authentication))
        #expect(error.providerCode == providerCode)
        #expect(error.providerMessage == "words")
    }

    @Test(
        "a 401 says by how much this machine's clock is wrong, where the server's tells",
        arguments: [
            // The clock of the tests stands at 01:15:30.
            (
                "Sun, 01 Mar 2026 01:22:33 GMT",
                "The credential was not accepted. This machine's clock is 7 min 3 s behind the server's. Set it right: "
                    + "a signature is good for less than five minutes."
            ),
            (
                "Sun, 01 Mar 2026 01:10:00 GMT",
                "The credential was not accepted. This machine's clock is 5 min 30 s ahead of the server's. Set it right: "
                    + "a signature is good for less than five minutes."
            ),
            (
                "Sun, 01 Mar 2026 01:15:31 GMT",
                "The credential was not accepted. Check access_key, secret_key and zone."
            ),
            (
                nil,
                "The credential was not accepted. Check access_key, secret_key and zone, and that this machine's clock is "
                    + "right: a signature is good for less than five minutes."
            ),
        ] as [(String?, String)]
    )
    func clock(date: String?, message: String) async throws {
        let fields: HTTPFields = date.map { [.date: $0] } ?? [:]
        let provider = try Account().provider(RecordingTransport(CannedAnswer(401, headers: fields)))
        let error = try await certificateError {
            try await provider.orderDetail(OrderDetailRequest(.order("1")), context: OperationContext())
        }
        #expect(error.code == .authentication)
        #expect(error.message == message)
    }

    @Test("what the gateway adds is told too")
    func details() async throws {
        let body =
            #"{"error":{"errorCode":"200","message":"Authentication Failed","details":"Invalid authentication information."}}"#
        let provider = try Account().provider(RecordingTransport(CannedAnswer(401, body)))
        let error = try await certificateError {
            try await provider.orderDetail(OrderDetailRequest(.order("1")), context: OperationContext())
        }
        #expect(error.providerMessage == "Authentication Failed")
        #expect(error.message.contains("“Authentication Failed: Invalid authentication information.”"))
    }

    @Test(
        "a server that echoes the credential gets it into no error",
        arguments: [200, 302, 400, 401, 403, 404, 429, 500])
    func echoedSecrets(status: Int) async throws {
        let both = "\(Account.accessKey) \(Account.secretKey)"
        let bodies = [
            both, #"{"returnCode":"\#(both)","returnMessage":"\#(both)"}"#,
            #"{"error":{"errorCode":"\#(both)","message":"\#(both)","details":"\#(both)"}}"#,
            "<error><errorCode>\(both)</errorCode><message>\(both)</message></error>",
            #"{"orders":"\#(both)"}"#,
        ]
        for body in bodies {
            let answer = CannedAnswer(status, body, headers: [.location: "https://\(Account.accessKey).example/"])
            let provider = try Account().provider(RecordingTransport(answer))
            let error = try await certificateError {
                try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())
            }
            var dumped = ""
            dump(error, to: &dumped)
            for text in [error.description, error.debugDescription, error.message, "\(error)", dumped] {
                #expect(!text.contains(Account.accessKey), "\(body)")
                #expect(!text.contains(Account.secretKey), "\(body)")
            }
        }
    }

    @Test("a provider shows no secret of its own")
    func providerShowsNothing() throws {
        let provider = try Account().provider(RecordingTransport(.nothing))
        var dumped = ""
        dump(provider, to: &dumped)
        for text in ["\(provider)", String(reflecting: provider), dumped] {
            #expect(!text.contains(Account.accessKey))
            #expect(!text.contains(Account.secretKey))
        }
    }
}
