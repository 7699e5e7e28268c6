import ACMEAdapter
import AdapterHTTP
import CertProtocol
import Foundation
import HTTPTypes
import TestSupport
import Testing

/// What a real server seldom does: each step of an order's course, against a server in memory.
@Suite("The course of an ACME order")
struct OrderCourseTests {
    private static let chain = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"

    private func issue(
        _ stub: ACMEStub, _ account: ACMEAccount, settings: [String: SettingValue] = [:],
        clock: ManualClock = ManualClock(), context: OperationContext = OperationContext(journalKey: "a-key")
    ) async throws -> Receipt {
        let provider = try account.provider(stub, settings, clock: clock.operationClock)
        return try await provider.issue(account.request(["a.example"]).issue, context: context)
    }

    /// The root of a web server, as the setting and as a path.
    private func webRoot(_ account: ACMEAccount) throws -> [String: SettingValue] {
        try FileManager.default.createDirectory(atPath: account.path("www"), withIntermediateDirectories: true)
        return ["http_directory": .string(account.path("www"))]
    }

    private func published(_ account: ACMEAccount) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: account.path("www/.well-known/acme-challenge"))) ?? []
    }

    @Test("a server that refuses every nonce is asked fifteen times, with another one each time")
    func badNonces() async throws {
        try await ACMEAccount.with { account in
            let stub = ACMEStub(["/new-order": { _ in ACMEStub.problem("badNonce") }])
            let error = try await certificateError { try await issue(stub, account) }
            #expect(error.code == .unavailable && stub.count("/new-order") == 15)
            #expect(Set(stub.signed.compactMap { $0.header.string("nonce") }).count == stub.signed.count)
            #expect(stub.paths.count { $0 == "/nonce" } == 1, "a refusal brings the next nonce")
        }
    }

    @Test(
        "a URL that leads elsewhere is followed nowhere, its host is named, and whether something was ordered is told truly",
        arguments: [
            "https://evil.example/x", "http://acme.test/x", "https://acme.test:8443/x", "https://a@acme.test/x",
            "//evil.example/x", "x", "ftp://acme.test/x", "",
        ])
    func foreignURLs(_ url: String) async throws {
        let location = ["Location": ACMEStub.url("/order/1")]
        let ready = #"{"status":"ready","authorizations":[],"finalize":"\#(url)"}"#
        let pending = #"{"status":"pending","authorizations":["\#(url)"]}"#
        let valid = #"{"status":"valid","certificate":"\#(url)"}"#
        let cases: [(answers: [String: ACMEStub.Answer], code: CertificateError.Code)] = [
            // Before anything is ordered another authority may be tried.
            (["/dir": { _ in ACMEStub.directory(["newNonce": url]) }], .unavailable),
            (["/dir": { _ in ACMEStub.directory(["newAccount": url]) }], .unavailable),
            (["/dir": { _ in ACMEStub.directory(["newOrder": url]) }], .unavailable),
            (["/account": { _ in TransportResponse(201, "{}", headers: ["Location": url]) }], .unavailable),
            // The order may be there.
            (["/new-order": { _ in TransportResponse(201, ready, headers: ["Location": url]) }], .outcomeUnknown),
            // The order is there.
            (["/new-order": { _ in TransportResponse(201, ready, headers: location) }], .malformedResponse),
            (["/new-order": { _ in TransportResponse(201, pending, headers: location) }], .malformedResponse),
            (["/new-order": { _ in TransportResponse(201, valid, headers: location) }], .malformedResponse),
        ]
        for (number, item) in cases.enumerated() {
            try await ACMEAccount.with { account in
                let stub = ACMEStub(item.answers)
                let error = try await certificateError { try await issue(stub, account) }
                #expect(error.code == item.code, "\(number): \(error)")
                #expect((error.receipt?.orderID == "order/1") == (number > 4), "\(number)")
                #expect(stub.hosts == ["acme.test"] && !stub.paths.contains("/x"), "\(number)")
                if url.contains("evil.example") { #expect(error.message.contains("evil.example"), "\(number)") }
            }
        }
    }

    @Test(
        "the id of an order or certificate stays at the server",
        arguments: [
            "", "/x", "//evil.example/x", "../x", "a/../../x", "./x", "a b", "a#b", "a\u{0}b", "a\r\nHost: evil", "ä",
            "a\\b",
        ])
    func foreignIDs(_ id: String) async throws {
        try await ACMEAccount.with { account in
            let stub = ACMEStub()
            let provider = try account.provider(stub)
            let context = OperationContext()
            let order = try await certificateError {
                try await provider.orderDetail(OrderDetailRequest(.order(id)), context: context)
            }
            let download = try await certificateError {
                try await provider.download(
                    DownloadRequest(orderID: "order/1", certificateID: id, format: .pem), context: context)
            }
            let check = try await certificateError {
                try await provider.checkDomainValidations(.init(orderID: id), context: context)
            }
            #expect([order.code, download.code, check.code] == [.invalidRequest, .invalidRequest, .invalidRequest])
            #expect(stub.paths.isEmpty)
        }
    }

    @Test("the server's own pauses are kept")
    func retryAfter() async throws {
        try await ACMEAccount.with { account in
            let clock = ManualClock()
            let stub = ACMEStub([
                "/order/1": { number in number < 2 ? ACMEStub.order("pending") : ACMEStub.order("processing") },
                "/authz/1": { number in
                    ACMEStub.authorization("pending", headers: number == 0 ? ["Retry-After": "17"] : [:])
                },
            ])
            let receipt = try await issue(stub, account, settings: webRoot(account), clock: clock)
            #expect(receipt.state == .pending && receipt.awaiting.isEmpty, "it is processing")
            #expect(clock.slept.first == .seconds(17))
            #expect(published(account).isEmpty)
        }
    }

    @Test(
        "an authorization that stays pending is an error after its own deadline, with what the server saw, and tidied up"
    )
    func ownDeadline() async throws {
        try await ACMEAccount.with { account in
            let clock = ManualClock()
            let problem = #"{"type":"\#(ACME.Problem.namespace)dns","detail":"no TXT record found"}"#
            let stub = ACMEStub([
                "/order/1": { _ in ACMEStub.order("pending") },
                "/authz/1": { _ in ACMEStub.authorization("pending", error: problem) },
            ])
            let settings = try webRoot(account).merging(["authorization_timeout": .duration(.seconds(40))]) { $1 }
            let error = try await certificateError {
                try await issue(stub, account, settings: settings, clock: clock)
            }
            #expect(error.code == .rejected && error.receipt?.orderID == "order/1")
            #expect(error.message.contains("within 40s") && error.message.contains("no TXT record found"))
            #expect(stub.count("/chal/http-01") == 1, "the server is told to look once")
            #expect(clock.elapsed >= .seconds(40) && clock.elapsed < .seconds(60))
            #expect(published(account).isEmpty)
        }
    }

    @Test("when the call's time is over, the receipt is pending and the proof stays until somebody looks again")
    func callDeadline() async throws {
        try await ACMEAccount.with { account in
            let clock = ManualClock()
            let settings = try webRoot(account)
            let slow = ACMEStub([
                "/order/1": { _ in ACMEStub.order("pending") }, "/authz/1": { _ in ACMEStub.authorization("pending") },
            ])
            var context = OperationContext(journalKey: "a-key")
            context.deadline = clock.now.advanced(by: .seconds(20))
            let receipt = try await issue(slow, account, settings: settings, clock: clock, context: context)
            #expect(receipt.state == .pending && receipt.awaiting == [.domainValidation])
            #expect(clock.elapsed <= .seconds(19) && published(account) == ["a-token_0"])

            let decided = ACMEStub()
            let provider = try account.provider(decided, settings, clock: clock.operationClock)
            let order = try await provider.orderDetail(
                OrderDetailRequest(.order("order/1")), context: OperationContext())
            #expect(order.status == .issued && published(account).isEmpty)
        }
    }

    /// A server at which the answer to the signing request is a failure, and then one, at which the order stays ready for so
    /// many looks.
    private func failing(_ looks: Int) -> ACMEStub {
        ACMEStub([
            "/new-order": { _ in ACMEStub.order("ready") },
            "/order/1": { number in
                number < looks
                    ? ACMEStub.order("ready")
                    : ACMEStub.order("valid", #","certificate":"\#(ACMEStub.url("/cert/1"))""#)
            },
            "/finalize/1": { number in
                number == 0 ? ACMEStub.problem("serverInternal", 500) : ACMEStub.order("processing")
            },
        ])
    }

    @Test("a signing request whose answer was lost is not sent again: the order tells whether it arrived")
    func finalizedOnce() async throws {
        try await ACMEAccount.with { account in
            let stub = failing(3)
            let receipt = try await issue(stub, account)
            #expect(receipt.state == .issued && receipt.certificateID == "cert/1" && stub.count("/finalize/1") == 1)
            #expect(receipt.certificatesPEM.isEmpty, "it can't be fetched at this moment, and is issued all the same")
        }
    }

    @Test("where the order doesn't tell, that is unknown with the order's id, and a person has it sent again")
    func finalizedByPerson() async throws {
        try await ACMEAccount.with { account in
            let clock = ManualClock()
            let stub = failing(Int.max)
            let settings: [String: SettingValue] = ["authorization_timeout": .duration(.seconds(40))]
            let error = try await certificateError {
                try await issue(stub, account, settings: settings, clock: clock)
            }
            #expect(error.code == .outcomeUnknown && error.receipt?.orderID == "order/1")
            #expect(stub.count("/finalize/1") == 1 && stub.count("/order/1") < 30)
            let provider = try account.provider(stub, settings, clock: clock.operationClock)
            let look = try await certificateError {
                try await provider.orderDetail(OrderDetailRequest(.order("order/1")), context: OperationContext())
            }
            #expect(look.code == .outcomeUnknown && look.message.contains("validation check"))
            #expect(stub.count("/finalize/1") == 1)
            _ = try? await provider.checkDomainValidations(.init(orderID: "order/1"), context: OperationContext())
            #expect(stub.count("/finalize/1") == 2)
        }
    }

    @Test("an order that the server hands out again belongs to whoever began it, whose signing request it gets")
    func reusedOrder() async throws {
        try await ACMEAccount.with { account in
            let stub = ACMEStub([
                "/order/1": { _ in ACMEStub.order("pending") }, "/authz/1": { _ in ACMEStub.authorization("pending") },
            ])
            let first = try await issue(stub, account)
            #expect(first.state == .pending && first.orderID == "order/1")
            let again = try await issue(stub, account)
            #expect(again.orderID == "order/1", "the same key is the same order")
            let error = try await certificateError {
                try await issue(stub, account, context: OperationContext(journalKey: "another-key"))
            }
            #expect(error.code == .rejected && error.receipt == nil && error.message.contains("order/1"))
            let lookup = FindOrderRequest(operation: .issue, journalKey: "another-key", sentAt: .now)
            guard case .notFound = try await account.provider(stub).findOrder(lookup, context: OperationContext())
            else {
                Issue.record("nothing came of the other key")
                return
            }
        }
    }

    @Test(
        "what passes while the server decides takes nothing away",
        arguments: [(503, "unavailable"), (429, "rate_limited")])
    func passingFailure(_ status: Int, _ code: String) async throws {
        try await ACMEAccount.with { account in
            let stub = ACMEStub([
                "/order/1": { number in
                    number == 0
                        ? ACMEStub.order("pending") : TransportResponse(status, "", headers: ["Retry-After": "5"])
                },
                "/authz/1": { _ in ACMEStub.authorization("pending") },
            ])
            let error = try await certificateError { try await issue(stub, account, settings: webRoot(account)) }
            #expect(error.code.rawValue == code && error.receipt?.orderID == "order/1")
            #expect(published(account) == ["a-token_0"])
        }
    }

    @Test("an answer to a challenge that may not have arrived is given again")
    func lostAnswer() async throws {
        try await ACMEAccount.with { account in
            let stub = ACMEStub([
                "/order/1": { number in
                    number < 2
                        ? ACMEStub.order("pending")
                        : ACMEStub.order("valid", #","certificate":"\#(ACMEStub.url("/cert/1"))""#)
                },
                "/authz/1": { _ in ACMEStub.authorization("pending") },
                "/chal/http-01": { number in
                    number == 0 ? ACMEStub.problem("serverInternal", 500) : TransportResponse(200, "{}")
                },
            ])
            let receipt = try await issue(stub, account, settings: webRoot(account))
            #expect(receipt.state == .issued && stub.count("/chal/http-01") == 2 && published(account).isEmpty)
        }
    }

    @Test("a certificate of another order is neither handed out nor revoked under this one")
    func otherCertificate() async throws {
        try await ACMEAccount.with { account in
            let stub = ACMEStub()
            let provider = try account.provider(stub)
            let download = try await certificateError {
                try await provider.download(
                    DownloadRequest(orderID: "order/1", certificateID: "cert/2", format: .pem),
                    context: OperationContext())
            }
            let revocation = try await certificateError {
                try await provider.revoke(
                    RevokeRequest(orderID: "order/1", scope: .certificate("cert/2"), reason: .superseded),
                    context: OperationContext())
            }
            #expect(download.code == .notFound && revocation.code == .notFound && stub.count("/revoke") == 0)
        }
    }

    @Test("without anything that publishes, an order may stay pending for as long as a person takes")
    func patientByHand() async throws {
        try await ACMEAccount.with { account in
            let clock = ManualClock()
            let stub = ACMEStub([
                "/order/1": { _ in ACMEStub.order("pending") }, "/authz/1": { _ in ACMEStub.authorization("pending") },
            ])
            _ = try await issue(stub, account, clock: clock)
            let provider = try account.provider(stub, clock: clock.operationClock)
            let error = try await certificateError {
                try await provider.checkDomainValidations(.init(orderID: "order/1"), context: OperationContext())
            }
            #expect(error.code == .rejected, "whoever says that it is there waits no longer than authorization_timeout")
            clock.advance(by: .seconds(100_000))
            let order = try await provider.orderDetail(
                OrderDetailRequest(.order("order/1")), context: OperationContext())
            #expect(order.status == .pending)
        }
    }

    @Test("a web server's folder that isn't there is not made")
    func missingFolder() async throws {
        try await ACMEAccount.with { account in
            let stub = ACMEStub([
                "/order/1": { _ in ACMEStub.order("pending") }, "/authz/1": { _ in ACMEStub.authorization("pending") },
            ])
            let settings: [String: SettingValue] = ["http_directory": .string(account.path("typo"))]
            let error = try await certificateError { try await issue(stub, account, settings: settings) }
            #expect(error.code == .invalidConfiguration && error.message.contains("typo"))
            #expect(!FileManager.default.fileExists(atPath: account.path("typo")) && stub.count("/chal/http-01") == 0)
        }
    }

    @Test("an answer to a new order without its place is unknown, and nothing can come of that order")
    func noLocation() async throws {
        try await ACMEAccount.with { account in
            let stub = ACMEStub(["/new-order": { _ in TransportResponse(201, #"{"status":"pending"}"#) }])
            let error = try await certificateError { try await issue(stub, account) }
            #expect(error.code == .outcomeUnknown && error.receipt == nil)
            let found = try await account.provider(stub).findOrder(
                FindOrderRequest(operation: .issue, journalKey: "a-key", sentAt: .now), context: OperationContext())
            guard case .notFound = found else {
                Issue.record("nobody knows its URL")
                return
            }
        }
    }

    @Test(
        "a token that isn't base64url becomes no path and no argument", arguments: ["../../x", "a/b", "a b", "", "-\n"])
    func badToken(_ token: String) async throws {
        try await ACMEAccount.with { account in
            let text = JSONNode.string(token).text.dropFirst().dropLast()
            let stub = ACMEStub(["/authz/1": { _ in ACMEStub.authorization("pending", token: String(text)) }])
            let error = try await certificateError {
                try await issue(stub, account, settings: webRoot(account))
            }
            #expect(error.code == .malformedResponse && error.receipt?.orderID == "order/1")
            #expect(stub.count("/chal/http-01") == 0 && published(account).isEmpty)
        }
    }

    @Test("a name that wasn't ordered is published for nowhere", arguments: ["-rf", "evil.example", "../x"])
    func foreignName(_ name: String) async throws {
        try await ACMEAccount.with { account in
            let stub = ACMEStub(["/authz/1": { _ in ACMEStub.authorization("pending", name: name) }])
            let error = try await certificateError { try await issue(stub, account, settings: webRoot(account)) }
            #expect(error.code == .malformedResponse && stub.count("/chal/http-01") == 0 && published(account).isEmpty)
        }
    }

    @Test("what can't be ordered is refused before anything is sent")
    func refusedBeforehand() async throws {
        try await ACMEAccount.with { account in
            let stub = ACMEStub()
            let settings = try webRoot(account)
            let provider = try account.provider(stub, settings)
            var requests: [(IssueRequest, String)] = []
            var request = try account.request(["a.example"]).issue
            request.product = "ov"
            requests.append((request, "dv"))
            requests.append((try account.request(["*.a.example"], method: "http-01").issue, "dns-01"))
            requests.append((try account.request(["*.a.example"]).issue, "hook_command"))
            requests.append((try account.request(["a.example"], method: "email").issue, "http-01, dns-01"))
            request = try account.request(["a.example"]).issue
            request.contents.signingRequest = "no request"
            requests.append((request, "PEM"))
            request = try account.request(["a.example"]).issue
            request.contents.validity = .days(0)
            requests.append((request, "period"))
            request = try account.request(["a.example"]).issue
            request.contents.dnsNames = ["bücher.example"]
            requests.append((request, "A-labels"))
            for (request, word) in requests {
                let error = try await certificateError {
                    try await provider.issue(request, context: OperationContext())
                }
                #expect(error.code == .invalidRequest && error.message.contains(word), "\(error)")
            }
            var revocation = RevokeRequest(orderID: "order/1", scope: .wholeOrder, reason: .privilegeWithdrawn)
            let reason = try await certificateError {
                try await provider.revoke(revocation, context: OperationContext())
            }
            revocation.reason = .unspecified
            revocation.certificateKey = Secret("no key")
            let key = try await certificateError { try await provider.revoke(revocation, context: OperationContext()) }
            #expect(reason.code == .invalidRequest && key.code == .invalidRequest && !key.message.contains("no key"))
            #expect(stub.paths.isEmpty)
        }
    }

    @Test("a period becomes the end that is asked for; without one the server chooses")
    func validity() async throws {
        try await ACMEAccount.with { account in
            let stub = ACMEStub()
            let clock = ManualClock(date: Date(timeIntervalSince1970: 1_790_000_000))
            let provider = try account.provider(stub, clock: clock.operationClock)
            var request = try account.request(["a.example"]).issue
            for validity in [nil, .days(10), .until(try #require(CalendarDay(year: 2027, month: 1, day: 2)))]
                as [ValidityPeriod?]
            {
                request.contents.validity = validity
                _ = try await provider.issue(request, context: OperationContext(journalKey: "k"))
            }
            let ends = stub.signed.filter { $0.path == "/new-order" }.map { $0.payload?.string("notAfter") }
            #expect(ends == [nil, "2026-10-01T14:13:20Z", "2027-01-02T00:00:00Z"])
        }
    }

    @Test("an account that the server keeps forgetting is registered anew once")
    func forgottenAccount() async throws {
        try await ACMEAccount.with { account in
            let stub = ACMEStub(["/new-order": { _ in ACMEStub.problem("accountDoesNotExist") }])
            let error = try await certificateError { try await issue(stub, account) }
            #expect(error.code == .authentication && stub.count("/new-order") == 2 && stub.count("/account") == 2)
        }
    }

    @Test("what the caller no longer wants is not sent")
    func beforeSending() async throws {
        try await ACMEAccount.with { account in
            let stub = ACMEStub()
            var context = OperationContext(journalKey: "a-key")
            context.beforeSending = { _ throws(CertificateError) in throw CertificateError(.cancelled, "given up") }
            let error = try await certificateError { try await issue(stub, account, context: context) }
            #expect(error.code == .cancelled && error.message == "given up" && stub.count("/new-order") == 0)
        }
    }

    @Test("a directory that wants a slash at its end gets it", arguments: [404, 301])
    func slash(_ status: Int) async throws {
        try await ACMEAccount.with { account in
            let stub = ACMEStub([
                "/dir": { _ in TransportResponse(status, "", headers: ["Location": "https://acme.test/dir/"]) },
                "/dir/": { _ in ACMEStub.directory() },
            ])
            try await account.provider(stub).checkHealth(HealthCheckRequest(), context: OperationContext())
            #expect(stub.paths.prefix(2) == ["/dir", "/dir/"] && stub.hosts == ["acme.test"])
        }
    }

    @Test("of many that look at an order at once one takes it on")
    func lock() async throws {
        try await ACMEAccount.with { account in
            let stub = ACMEStub([
                "/order/1": { _ in ACMEStub.order("pending") }, "/authz/1": { _ in ACMEStub.authorization("pending") },
            ])
            _ = try await issue(stub, account)
            // It publishes until it is told that it may end.
            let script =
                "#!/bin/sh\necho run >> '\(account.path("runs"))'\nwhile [ ! -e '\(account.path("go"))' ]; do sleep 0.05; done\n"
            try Data(script.utf8).write(to: URL(filePath: account.path("hook")))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: account.path("hook"))
            let settings: [String: SettingValue] = ["hook_command": .string(account.path("hook"))]
            func look() async throws {
                let provider = try account.provider(stub, settings)
                _ = try await provider.orderDetail(OrderDetailRequest(.order("order/1")), context: OperationContext())
            }
            let first = Task { try await look() }
            for _ in 0..<3000 where !FileManager.default.fileExists(atPath: account.path("runs")) {
                try await Task.sleep(for: .milliseconds(20))
            }
            for _ in 0..<3 { try await look() }
            try Data().write(to: URL(filePath: account.path("go")))
            try await first.value
            #expect(try String(contentsOfFile: account.path("runs"), encoding: .utf8) == "run\n")
            #expect(stub.count("/chal/http-01") == 1)
        }
    }
}
