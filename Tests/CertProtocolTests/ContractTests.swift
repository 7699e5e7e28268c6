import CertProtocol
import FoundationEssentials
import Testing

/// An adapter that implements nothing: it has to compile as it is for ever.
private struct EmptyProvider: CertificateProvider {
    let capabilities = ProviderCapabilities(operations: [])
}

@Suite("The contract")
struct ContractTests {
    @Test("the names of the capabilities")
    func names() {
        #expect(
            Capability.allCases.map(\.rawValue) == [
                "list-certificates", "order-detail", "list-duplicates", "list-reissues", "list-subaccount-orders",
                "list-changes", "list-products", "list-organizations", "find-order", "issue", "renew", "reissue",
                "duplicate", "revoke", "cancel", "download", "domain-validation", "domain-validation-change",
                "approvals", "import", "delete", "auto-renewal", "extend",
            ]
        )
    }

    @Test("a set of capabilities holds what was put into it, and nothing else")
    func sets() {
        let set: Capabilities = [.issue, .listCertificates]
        #expect(set.contains(Capability.issue))
        #expect(!set.contains(Capability.revoke))
        #expect(set.elements == [.listCertificates, .issue])
        #expect(set.description == "list-certificates, issue")
        #expect(Capabilities(Capability.allCases).elements == Capability.allCases)
    }

    @Test("an operation that isn't implemented is unsupported, and says which")
    func defaults() async {
        let provider = EmptyProvider()
        let context = OperationContext()
        let contents = CertificateContents(signingRequest: "", commonName: "example.com")
        let issue = IssueRequest(product: "p", contents: contents)
        let operations: [(Capability, () async throws(CertificateError) -> Void)] = [
            (
                .listCertificates,
                { () throws(CertificateError) in _ = try await provider.listCertificates(.init(), context: context) }
            ),
            (
                .orderDetail,
                { () throws(CertificateError) in
                    _ = try await provider.orderDetail(.init(.order("1")), context: context)
                }
            ),
            (
                .findOrder,
                { () throws(CertificateError) in
                    _ = try await provider.findOrder(
                        .init(operation: .issue, journalKey: "k", sentAt: .now), context: context)
                }
            ),
            (.issue, { () throws(CertificateError) in _ = try await provider.issue(issue, context: context) }),
            (
                .revoke,
                { () throws(CertificateError) in
                    _ = try await provider.revoke(
                        .init(orderID: "1", scope: .wholeOrder, reason: .superseded), context: context
                    )
                }
            ),
            (
                .approvals,
                { () throws(CertificateError) in _ = try await provider.listApprovals(.init(), context: context) }
            ),
            (
                .listCertificates,
                { () throws(CertificateError) in try await provider.checkHealth(.init(), context: context) }
            ),
        ]
        for (capability, operation) in operations {
            do throws(CertificateError) {
                try await operation()
                Issue.record("\(capability) did something")
            } catch {
                #expect(error.code == .unsupported)
                #expect(error.capability == capability)
            }
        }
    }

    @Test("a secret is never printed, dumped or reflected")
    func secrets() {
        let secret = Secret("CANARY-abcdef")
        var dumped = ""
        dump(["key": secret], to: &dumped)
        let error = { () -> String in
            var error = CertificateError(.authentication, "No.")
            error.underlying = Holder(secret: secret)
            return String(reflecting: error)
        }()
        for text in [
            "\(secret)", String(reflecting: secret), String(describing: Optional(secret)), dumped, error,
            "\(SettingValue.secret(secret))", String(reflecting: SettingsValues(["k": .secret(secret)])),
            "\(Mirror(reflecting: secret).children.map { "\($0)" })",
        ] {
            #expect(!text.contains("CANARY"), "\(text)")
        }
        #expect(secret.withExposedValue { $0 } == "CANARY-abcdef")
    }

    private struct Holder: Error {
        let secret: Secret
    }

    @Test(
        "lengths of time",
        arguments: [
            ("500ms", 500), ("30s", 30_000), ("5m", 300_000), ("2h", 7_200_000), ("30d", 2_592_000_000), ("0s", 0),
        ]
    )
    func durations(_ text: String, _ milliseconds: Int64) {
        #expect(Duration(text: text)?.milliseconds == milliseconds)
        #expect(Duration(text: text).flatMap { Duration(text: $0.text) }?.milliseconds == milliseconds)
    }

    @Test(
        "what is no length of time", arguments: ["", "s", "5", "-5s", "1.5h", "5 m", "5w", "99999999999999999d", "٣s"])
    func noDurations(_ text: String) {
        #expect(Duration(text: text) == nil)
    }

    @Test("rate windows")
    func windows() {
        #expect(RateWindow(text: "100/5s") == RateWindow(100, per: .seconds(5)))
        #expect(RateWindow(text: "1000/180s")?.description == "1000/3m")
        for text in ["", "100", "0/5s", "-1/5s", "100/0s", "100/5", "1/2/3s", "/5s"] {
            #expect(RateWindow(text: text) == nil, "\(text)")
        }
    }

    @Test(
        "a credential goes nowhere but to https, or to this machine",
        arguments: [
            ("https://www.digicert.com/services/v2/", "https://www.digicert.com/services/v2"),
            ("http://127.0.0.1:8080/services/v2", "http://127.0.0.1:8080/services/v2"),
            ("http://localhost/", "http://localhost"), ("HTTPS://Example.COM", "https://example.com"),
            ("http://[::1]:99", "http://[::1]:99"),
        ]
    )
    func serviceURLs(_ text: String, _ expected: String) throws {
        #expect(try ServiceURL(text).description == expected)
    }

    @Test(
        "addresses that are refused",
        arguments: [
            "http://www.digicert.com", "ftp://127.0.0.1", "www.digicert.com", "https://", "https://user@host/",
            "https://user:pw@host/", "https://host/?a=b", "https://host/#f", "http://127.evil.example", "",
            "http://127.0.0.1:0", "http://127.0.0.1:99999", "https://host:70000/", "http://127.0.0.1.evil.example/",
            "http://localhost.evil.example", "file:///etc/passwd",
        ]
    )
    func refusedServiceURLs(_ text: String) {
        #expect(throws: ServiceURLProblem.self) { try ServiceURL(text) }
    }

    @Test("a revocation is encoded without the certificate's key")
    func revocationKey() throws {
        var request = RevokeRequest(orderID: "7", scope: .wholeOrder, reason: .keyCompromise)
        request.certificatePEM = "a certificate"
        request.certificateKey = Secret("a-fake-key")
        let text = String(decoding: try JSONEncoder().encode(request), as: UTF8.self)
        #expect(!text.contains("a-fake-key") && !text.contains("certificateKey"))
        var decoded = try JSONDecoder().decode(RevokeRequest.self, from: Data(text.utf8))
        #expect(decoded.certificateKey == nil)
        decoded.certificateKey = request.certificateKey
        #expect(decoded == request)
    }
}
