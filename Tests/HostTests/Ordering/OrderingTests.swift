import CertProtocol
import FoundationEssentials
import Host
import TestSupport
import Testing

@Suite("Never ordered twice")
struct OrderingTests {
    @Test("an order is written down, sent, and written down again, with an audit record on either side")
    func ordered() async throws {
        let provider = ScriptedProvider()
        let bench = try OrderingBench([provider])
        let receipt = try await bench.host.issue(
            .sample(), provider: "ca", options: bench.options(), context: OperationContext(principal: "kim")
        )
        #expect(bench.events.all == ["intended ca", "sending ca"])
        #expect(receipt.provider == "ca")
        #expect(receipt.operation == .issue)
        #expect(receipt.state == .issued)
        #expect(receipt.orderID == "ca-1")
        let key = try #require(receipt.journalKey)
        #expect(UUID(uuidString: key) != nil)
        let (entry, records) = try #require(try await bench.host.journalEntry(key))
        #expect(entry.state == .accepted)
        #expect(entry.orderID == "ca-1")
        #expect(entry.receipt == receipt)
        #expect(entry.attempts.map(\.outcome) == ["accepted"])
        #expect(records.map(\.phase) == [.before, .after])
        #expect(records.map(\.principal) == ["kim", "kim"])
        #expect(records.map(\.orderID) == [nil, "ca-1"])
        #expect(records.map(\.outcome) == [nil, "accepted"])
        #expect(records.allSatisfy { $0.provider == "ca" && $0.operation == .issue && $0.key == key })
    }

    @Test("the same key and content returns the first receipt at any age; other content is refused")
    func sameKey() async throws {
        let provider = ScriptedProvider()
        let bench = try OrderingBench([provider, ScriptedProvider("other")])
        let first = try await bench.host.issue(
            .sample("example.com", "www.example.com"), provider: "ca", options: bench.options(key: "k")
        )
        bench.clock.advance(by: .seconds(400 * 86_400))
        // Names in another order and case, and a signing request with other line ends, are no other content.
        var again = IssueRequest.sample("example.com", "WWW.example.com.")
        again.contents.signingRequest = "CSR\r\n"
        #expect(try await bench.host.issue(again, provider: "ca", options: bench.options(key: "k")) == first)
        #expect(bench.events.all.last == "replayed")

        for (request, name) in [
            (IssueRequest.sample("example.com", "api.example.com"), "ca"),
            (.sample("example.com", "www.example.com", product: "other"), "ca"),
            (.sample("example.com", "www.example.com", csr: "OTHER"), "ca"),
            (.sample("example.com", "www.example.com"), "other"),
        ] {
            let error = await bench.failure(request, provider: name, options: bench.options(key: "k"))
            #expect(error?.code == .invalidRequest)
            #expect(error?.journalKey == "k")
        }
        #expect(provider.orderCount == 1)
    }

    @Test("a lost answer is looked up at once, and an order that is found is the receipt")
    func lostAndFound() async throws {
        let provider = ScriptedProvider("ca", [.lose])
        let bench = try OrderingBench([provider])
        provider.set(downloads: ["PEM"])
        let receipt = try await bench.host.issue(.sample(), provider: "ca", options: bench.options(key: "k"))
        #expect(receipt.orderID == "ca-1")
        #expect(receipt.state == .issued)
        #expect(receipt.certificatesPEM == ["PEM"])
        #expect(provider.calls == ["issue ssl_basic", "find issue k", "download ca-1"])
        #expect(try await bench.entries().map(\.state) == [.reconciled])
        #expect(bench.events.all == ["intended ca", "sending ca", "looking up ca", "replayed"])
    }

    @Test(
        "a lost answer that isn't found stays unknown, says so with the key, and is never sent again",
        arguments: [
            ScriptedProvider.FoundOrderScript.hidden, .silent, .failing(.unavailable), .failing(.malformedResponse),
        ]
    )
    func lost(_ lookup: ScriptedProvider.FoundOrderScript) async throws {
        let provider = ScriptedProvider("ca", [.lose])
        provider.set(lookup: lookup)
        let bench = try OrderingBench([provider, ScriptedProvider("other")])
        for _ in 1...3 {
            let error = try #require(await bench.failure(provider: "ca", options: bench.options(key: "k")))
            #expect(error.code == .outcomeUnknown)
            #expect(error.journalKey == "k")
            #expect(error.operation == .issue)
            #expect(error.provider == "ca")
        }
        #expect(provider.orderCount == 1)
        #expect(provider.calls.filter { $0.hasPrefix("issue") }.count == 1)
        #expect(try await bench.entries().map(\.state) == [.outcomeUnknown])
    }

    @Test("the lookup has a time of its own, and a cancelled caller still learns of the order")
    func lookupBudget() async throws {
        let provider = ScriptedProvider("ca", [.lose])
        let bench = try OrderingBench([provider])
        let task = Task {
            try await bench.host.issue(
                .sample(), provider: "ca",
                options: OrderingOptions(key: "k") { event in
                    guard case .lookingUp = event else { return }
                    bench.clock.advance(by: .seconds(60))
                    withUnsafeCurrentTask { $0?.cancel() }
                },
                context: OperationContext(deadline: bench.clock.now.advanced(by: .seconds(5)))
            )
        }
        #expect(try await task.value.orderID == "ca-1")
        #expect(provider.lookupDeadlines == [bench.clock.now.advanced(by: bench.host.orderingPolicy.lookupTime)])
    }

