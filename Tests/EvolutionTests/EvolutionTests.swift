import AdapterHTTP
import CertProtocol
import Foundation
import HTTPTypes
import Host
import TestSupport
import Testing

/// Adapters that were written against the first version of the contract (the commit 421756b) work with the host of today, as
/// they are. Who has such an adapter has it in a package of their own, and nobody changes it for them.
@Suite("Adapters written against the first version of the contract")
struct EvolutionTests {
    /// The host of today over both adapters, configured by a file of today.
    private struct Bench {
        let folder = FileManager.default.temporaryDirectory.appending(path: "certhost-evolution-\(UUID().uuidString)")
        let transport: ScriptedTransport
        let host: CertificateHost

        init(status: Int = 200, orders: Int = 3) async throws {
            transport = ScriptedTransport { _, _ in
                TransportResponse(
                    status,
                    #"{"certificates":[{"id":"1","name":"a.example.com","state":"valid"},{"id":"2","state":"odd"}]}"#)
            }
            let registry = try AdapterRegistry([.acme(transport: transport), .complete()])
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let file = folder.appending(path: "plugins.yaml")
            let yaml = """
                version: 1
                providers:
                  listing: {adapter: acme, retries: 0, settings: {token: "${env:TOKEN}", base_url: "https://ca.example/v1"}}
                  complete: {adapter: complete, settings: {key: "${env:TOKEN}", orders: \(orders), pause: 5ms}}
                """
            try Data(yaml.utf8).write(to: file)
            let loader = ConfigurationLoader(registry: registry, variables: ["TOKEN": "a-fake-token"])
            let loaded = try await loader.load(path: file.path)
            host = try CertificateHost(
                configuration: loaded.configuration, registry: registry, journal: MemoryJournal())
        }

        func close() { try? FileManager.default.removeItem(at: folder) }
    }

    /// Reads a list to its end.
    private static func read<Item>(
        _ list: FanOut<Item>
    ) async -> (items: [Item], problems: [RowProblem], outcomes: [ProviderOutcome]) {
        var result: (items: [Item], problems: [RowProblem], outcomes: [ProviderOutcome]) = ([], [], [])
        for await event in list {
            switch event {
            case .items(let items, _): result.items += items
            case .problems(let problems, _): result.problems += problems
            case .outcome(let outcome): result.outcomes.append(outcome)
            }
        }
        return result
    }

    private static let contents = CertificateContents(signingRequest: "A REQUEST", commonName: "www.example.com")

