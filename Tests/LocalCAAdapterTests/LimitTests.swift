import CertProtocol
import Foundation
import LocalCAAdapter
import TestSupport
import Testing

/// What a local authority doesn't issue.
@Suite("The limits of a local CA")
struct LimitTests {
    private func refusal(_ order: IssueRequest, _ provider: any CertificateProvider) async -> CertificateError? {
        await failure { () throws(CertificateError) in try await provider.issue(order, context: OperationContext()) }
    }

    @Test(
        "a name is issued where a pattern covers it",
        arguments: [
            ("app.test", nil), ("a.b.c.test", nil), ("*.app.test", nil), ("localhost", nil), ("x.localhost", nil),
            ("APP.Test", nil), ("shop.example.com", nil), ("example.com", nil), ("nas.home.arpa", nil),
            ("xn--bcher-kva.example", nil), ("test", "name_not_permitted"), ("www.example.org", "name_not_permitted"),
            ("app.test.com", "name_not_permitted"), ("atest", "name_not_permitted"),
            ("*.test", "wildcard_too_wide"), ("*.localhost", "wildcard_too_wide"), ("*", "not_a_name"),
            ("a.*.test", "not_a_name"), ("bücher.test", "not_a_name"), ("127.0.0.1", "not_a_name"),
            ("", "not_a_name"), ("a..test", "not_a_name"), ("-a.test", "not_a_name"), ("a b.test", "not_a_name"),
            (String(repeating: "a", count: 64) + ".test", "not_a_name"),
            (String(repeating: "a", count: 63) + ".b.test", nil),
        ] as [(String, String?)])
    func names(_ name: String, _ code: String?) async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            let order = try folder.order(name)
            guard let code else {
                let receipt = try await provider.issue(order, context: OperationContext())
                try folder.openSSL.verify(receipt.certificatesPEM, root: folder.text("root.pem"))
                return
            }
            let error = await refusal(order, provider)
            #expect(error?.providerCode == code, "\(name): \(error?.message ?? "issued")")
            #expect(error?.code == (code == "not_a_name" ? .invalidRequest : .rejected))
            if code == "name_not_permitted" { #expect(error?.message.contains("*.test") == true) }
            // Nothing was begun for it.
            #expect(!FileManager.default.fileExists(atPath: folder.path))
        }
    }

    @Test("a validity is taken up to the longest, and the usual one where none is named")
    func validity() async throws {
        try await LocalFolder.with { folder in
            let now = Date(timeIntervalSince1970: 1_800_000_000)
            let clock = ManualClock(date: now).operationClock
            let provider = try folder.provider(
                ["longest_validity": .duration(.seconds(30 * 86_400)), "default_validity": .duration(.seconds(3600))],
                clock: clock)
            let day = CalendarDay(now.addingTimeInterval(5 * 86_400))
            let untilDay = day.startInUTC.timeIntervalSince(now) + 86_400
            let cases: [(ValidityPeriod?, TimeInterval?)] = [
                (nil, 3600), (.days(1), 86_400), (.days(30), 30 * 86_400), (.days(31), nil), (.years(1), nil),
                (.until(day), untilDay), (.days(0), nil), (.days(-3), nil),
                (.until(CalendarDay(now.addingTimeInterval(-86_400 * 3))), nil), (.days(.max), nil),
            ]
            for (period, seconds) in cases {
                let order = try folder.order(validity: period)
                guard let seconds else {
                    let error = await refusal(order, provider)
                    #expect(error?.code == .rejected, "\(String(describing: period))")
                    continue
                }
                let id = try #require(try await provider.issue(order, context: OperationContext()).orderID)
                let made = try await provider.orderDetail(OrderDetailRequest(.order(id)), context: OperationContext())
                // It begins a minute before; the last second is part of it.
                let start = seconds == untilDay ? now : now.addingTimeInterval(-60)
                #expect(made.validUntil?.startInUTC == start.addingTimeInterval(seconds - 1))
            }
        }
    }

    @Test("a key that is too weak, a request of another key, and what is no request are refused")
    func requests() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            for key in [["rsa:1024"], ["ec", "-pkeyopt", "ec_paramgen_curve:P-521"], ["ed25519"]] {
                let order = try folder.order(key: key)
                let error = await refusal(order, provider)
                #expect(error?.providerCode == (key == ["rsa:1024"] ? "unreadable_request" : "key_not_permitted"))
            }
            var order = try folder.order()
            let whole = order.contents.signingRequest
            for text in ["", "nonsense", String(whole.dropLast(80)), whole.replacing("REQUEST", with: "CERTIFICATE")] {
                order.contents.signingRequest = text
                #expect(await refusal(order, provider)?.code == .invalidRequest)
            }
            var bytes = try #require(Data(base64Encoded: whole.split(separator: "\n").dropFirst().dropLast().joined()))
            bytes[bytes.count - 1] ^= 1
            let base64 = bytes.base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
            order.contents.signingRequest =
                "-----BEGIN CERTIFICATE REQUEST-----\n\(base64)\n-----END CERTIFICATE REQUEST-----\n"
            #expect(await refusal(order, provider)?.providerCode == "wrong_signature")
        }
    }

    @Test("too many names, and a certificate that would outlast the authority, are refused")
    func ends() async throws {
        try await LocalFolder.with { folder in
            let many = try folder.order("a.test", (0..<100).map { "n\($0).test" })
            #expect(await refusal(many, try folder.provider())?.providerCode == "too_many_names")
            let clock = ManualClock(date: Date())
            let provider = try folder.provider(clock: clock.operationClock)
            let order = try folder.order()
            _ = try await provider.issue(order, context: OperationContext())
            clock.advance(by: .seconds(3600 * 86_400))
            #expect(await refusal(order, provider)?.providerCode == "authority_ends")
            let health = await failure { () throws(CertificateError) in
                try await provider.checkHealth(HealthCheckRequest(), context: OperationContext())
            }
            #expect(health == nil)
            clock.advance(by: .seconds(100 * 86_400))
            let ended = await failure { () throws(CertificateError) in
                try await provider.checkHealth(HealthCheckRequest(), context: OperationContext())
            }
            #expect(ended?.code == .invalidConfiguration)
        }
    }

    @Test("settings that contradict one another are a mistake of the configuration")
    func settings() throws {
        let declaration = AdapterFactory.localCA().settings
        let values = SettingsValues(["directory": .string("/x"), "default_validity": .duration(.seconds(201 * 86_400))])
        let problems = declaration.rules.flatMap { $0(values) }
        #expect(problems.map(\.setting) == ["default_validity"])
        #expect(throws: CertificateError.self) {
            try AdapterFactory.localCA().make(values, AdapterContext(providerID: "local"))
        }
        let short = SettingsValues(["directory": .string("/x"), "longest_validity": .duration(.seconds(86_400))])
        #expect(declaration.rules.flatMap { $0(short) }.map(\.setting) == ["longest_validity"])
        #expect(throws: CertificateError.self) {
            try AdapterFactory.localCA().make(
                SettingsValues(["directory": .string("relative")]), AdapterContext(providerID: "local"))
        }
    }
}