    @Test("without a key, an unresolved call of the same names keeps another from being sent, unless one insists")
    func unresolvedDuplicate() async throws {
        let provider = ScriptedProvider("ca", [.drop])
        provider.set(lookup: .silent)
        let bench = try OrderingBench([provider])
        #expect(await bench.failure(provider: "ca")?.code == .outcomeUnknown)
        let key = try #require(try await bench.entries().first?.key)
        bench.clock.advance(by: .seconds(30 * 86_400))
        let error = try #require(await bench.failure(provider: "ca"))
        #expect(error.code == .outcomeUnknown)
        #expect(error.journalKey == key)
        #expect(error.message.contains("Nothing was sent"))
        #expect(provider.calls.filter { $0.hasPrefix("issue") }.count == 1)
        // Other names, another product: another order.
        #expect(await bench.failure(.sample("other.example"), provider: "ca") == nil)
        #expect(await bench.failure(.sample(product: "ssl_plus"), provider: "ca") == nil)
        #expect(await bench.failure(provider: "ca", options: bench.options(insists: true)) == nil)
        #expect(provider.orderCount == 3)
    }

    @Test("without a key, an order of the last 24 hours is named, and a later one isn't in the way")
    func recentDuplicate() async throws {
        let provider = ScriptedProvider()
        let bench = try OrderingBench([provider])
        #expect(await bench.failure(.sample("example.com", "www.example.com"), provider: "ca") == nil)
        bench.clock.advance(by: .seconds(86_000))
        let error = try #require(await bench.failure(.sample("WWW.example.com", "example.com"), provider: "ca"))
        #expect(error.code == .rejected)
        #expect(error.message.contains("ca/ca-1"))
        #expect(error.receipt?.orderID == "ca-1")
        // A key is the caller's word that it is another order.
        #expect(
            await bench.failure(
                .sample("example.com", "www.example.com"), provider: "ca", options: bench.options(key: "2")) == nil)
        bench.clock.advance(by: .seconds(86_401))
        #expect(await bench.failure(.sample("example.com", "www.example.com"), provider: "ca") == nil)
        #expect(provider.orderCount == 3)
    }

    @Test("a refusal is no order: the same key may be sent again, and so may the same names")
    func refusedThenAgain() async throws {
        let provider = ScriptedProvider("ca", [.refuse(.unavailable), .refuse(.rejected)])
        let bench = try OrderingBench([provider])
        #expect(await bench.failure(provider: "ca", options: bench.options(key: "k"))?.code == .unavailable)
        #expect(try await bench.entries().map(\.state) == [.refused])
        #expect(await bench.failure(provider: "ca")?.code == .rejected)
        #expect(await bench.failure(provider: "ca", options: bench.options(key: "k")) == nil)
        let (entry, records) = try #require(try await bench.host.journalEntry("k"))
        #expect(entry.attempts.map(\.outcome) == ["unavailable", "accepted"])
        #expect(records.map(\.outcome) == [nil, "unavailable", nil, "accepted"])
    }

    @Test("what a certificate authority has accepted is written down and told, even when the call fails after it")
    func acceptedThenFailed() async throws {
        let provider = ScriptedProvider("ca", [.acceptAndFail(.unavailable)])
        let bench = try OrderingBench(
            [provider, ScriptedProvider("other")],
            routes: [Route(targets: [RouteTarget(provider: "ca"), RouteTarget(provider: "other")])]
        )
        let error = try #require(await bench.failure(options: bench.options(key: "k")))
        #expect(error.code == .unavailable)
        #expect(error.receipt?.orderID == "ca-1")
        #expect(error.receipt?.journalKey == "k")
        #expect(error.journalKey == "k")
        #expect(try await bench.entries().map(\.state) == [.accepted])
        #expect(bench.events.all == ["intended ca", "sending ca"])
    }

    @Test("a code that proves nothing is an unknown outcome", arguments: ["malformed_response", "brand_new_code"])
    func unclassified(_ code: String) async throws {
        let provider = ScriptedProvider("ca", [.refuse(CertificateError.Code(rawValue: code))])
        provider.set(lookup: .silent)
        let bench = try OrderingBench([provider])
        #expect(await bench.failure(provider: "ca")?.code == .outcomeUnknown)
        #expect(try await bench.entries().map(\.state) == [.outcomeUnknown])
    }

    @Test("without a journal nothing is sent")
    func noJournal() async throws {
        let provider = ScriptedProvider()
        let registry = try AdapterRegistry([
            AdapterFactory(name: "ca", title: "Test CA", settings: SettingsDeclaration([]), defaultLimits: []) {
                _, _ throws(CertificateError) in provider
            }
        ])
        let host = try CertificateHost(
            configuration: HostConfiguration(
                journalPath: "",
                providers: [
                    ProviderConfiguration(id: "ca", adapter: "ca", limits: [], settings: SettingsValues([:]))
                ]
            ), registry: registry
        )
        await #expect(throws: CertificateError(.invalidConfiguration, "")) {
            try await host.issue(.sample(), provider: "ca")
        }
        #expect(provider.calls.isEmpty)
    }

    @Test(
        "a key that can't be sent along is refused",
        arguments: ["", " ", "a b", "ü", String(repeating: "k", count: 65)])
    func badKey(_ key: String) async throws {
        let bench = try OrderingBench([ScriptedProvider()])
        #expect(await bench.failure(provider: "ca", options: bench.options(key: key))?.code == .invalidRequest)
        #expect(try await bench.entries().isEmpty)
    }
}
