import AdapterHTTP
import CertProtocol
import DigiCertAdapter
import Testing

struct ErrorTests {
    private func error(_ status: Int, _ body: String) async throws -> CertificateError {
        let provider = try makeProvider(RecordingTransport(status: status, body))
        let error = await failure { () async throws(CertificateError) in
            _ = try await provider.listCertificates(ListCertificatesRequest(), context: context)
        }
        return try #require(error)
    }

    private static func body(_ code: String) -> String { #"{"errors":[{"code":"\#(code)","message":"Words."}]}"# }

    @Test(
        "the status decides what an error is, and the code is kept verbatim",
        arguments: [
            (401, "unauthorized", .authentication), (403, "access_denied|access_denied_invalid_key", .authentication),
            (403, "access_denied|missing_permission", .permission),
            (403, "access_denied|invalid_approver", .permission),
            (403, "something_else", .permission), (404, "not_found", .notFound), (404, "not_found|order", .notFound),
            (404, "odd", .notFound), (400, "invalid_value:validity_years", .invalidRequest),
            (400, "time_frame_too_long", .invalidRequest), (406, "odd", .invalidRequest), (409, "odd", .invalidRequest),
            (429, "request_limit_exceeded", .rateLimited), (500, "not_found|order", .unavailable),
            (502, "access_denied|access_denied_invalid_key", .unavailable), (503, "odd", .unavailable),
        ] as [(Int, String, CertificateError.Code)]
    )
    func table(status: Int, code: String, expected: CertificateError.Code) async throws {
        let error = try await error(status, Self.body(code))
        #expect(error.code == expected)
        #expect(error.providerCode == code)
        #expect(error.providerMessage == "Words.")
        #expect(error.httpStatus == status)
    }

    @Test(
        "the words of an error come as an array, as an object, in several entries, or not at all",
        arguments: [
            (#"{"errors":{"code":"not_found|route","message":"No route."}}"#, "not_found|route", "No route."),
            (#"{"errors":[{"code":"a","message":"A."},{"code":"b","message":"B."}]}"#, "a", "A.; B."),
            (#"{"errors":[{"message":"A."}]}"#, nil, "A."), (#"{"errors":[{"code":"a"}]}"#, "a", nil),
            (#"{"errors":[null,7,"x",{"code":"a","message":"A."}]}"#, "a", "A."), (#"{"errors":"none"}"#, nil, nil),
            (#"{"errors":[]}"#, nil, nil), ("[]", nil, nil), ("", nil, nil), ("<html>Imperva</html>", nil, nil),
        ] as [(String, String?, String?)]
    )
    func bodies(body: String, code: String?, message: String?) async throws {
        let error = try await error(404, body)
        #expect(error.code == .notFound)
        #expect(error.providerCode == code)
        #expect(error.providerMessage == message)
    }

    @Test("a wrong key and a key that may too little are told apart, and each error says what to do")
    func advice() async throws {
        let wrong = try await error(403, Self.body("access_denied|access_denied_invalid_key"))
        #expect(wrong.message.contains("api_key"))
        #expect(wrong.message.contains("region"))
        let weak = try await error(403, Self.body("access_denied|missing_permission"))
        #expect(weak.message.contains("role"))
        #expect(weak.message.contains("Words."))
    }

    @Test("a redirect is not followed", arguments: [301, 302, 307])
    func redirects(status: Int) async throws {
        #expect(try await error(status, "").code == .malformedResponse)
    }

    @Test(
        "the key stands in no error, whatever an answer echoes",
        arguments: [200, 302, 400, 401, 403, 404, 429, 500],
        [
            #"{"errors":[{"code":"KEY","message":"Your key KEY is odd"}]}"#,
            #"{"errors":{"code":"x|KEY","message":"KEY"}}"#,
            "<html>KEY</html>", #"{"orders":"KEY"}"#, #"{"KEY"#, "KEY",
        ]
    )
    func canary(status: Int, template: String) async throws {
        let error = try await error(status, template.replacing("KEY", with: canaryKey))
        var dumped = ""
        dump(error, to: &dumped)
        for text in [error.description, error.debugDescription, error.providerCode ?? "", dumped] {
            #expect(!text.contains(canaryKey))
        }
    }

    @Test("the key stands in no description of a provider")
    func providerDescription() throws {
        let provider = try makeProvider(RecordingTransport("{}"))
        var dumped = String(reflecting: provider)
        dump(provider, to: &dumped)
        #expect(!dumped.contains(canaryKey))
    }
}
