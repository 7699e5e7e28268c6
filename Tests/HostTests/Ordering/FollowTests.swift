import CertProtocol
import FoundationEssentials
import Host
import TestSupport
import Testing

/// A verifier that finds fault with chains that begin with certain texts.
struct ScriptedVerifier: IssuanceVerifier {
    var refused: Set<String> = []

    func check(_ contents: CertificateContents) throws(CertificateError) {
        guard contents.signingRequest != "BAD" else { throw CertificateError(.invalidRequest, "The request is bad.") }
    }

    func isKey(of certificatesPEM: [String], in contents: CertificateContents) -> Bool {
        certificatesPEM.first.map { !$0.hasPrefix("OLD") } ?? false
    }

    func verify(
        _ certificatesPEM: [String], against contents: CertificateContents, mayBeShorter: Bool, now: Date
    ) throws(CertificateError) -> [String] {
        guard let leaf = certificatesPEM.first, !refused.contains(leaf) else {
            throw CertificateError(.verificationFailed, "The names differ.")
        }
        return certificatesPEM.map { "checked \($0)" }
    }
}

@Suite("Following a pending order")
struct FollowTests {
    private func pending(
        _ statuses: [CertificateStatus], verifier: (any IssuanceVerifier)? = nil
    ) async throws -> (OrderingBench, ScriptedProvider, Receipt) {
        let provider = ScriptedProvider("ca", [.accept(.pending)])
        provider.set(statuses: statuses)
        let bench = try OrderingBench([provider], verifier: verifier)
        let receipt = try await bench.host.issue(.sample(), provider: "ca", options: bench.options(key: "k"))
        #expect(receipt.state == .pending)
        return (bench, provider, receipt)
    }