    @Test(
        "these adapters are what they were: what they use is kept, and they aren't fitted to what has changed",
        arguments: [
            ("ListingAdapter.swift", 0xfda79547486a9662), ("CompleteAdapter.swift", 0x16b0eff96ef995d8),
        ] as [(String, UInt64)])
    func unchanged(_ name: String, hash: UInt64) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "FirstVersion/\(name)")
        #expect(
            StableHash.of(try String(contentsOf: file, encoding: .utf8)) == hash,
            """
            \(name) was changed. Undo that. If it no longer compiles or works, the contract has broken the adapters of others: \
            make the change of the contract an addition.
            """)
    }

    @Test("their settings are read from a configuration file, and their rules hold")
    func settings() async throws {
        let bench = try await Bench()
        #expect(bench.host.providers.map(\.id) == ["listing", "complete"])
        bench.close()
        let registry = try AdapterRegistry([.complete()])
        let file = bench.folder.appending(path: "wrong.yaml")
        try FileManager.default.createDirectory(at: bench.folder, withIntermediateDirectories: true)
        try Data(
            "version: 1\nproviders: {c: {adapter: complete, settings: {key: '${env:K}', region: west, orders: 0}}}".utf8
        ).write(to: file)
        let error = await #expect(throws: ConfigurationError.self) {
            try await ConfigurationLoader(registry: registry, variables: ["K": "a-fake-key"]).load(path: file.path)
        }
        #expect(error?.findings.map(\.message) == ["In the west there are orders."])
        bench.close()
    }

    @Test("the one over HTTP lists what the authority sends, keeps what it doesn't know, and authenticates")
    func listing() async throws {
        let bench = try await Bench()
        let (items, _, outcomes) = await Self.read(try bench.host.listCertificates(providers: ["listing"]))
        #expect(items.map(\.certificateID) == ["1", "2"])
        #expect(items.map(\.status) == [.issued, .unknown("odd")])
        #expect(outcomes.map(\.kind) == [.ok])
        #expect(bench.transport.targets == ["/v1/certificates"])
        #expect(bench.transport.requests.first?.head.headerFields[.authorization] == "Bearer a-fake-token")
        bench.close()
    }

    @Test("its refusals have the codes that it gives them")
    func refused() async throws {
        let bench = try await Bench(status: 401)
        let outcomes = await Self.read(try bench.host.listCertificates(providers: ["listing"])).outcomes
        #expect(outcomes.map(\.error?.code) == [.authentication])
        #expect(outcomes.map(\.error?.provider) == ["listing"])
        bench.close()
    }

    @Test(
        "what it doesn't implement, whatever was added since, is refused without a request",
        arguments: Capability.allCases.filter { $0 != .listCertificates })
    func undeclared(_ capability: Capability) async throws {
        let bench = try await Bench()
        let error = #expect(throws: CertificateError.self) {
            try bench.host.require(capability, of: "listing")
        }
        #expect(error?.code == .unsupported)
        #expect(error?.capability == capability)
        #expect(bench.transport.requests.isEmpty)
        bench.close()
    }

    @Test("what it doesn't implement, the contract's defaults refuse for whoever asks the provider itself")
    func defaults() async throws {
        let transport = ScriptedTransport { _, _ in TransportResponse(200, "{}") }
        let values = try SettingsValues([
            "token": .secret(Secret("a-fake-token")), "base_url": .serviceURL(ServiceURL("https://ca.example")),
        ])
        let provider = try AdapterFactory.acme(transport: transport).make(values, AdapterContext(providerID: "listing"))
        let context = OperationContext()
        let find = FindOrderRequest(operation: .issue, journalKey: "k", sentAt: Date())
        let issue = IssueRequest(product: "basic", contents: Self.contents)
        let errors = [
            await #expect(throws: CertificateError.self) { _ = try await provider.findOrder(find, context: context) },
            await #expect(throws: CertificateError.self) { _ = try await provider.issue(issue, context: context) },
            await #expect(throws: CertificateError.self) {
                _ = try await provider.listApprovals(ListApprovalsRequest(), context: context)
            },
        ]
        #expect(errors.map { $0?.code } == [.unsupported, .unsupported, .unsupported])
        #expect(errors.map { $0?.capability } == [.findOrder, .issue, .approvals])
        #expect(transport.requests.isEmpty)
    }

    @Test("the complete one's lists are read to their ends, with the rows that can't be read told")
    func lists() async throws {
        let bench = try await Bench(orders: 5)
        let host = bench.host
        let certificates = await Self.read(try host.listCertificates(providers: ["complete"]))
        #expect(certificates.items.map(\.certificateID) == ["c1", "c2", "c3", "c4", "c5"])
        #expect(certificates.problems.map(\.reason) == ["The row has no id."])
        #expect(certificates.items.first?.raw.boolean("documented") == false)
        #expect(await Self.read(try host.listSubaccountOrders(providers: ["complete"])).items.count == 5)
        #expect(await Self.read(try host.listChanges(since: .seconds(60), providers: ["complete"])).items.count == 5)
        #expect(await Self.read(try host.listProducts(providers: ["complete"])).items.map(\.product) == ["basic"])
        #expect(await Self.read(try host.listOrganizations(providers: ["complete"])).items.map(\.name) == ["Example"])
        #expect(await Self.read(try host.listApprovals(providers: ["complete"])).items.map(\.requestID) == ["1"])
        #expect(try await host.duplicates(of: "2", at: "complete").map(\.certificateID) == ["c2"])
        #expect(try await host.reissues(of: "2", at: "complete").map(\.certificateID) == ["c2"])
        bench.close()
    }

    @Test("its orders are found by what it looks them up by, with every field that it fills in")
    func details() async throws {
        let bench = try await Bench()
        for reference in [OrderReference.order("3"), .serial("0A3"), .thumbprint("FF3")] {
            let order = try await bench.host.order(reference, from: "complete")
            #expect(order.orderID == "3")
            #expect(order.validUntil == CertificateDate("2031-01-31"))
            #expect(order.subaccount?.organizationName == "Example")
            #expect(order.certificates.first?.notListed == NotListed(duplicates: 1, reissues: 1))
        }
        let error = await #expect(throws: CertificateError.self) {
            try await bench.host.order(.order("77"), from: "complete")
        }
        #expect(error?.code == .notFound)
        #expect(error?.providerCode == "no_order")
        try await bench.host.checkHealth(of: "complete")
        let download = try await bench.host.download(
            DownloadRequest(orderID: "1", format: .fullChain), from: "complete")
        #expect(download.certificatesPEM == ["LEAF", "ISSUER"])
        #expect(try await bench.host.domainValidations(of: "1", at: "complete").map(\.recordType) == ["TXT"])
        #expect(try await bench.host.checkDomainValidations(of: "1", at: "complete").count == 1)
        bench.close()
    }

    @Test("it orders, changes and ends certificates under the journal of today")
    func changes() async throws {
        let bench = try await Bench()
        let host = bench.host
        let issue = IssueRequest(product: "basic", contents: Self.contents)
        let issued = try await host.issue(issue, provider: "complete", options: OrderingOptions(key: "k"))
        #expect(issued.state == .issued)
        #expect(issued.orderID == "4")
        #expect(issued.certificatesPEM == ["PEM"])
        // The same key is no second order.
        let again = try await host.issue(issue, provider: "complete", options: OrderingOptions(key: "k"))
        #expect(again == issued)

        let insisting = OrderingOptions(insists: true)
        let renewed = try await host.renew(
            RenewRequest(orderID: "4", issue: issue), at: "complete", options: insisting)
        #expect(renewed.orderID == "5")
        let reissue = ReissueRequest(orderID: "4", contents: Self.contents)
        let reissued = try await host.reissue(reissue, at: "complete", options: insisting)
        #expect(reissued.awaiting == [.approval, .domainValidation])
        let duplicate = DuplicateRequest(orderID: "4", contents: Self.contents)
        #expect(try await host.duplicate(duplicate, at: "complete", options: insisting).state == .pending)
        let extend = ExtendRequest(orderID: "4", period: .years(1))
        #expect(try await host.extend(extend, at: "complete").state == .done)
        let revoke = RevokeRequest(orderID: "4", scope: .wholeOrder, reason: .superseded)
        #expect(try await host.revoke(revoke, at: "complete").state == .done)
        #expect(try await host.cancel(CancelRequest(orderID: "5"), at: "complete").state == .done)
        let delete = DeleteCertificateRequest(certificateID: "c1")
        #expect(try await host.deleteCertificate(delete, at: "complete").state == .done)
        let `import` = ImportCertificateRequest(
            name: "an-import", certificatePEM: "PEM", privateKey: Secret("A FAKE KEY"))
        #expect(try await host.importCertificate(`import`, at: "complete").state == .done)
        let autoRenewal = SetAutoRenewalRequest(certificateID: "c1", isOn: true)
        #expect(try await host.setAutoRenewal(autoRenewal, at: "complete").state == .done)
        let method = SetDomainValidationMethodRequest(orderID: "1", method: "dns")
        let changed = try await host.setDomainValidationMethod(method, at: "complete")
        #expect(changed.validations.map(\.recordValue) == ["value"])
        let decision = DecideApprovalRequest(requestID: "1", isApproved: true)
        #expect(try await host.decideApproval(decision, at: "complete").state == .done)

        let entries = try await host.journalEntries()
        #expect(Set(entries.map(\.operation)).count == 12)
        #expect(entries.allSatisfy { $0.state == .accepted })
        bench.close()
    }

    @Test("an answer of its that is lost is looked up with what it finds orders by")
    func lost() async throws {
        let bench = try await Bench()
        let receipt = try await bench.host.issue(
            IssueRequest(product: "lost", contents: Self.contents), provider: "complete",
            options: OrderingOptions(key: "k"))
        #expect(receipt.orderID == "4")
        #expect(try await bench.host.journalEntries().map(\.state) == [.reconciled])
        bench.close()
    }
}
