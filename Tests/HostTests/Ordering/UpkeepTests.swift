import CertProtocol
import FoundationEssentials
import InMemoryLogging
import Logging
import TestSupport
import Testing

@testable import Host

@Suite("Calls about what a provider holds")
struct UpkeepTests {
    private let provider = ScriptedProvider()

    @Test("each goes to the provider once, journaled under its key, and is answered from the journal the second time")
    func all() async throws {
        let bench = try OrderingBench([provider])
        let host = bench.host
        let contents = CertificateContents(signingRequest: "CSR", commonName: "example.com")
        var imported = ImportCertificateRequest(
            name: "web", certificatePEM: "CERT", privateKey: Secret("FAKE-KEY-TEXT")
        )
        imported.certificateID = "5"
        let request = imported
        typealias Call = @Sendable (OrderingOptions) async throws -> Receipt
        let calls: [(Capability, String, Call)] = [
            (
                .renew, "renew 7",
                { try await host.renew(RenewRequest(orderID: "7", issue: .sample()), at: "ca", options: $0) }
            ),
            (
                .reissue, "reissue 7",
                { try await host.reissue(ReissueRequest(orderID: "7", contents: contents), at: "ca", options: $0) }
            ),
            (
                .duplicate, "duplicate 7",
                { try await host.duplicate(DuplicateRequest(orderID: "7", contents: contents), at: "ca", options: $0) }
            ),
            (
                .extend, "extend 7",
                { try await host.extend(ExtendRequest(orderID: "7", period: .years(1)), at: "ca", options: $0) }
            ),
            (
                .revoke, "revoke 7 wholeOrder superseded",
                {
                    try await host.revoke(
                        RevokeRequest(orderID: "7", scope: .wholeOrder, reason: .superseded), at: "ca", options: $0)
                }
            ),
            (.cancel, "cancel 7", { try await host.cancel(CancelRequest(orderID: "7"), at: "ca", options: $0) }),
            (
                .delete, "delete 5",
                {
                    try await host.deleteCertificate(
                        DeleteCertificateRequest(certificateID: "5"), at: "ca", options: $0)
                }
            ),
            (.import, "import web with key", { try await host.importCertificate(request, at: "ca", options: $0) }),
            (
                .autoRenewal, "auto-renewal 5 true",
                {
                    try await host.setAutoRenewal(
                        SetAutoRenewalRequest(certificateID: "5", isOn: true), at: "ca", options: $0)
                }
            ),
            (
                .approvals, "approvals 9 true",
                {
                    try await host.decideApproval(
                        DecideApprovalRequest(requestID: "9", isApproved: true), at: "ca", options: $0)
                }
            ),
        ]
        for (operation, line, call) in calls {
            let first = try await call(bench.options(key: operation.rawValue))
            #expect(first.operation == operation)
            #expect(first.journalKey == operation.rawValue)
            #expect(try await call(bench.options(key: operation.rawValue)) == first)
            #expect(provider.calls.filter { $0 == line }.count == 1, "\(line)")
        }
        #expect(try await bench.entries().map(\.operation) == calls.map(\.0))
    }

    @Test("a change of the validation method returns what is to be published; answered from the journal, what is shown")
    func validationMethod() async throws {
        let bench = try OrderingBench([provider])
        let request = SetDomainValidationMethodRequest(orderID: "7", method: "dns-txt")
        func change() async throws -> (Receipt, [DomainValidation]) {
            try await bench.host.setDomainValidationMethod(request, at: "ca", options: bench.options(key: "k"))
        }
        let first = try await change()
        #expect(first.0.state == .done)
        #expect(first.0.orderID == "7")
        #expect(first.1.map(\.domain) == ["example.com"])
        #expect(try await change().1.map(\.domain) == ["shown.example.com"])
        #expect(provider.calls == ["domain-validation-change 7 dns-txt", "show 7"])
    }