    @Test("looks again after growing pauses until it is issued, and returns the verified chain")
    func issued() async throws {
        let (bench, provider, receipt) = try await pending(
            [.pendingApproval, .pending, .unknown("unavailable"), .pending, .issued], verifier: ScriptedVerifier()
        )
        provider.set(downloads: ["LEAF"])
        let seen = Locked<[String]>([])
        // Kept as JSON, as a caller that stops does.
        let kept = try JSONDecoder().decode(Receipt.self, from: JSONEncoder().encode(receipt))
        let last = try await bench.host.follow(kept) { event in
            let line =
                switch event {
                case .pending(let receipt, _): "pending \(receipt.awaiting.map(\.rawValue))"
                case .trouble(let error, _): "trouble \(error.code)"
                @unknown default: "?"
                }
            seen.withLock { $0.append(line) }
        }
        #expect(last.state == .issued)
        #expect(last.certificatesPEM == ["checked LEAF"])
        #expect(
            seen.withLock(\.self) == [
                "pending [\"approval\"]", "pending []", "trouble unavailable", "pending []",
            ]
        )
        let pauses = bench.clock.slept
        #expect(pauses.count == 4)
        for (pause, expected) in zip(pauses, [5.0, 7.5, 11.25, 16.875]) {
            let seconds = Double(pause.milliseconds) / 1000
            #expect(seconds >= expected * 0.8 - 0.01 && seconds <= expected * 1.2)
        }
        // The journal has what the caller has, and the same key returns it from now on.
        #expect(try await bench.entries().first?.receipt == last)
        // Following what has ended asks nobody but the verifier.
        let calls = provider.calls.count
        #expect(try await bench.host.follow(last).state == .issued)
        #expect(provider.calls.count == calls)
    }

    @Test(
        "an order that ends without a certificate is an error with its id",
        arguments: [CertificateStatus.rejected, .canceled, .failed])
    func ended(_ status: CertificateStatus) async throws {
        let (bench, _, receipt) = try await pending([.pending, status])
        do {
            _ = try await bench.host.follow(receipt)
            Issue.record("It did not fail.")
        } catch {
            #expect(error.code == .rejected)
            #expect(error.receipt?.orderID == "ca-1")
            #expect(error.journalKey == "k")
            #expect(error.message.contains(status.name))
        }
    }

    @Test("where the time is over, the receipt is still pending, and can be followed again")
    func time() async throws {
        let (bench, provider, receipt) = try await pending([.pending])
        let context = OperationContext(deadline: bench.clock.now.advanced(by: .seconds(60)))
        let last = try await bench.host.follow(receipt, context: context)
        #expect(last.state == .pending)
        #expect(bench.clock.elapsed < .seconds(60))
        provider.set(statuses: [.issued])
        provider.set(downloads: ["LEAF"])
        #expect(try await bench.host.follow(last).state == .issued)
    }

    @Test("a cancelled wait is an error that carries the receipt")
    func cancelled() async throws {
        let (bench, _, receipt) = try await pending([.pending])
        let task = Task { () -> CertificateError? in
            do throws(CertificateError) {
                _ = try await bench.host.follow(receipt) { _ in withUnsafeCurrentTask { $0?.cancel() } }
                return nil
            } catch {
                return error
            }
        }
        let error = await task.value
        #expect(error?.code == .cancelled)
        #expect(error?.receipt?.orderID == "ca-1")
    }

    @Test("a failure that doesn't pass ends it")
    func permanent() async throws {
        let (bench, _, receipt) = try await pending([.unknown("authentication")])
        await #expect(throws: CertificateError(.authentication, "")) { try await bench.host.follow(receipt) }
        let (late, provider, second) = try await pending([.unknown("not_found"), .unknown("not_found"), .issued])
        provider.set(downloads: ["LEAF"])
        #expect(try await late.host.follow(second).state == .issued)
    }

    @Test("what was issued and isn't what was asked for is told with the certificate, each time")
    func mismatch() async throws {
        let provider = ScriptedProvider()
        let bench = try OrderingBench([provider], verifier: ScriptedVerifier(refused: ["PEM of ca-1"]))
        for _ in 1...2 {
            let error = try #require(await bench.failure(provider: "ca", options: bench.options(key: "k")))
            #expect(error.code == .verificationFailed)
            #expect(error.certificate == "PEM of ca-1")
            #expect(error.receipt?.orderID == "ca-1")
            #expect(error.journalKey == "k")
        }
        #expect(provider.orderCount == 1)
        let (entry, records) = try #require(try await bench.host.journalEntry("k"))
        #expect(entry.state == .accepted)
        #expect(records.map(\.outcome) == [nil, "accepted"])
    }

    @Test("a signing request that is no good is refused before it costs money")
    func badRequest() async throws {
        let provider = ScriptedProvider()
        let bench = try OrderingBench([provider], verifier: ScriptedVerifier())
        #expect(await bench.failure(.sample(csr: "BAD"), provider: "ca")?.code == .invalidRequest)
        #expect(provider.calls.isEmpty)
    }

    @Test("a revocation that waits for approval is followed until it has had its effect")
    func revocation() async throws {
        let provider = ScriptedProvider("ca", [.accept(.pending)])
        let bench = try OrderingBench([provider])
        let request = RevokeRequest(orderID: "7", scope: .wholeOrder, reason: .superseded)
        let receipt = try await bench.host.revoke(request, at: "ca", options: bench.options(key: "k"))
        #expect(receipt.state == .pending)
        provider.set(lookup: .hidden)
        let last = try await bench.host.follow(receipt) { _ in
            provider.set(lookup: .as(.revoked))
        }
        #expect(last.state == .done)
        #expect(provider.calls.filter { $0.hasPrefix("revoke") }.count == 1)
    }

    @Test("of several duplicates the key tells which one was asked for, and each is downloaded once")
    func duplicate() async throws {
        let provider = ScriptedProvider("ca", [.accept(.pending)])
        provider.set(statuses: [.issued])
        provider.set(lookup: .silent)
        provider.set(downloads: ["OLD"])
        provider.set(duplicates: ["5", "6"])
        let bench = try OrderingBench([provider], verifier: ScriptedVerifier())
        let contents = CertificateContents(signingRequest: "CSR", commonName: "example.com")
        let receipt = try await bench.host.duplicate(DuplicateRequest(orderID: "7", contents: contents), at: "ca")
        let last = try await bench.host.follow(receipt) { _ in
            provider.set(downloads: ["NEW"])
            provider.set(duplicates: ["5", "6", "8"])
        }
        #expect(last.certificateID == "8")
        #expect(last.certificatesPEM == ["checked NEW 8"])
        let downloads = provider.calls.filter { $0.hasPrefix("download") }
        #expect(downloads == ["download ca-1 5", "download ca-1 6", "download ca-1 8"])
    }

    @Test("until the certificate of a reissue is there, the order's earlier one isn't taken for it")
    func reissue() async throws {
        let provider = ScriptedProvider("ca", [.accept(.pending)])
        provider.set(statuses: [.issued])
        provider.set(downloads: ["OLD"])
        let bench = try OrderingBench([provider], verifier: ScriptedVerifier(refused: ["OLD"]))
        let contents = CertificateContents(signingRequest: "CSR", commonName: "example.com")
        let receipt = try await bench.host.reissue(ReissueRequest(orderID: "7", contents: contents), at: "ca")
        provider.set(lookup: .silent)
        let last = try await bench.host.follow(receipt) { event in
            if case .pending = event { provider.set(downloads: ["NEW"]) }
        }
        #expect(last.certificatesPEM == ["checked NEW"])
    }
}