    @Test("what only switches or ends something may be repeated; what costs money may not")
    func repeated() async throws {
        let bench = try OrderingBench([provider])
        for isOn in [true, false, true, true] {
            _ = try await bench.host.setAutoRenewal(
                SetAutoRenewalRequest(certificateID: "5", isOn: isOn), at: "ca", options: bench.options()
            )
        }
        _ = try await bench.host.extend(ExtendRequest(orderID: "7", period: .years(1)), at: "ca")
        await #expect(throws: CertificateError(.rejected, "")) {
            try await bench.host.extend(ExtendRequest(orderID: "7", period: .years(1)), at: "ca")
        }
        // One duplicate for each server is what duplicates are for: another key is another certificate.
        for (csr, isNew) in [("A", true), ("B", true), ("A", false)] {
            let contents = CertificateContents(signingRequest: csr, commonName: "example.com")
            let receipt = try? await bench.host.duplicate(DuplicateRequest(orderID: "7", contents: contents), at: "ca")
            #expect((receipt != nil) == isNew)
        }
    }

    @Test("before an extension is sent, the journal has until when the order was paid, and a lookup is told")
    func extensionLookup() async throws {
        let provider = ScriptedProvider("ca", [.drop])
        provider.set(lookup: .silent)
        let bench = try OrderingBench([provider])
        await #expect(throws: CertificateError(.outcomeUnknown, "")) {
            try await bench.host.extend(ExtendRequest(orderID: "7", period: .years(1)), at: "ca")
        }
        #expect(provider.calls.map { $0.split(separator: " ")[0] } == ["order", "extend", "find"])
        #expect(provider.lookups.first?.paidUntil == CertificateDate("2027-03-01")?.startInUTC)
        #expect(provider.lookups.first?.period == .years(1))
    }

    @Test("a certificate's own key revokes where a provider takes it; the journal never has it")
    func revocationByKey() async throws {
        let provider = ScriptedProvider("ca", revokesByKey: true)
        let other = ScriptedProvider("other")
        let bench = try OrderingBench([provider, other])
        var request = RevokeRequest(orderID: "7", scope: .wholeOrder, reason: .keyCompromise)
        request.certificateKey = Secret("a-fake-key")
        let receipt = try await bench.host.revoke(request, at: "ca")
        #expect(provider.calls == ["revoke 7 wholeOrder keyCompromise by a-fake-key"])
        let key = try #require(receipt.journalKey)
        let entry = try #require(try await bench.host.journalEntry(key)).entry
        guard case .revoke(let written) = entry.request else {
            Issue.record("the journal has another request")
            return
        }
        #expect(written.certificateKey == nil && written.orderID == "7")

        let plan = try await bench.host.plan(.revoke(request), at: "ca")
        guard case .revoke(let planned) = plan.request else {
            Issue.record("the plan has another request")
            return
        }
        #expect(planned.certificateKey == nil)

        for isByKey in [true, false] {
            request.certificateKey = isByKey ? Secret("a-fake-key") : nil
            request.certificatePEM = isByKey ? nil : "a certificate"
            let refused = request
            let error = await #expect(throws: CertificateError.self) {
                try await bench.host.revoke(refused, at: "other")
            }
            #expect(error?.code == .invalidRequest && other.calls.isEmpty)
        }
    }

    @Test("a product whose key the authority makes is ordered without a signing request, any other with one")
    func withoutRequest() async throws {
        let first = ScriptedProvider("first", productsWithoutRequest: ["OWN"])
        let second = ScriptedProvider("second")
        let bench = try OrderingBench(
            [first, second],
            routes: [
                Route(
                    targets: [
                        RouteTarget(provider: "first", product: "OWN"), RouteTarget(provider: "second", product: "B"),
                    ]
                )
            ], verifier: ScriptedVerifier()
        )
        #expect(await bench.failure(.sample("a.example", csr: "")) == nil)
        #expect(first.calls == ["issue OWN"])
        #expect(await bench.failure(.sample("b.example", csr: "CSR")) == nil)
        #expect(second.calls == ["issue B"])
        for (provider, product, csr) in [("first", "OWN", "CSR"), ("first", "B", ""), ("second", "OWN", "")] {
            let error = await bench.failure(.sample("c.example", product: product, csr: csr), provider: provider)
            #expect(error?.code == .invalidRequest)
            #expect(error?.message.contains("signing request") == true)
        }
        #expect(first.calls.count + second.calls.count == 2)
    }

    @Test("a renewal goes without a signing request where the provider takes the key of the order, and nowhere else")
    func renewedKey() async throws {
        let keeping = ScriptedProvider("keeping", renewalNeedsRequest: false)
        let other = ScriptedProvider("other")
        let bench = try OrderingBench([keeping, other], verifier: ScriptedVerifier())
        for csr in ["", "CSR"] {
            let renewal = RenewRequest(orderID: "7", issue: .sample("a.example", csr: csr))
            let receipt = try await bench.host.renew(
                renewal, at: "keeping", options: bench.options(key: "key \(csr.count)".replacing(" ", with: "-")))
            #expect(receipt.operation == .renew)
        }
        #expect(keeping.calls.filter { !$0.hasPrefix("download") } == ["renew 7", "renew 7"])
        await #expect(throws: CertificateError(.invalidRequest, "")) {
            try await bench.host.renew(
                RenewRequest(orderID: "7", issue: .sample("a.example", csr: "")), at: "other")
        }
        // A new order needs one all the same.
        #expect(await bench.failure(.sample("b.example", csr: ""), provider: "keeping")?.code == .invalidRequest)
        #expect(other.calls.isEmpty)
    }

    @Test("a scope or a reason that isn't offered is refused without traffic, and never replaced")
    func revocation() async throws {
        let narrow = ScriptedProvider("ca", reasons: [.superseded], scopes: [.certificate])
        let bench = try OrderingBench([narrow])
        for request in [
            RevokeRequest(orderID: "7", scope: .wholeOrder, reason: .superseded),
            RevokeRequest(orderID: "7", scope: .certificate("5"), reason: .keyCompromise),
        ] {
            do {
                _ = try await bench.host.revoke(request, at: "ca")
                Issue.record("It was not refused.")
            } catch {
                #expect(error.code == .invalidRequest)
                #expect(error.message.contains("Nothing was sent"))
                #expect(error.operation == .revoke)
            }
        }
        #expect(narrow.calls.isEmpty)
        #expect(try await bench.entries().isEmpty)
        let right = RevokeRequest(orderID: "7", scope: .certificate("5"), reason: .superseded)
        let receipt = try await bench.host.revoke(right, at: "ca")
        #expect(receipt.certificateID == "5")
        #expect(narrow.calls == ["revoke 7 certificate(\"5\") superseded"])
    }

    @Test("what isn't offered, isn't there, or is nonsense is refused without traffic or a trace in the journal")
    func refused() async throws {
        let lacking = ScriptedProvider("ca", operations: [.issue])
        let bench = try OrderingBench([lacking])
        await #expect(throws: CertificateError(.unsupported, "")) {
            try await bench.host.cancel(CancelRequest(orderID: "7"), at: "ca")
        }
        await #expect(throws: CertificateError(.invalidRequest, "")) {
            try await bench.host.cancel(CancelRequest(orderID: "7"), at: "nobody")
        }
        #expect(await bench.failure(.sample("not a name"), provider: "ca")?.code == .invalidRequest)
        #expect(await bench.failure(.sample(csr: " \n"), provider: "ca")?.code == .invalidRequest)
        #expect(await bench.failure(.sample(product: ""), provider: "ca")?.code == .invalidRequest)
        #expect(await bench.failure()?.code == .invalidRequest)
        #expect(lacking.calls.isEmpty)
        #expect(try await bench.entries().isEmpty)
    }

    @Test("a private key is in no entry, no audit record and no log line")
    func secrets() async throws {
        let bench = try OrderingBench([provider])
        var host = bench.host
        let log = InMemoryLogHandler()
        host.auditLogger = Logger(label: "certhost.audit") { _ in log }
        let request = ImportCertificateRequest(
            name: "web", certificatePEM: "CERT", privateKey: Secret("FAKE-KEY-TEXT"), chainPEM: "CHAIN"
        )
        _ = try await host.importCertificate(
            request, at: "ca", options: OrderingOptions(key: "k"), context: OperationContext(principal: "kim")
        )
        let (entry, records) = try #require(try await bench.host.journalEntry("k"))
        let written =
            String(decoding: try JSONEncoder().encode(entry), as: UTF8.self) + "\(entry) \(records) \(log.entries)"
        #expect(!written.contains("FAKE-KEY-TEXT"))
        #expect(written.contains("CHAIN"))
        let lines = log.entries.map {
            "\($0.message) \($0.metadata["audit.phase"] ?? "") \($0.metadata["principal"] ?? "")"
        }
        #expect(lines == ["audit before kim", "audit after kim"])
        #expect(log.entries.last?.metadata["outcome"] == "accepted")
    }
}
