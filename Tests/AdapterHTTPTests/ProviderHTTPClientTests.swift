import AdapterHTTP
import CertProtocol
import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

/// A client over a scripted transport and a clock that a test moves.
private struct Bench {
    let transport: ScriptedTransport
    let clock = ManualClock()
    let client: ProviderHTTPClient

    init(
        retries: Int = 3, limits: [RateWindow] = [], concurrency: Int = 4, _ script: @escaping ScriptedTransport.Script
    ) throws {
        transport = ScriptedTransport(script)
        let secret = Secret("CANARY-key")
        let limiter = RateLimiter(limits, clock: clock.operationClock)
        client = ProviderHTTPClient(
            root: try ServiceURL("https://ca.example/root"),
            context: AdapterContext(providerID: "p", retries: retries, concurrency: concurrency),
            transport: transport, limiter: limiter, secrets: [secret], clock: clock.operationClock, random: { 0.5 },
            sign: { request, date in
                secret.withExposedValue { request.headerFields[.authorization] = "\($0) \(date.timeIntervalSince1970)" }
            },
            readError: { answer, _ in
                guard answer.status >= 300, let code = answer.lenientJSON?.string("code") else { return nil }
                var error = CertificateError(code == "gone" ? .notFound : .permission, "The authority said \(code).")
                error.providerCode = code
                return error
            }
        )
    }

    func outcome(_ call: HTTPCall, context: OperationContext = OperationContext()) async -> Result<
        String, CertificateError
    > {
        do throws(CertificateError) {
            return .success(String(decoding: try await client.send(call, context: context).body, as: UTF8.self))
        } catch {
            return .failure(error)
        }
    }
}

extension Result where Failure == CertificateError {
    fileprivate var error: CertificateError? { if case .failure(let error) = self { error } else { nil } }
}

@Suite("The client that adapters share")
struct ProviderHTTPClientTests {
    @Test("what is asked is what is sent: root, path, encoded values, query, header fields")
    func request() async throws {
        let bench = try Bench { _, _ in TransportResponse(200, "fine") }
        let id = "a/../b c"
        let target: RequestTarget = "/orders/\(id)"
        let answer = try await bench.client.send(
            HTTPCall(.get, target.query("filters[status]", "한 +&")), context: OperationContext()
        )
        #expect(answer.body == Array("fine".utf8))
        let head = try #require(bench.transport.requests.first?.head)
        #expect(head.authority == "ca.example")
        #expect(head.path == "/root/orders/a%2F..%2Fb%20c?filters%5Bstatus%5D=%ED%95%9C%20%2B%26")
        #expect(head.headerFields[.accept] == "application/json")
        #expect(head.headerFields[.userAgent] == "certhost")
        #expect(target.template == "/orders/{}")
        let dots = ".."
        #expect(("/orders/\(dots)" as RequestTarget).path == "/orders/%2E%2E")
    }

    @Test(
        "reads are tried again after what may pass", arguments: [500, 502, 503, 504, 429] as [Int]
    )
    func retriedStatuses(_ status: Int) async throws {
        let bench = try Bench { _, number in TransportResponse(number < 2 ? status : 200, number < 2 ? "<html>" : "ok")
        }
        #expect(await bench.outcome(HTTPCall("/x")) == .success("ok"))
        #expect(bench.transport.requests.count == 3)
        // Every attempt is signed afresh.
        #expect(Set(bench.transport.requests.map { $0.head.headerFields[.authorization] }).count == 3)
    }

    @Test("no status but those is tried again", arguments: [400, 401, 403, 404, 409, 501, 505, 301, 302] as [Int])
    func finalStatuses(_ status: Int) async throws {
        let bench = try Bench { _, _ in TransportResponse(status) }
        let error = await bench.outcome(HTTPCall("/x")).error
        #expect(error?.httpStatus == status)
        #expect(bench.transport.requests.count == 1)
    }

    @Test("retries: 3 means three further attempts, with back-off that doubles")
    func attempts() async throws {
        let bench = try Bench { _, _ throws(TransportFailure) in throw TransportFailure(.connectionLost, "reset") }
        let error = await bench.outcome(HTTPCall("/x")).error
        #expect(error?.code == .unavailable)
        #expect(bench.transport.requests.count == 4)
        #expect(bench.clock.slept == [.milliseconds(250), .milliseconds(500), .milliseconds(1000)])
    }

    @Test(
        "Retry-After is honoured as seconds and as a date",
        arguments: ["7", "Sun, 01 Mar 2026 01:15:37 GMT"]
    )
    func retryAfter(_ field: String) async throws {
        let bench = try Bench { _, number in
            number == 0 ? TransportResponse(429, "", headers: ["Retry-After": field]) : TransportResponse(200, "ok")
        }
        #expect(await bench.outcome(HTTPCall("/x")) == .success("ok"))
        #expect(bench.clock.elapsed == .seconds(7))
    }

    @Test("a Retry-After beyond the deadline isn't waited for, and is told")
    func retryAfterBeyondDeadline() async throws {
        let bench = try Bench { _, _ in TransportResponse(429, "", headers: ["Retry-After": "60"]) }
        let context = OperationContext(deadline: bench.clock.now.advanced(by: .seconds(30)))
        let error = await bench.outcome(HTTPCall("/x"), context: context).error
        #expect(error?.code == .rateLimited)
        #expect(error?.retryAfter == .seconds(60))
        #expect(bench.clock.slept.isEmpty)
    }

    @Test("a 429 to one caller holds back every other caller of the credential")
    func closedForAll() async throws {
        let bench = try Bench(retries: 0) { _, number in
            number == 0 ? TransportResponse(429, "", headers: ["Retry-After": "9"]) : TransportResponse(200, "ok")
        }
        #expect(await bench.outcome(HTTPCall("/x")).error?.code == .rateLimited)
        #expect(await bench.outcome(HTTPCall("/y")) == .success("ok"))
        #expect(bench.clock.elapsed == .seconds(9))
    }

    @Test(
        "a call whose time is over sends nothing, whatever it would do", arguments: [HTTPCall.Effect.read, .mutation])
    func overdue(_ effect: HTTPCall.Effect) async throws {
        let bench = try Bench { _, _ in TransportResponse(200, "ok") }
        let context = OperationContext(deadline: bench.clock.now)
        let error = await bench.outcome(HTTPCall(.post, "/x", effect: effect), context: context).error
        #expect(error?.code == .timeout)
        #expect(bench.transport.requests.isEmpty)
    }

    @Test("after a 429 without Retry-After everyone waits for the back-off, and the call itself no longer than that")
    func backOffAfter429() async throws {
        let bench = try Bench { _, number in
            number == 0 ? TransportResponse(429) : TransportResponse(200, "ok")
        }
        let deadline = bench.clock.now.advanced(by: .seconds(10))
        #expect(await bench.outcome(HTTPCall("/x"), context: OperationContext(deadline: deadline)) == .success("ok"))
        #expect(bench.clock.slept == [.milliseconds(250)])
        #expect(bench.transport.requests.last?.deadline == deadline)
    }

    @Test("waiting for one's turn moves the deadline, back-off doesn't")
    func deadlineMoves() async throws {
        let bench = try Bench(limits: [RateWindow(1, per: .seconds(100))]) { _, _ in TransportResponse(200, "ok") }
        _ = await bench.outcome(HTTPCall("/x"))
        let deadline = bench.clock.now.advanced(by: .seconds(5))
        #expect(await bench.outcome(HTTPCall("/y"), context: OperationContext(deadline: deadline)) == .success("ok"))
        #expect(bench.transport.requests.last?.deadline == deadline.advanced(by: .seconds(100)))
    }

    @Test("right before a mutating request leaves, and only then, its caller is asked, with the deadline as it stands")
    func beforeSending() async throws {
        let bench = try Bench(limits: [RateWindow(1, per: .seconds(100))]) { _, _ in TransportResponse(200, "ok") }
        let asked = Locked<[ContinuousClock.Instant?]>([])
        let transport = bench.transport
        var context = OperationContext(deadline: bench.clock.now.advanced(by: .seconds(5)))
        context.beforeSending = { deadline throws(CertificateError) in
            #expect(transport.requests.count == 1)
            asked.withLock { $0.append(deadline) }
        }
        #expect(await bench.outcome(HTTPCall("/read"), context: context) == .success("ok"))
        #expect(asked.withLock(\.self).isEmpty)
        #expect(await bench.outcome(HTTPCall(.post, "/x", effect: .mutation), context: context) == .success("ok"))
        #expect(asked.withLock(\.self) == [context.deadline?.advanced(by: .seconds(100))])
        #expect(bench.transport.requests.count == 2)
    }

    @Test("a mutating request that its caller doesn't want any more is not sent")
    func givenUp() async throws {
        let bench = try Bench { _, _ in TransportResponse(200, "ok") }
        var context = OperationContext()
        context.beforeSending = { _ throws(CertificateError) in throw CertificateError(.timeout, "Given up.") }
        let error = await bench.outcome(HTTPCall(.post, "/x", effect: .mutation), context: context).error
        #expect(error?.code == .timeout)
        #expect(error?.message == "Given up.")
        #expect(bench.transport.requests.isEmpty)
    }

    @Test(
        "a mutating call is sent once, whatever happens",
        arguments: [
            (TransportFailure(.connectionLost, "reset"), "outcome_unknown"),
            (TransportFailure(.deadline(wasSent: true), "late"), "outcome_unknown"),
            (TransportFailure(.cancelled(wasSent: true), "gone"), "outcome_unknown"),
            (TransportFailure(.bodyTooLarge, "big"), "outcome_unknown"),
            (TransportFailure(.malformed, "odd"), "outcome_unknown"),
            (TransportFailure(.nameLookup, "no name"), "unavailable"),
            (TransportFailure(.connect, "refused"), "unavailable"),
            (TransportFailure(.tls, "no trust"), "unavailable"),
            (TransportFailure(.deadline(wasSent: false), "late"), "timeout"),
            (TransportFailure(.cancelled(wasSent: false), "gone"), "cancelled"),
        ]
    )
    func mutationFailures(_ failure: TransportFailure, _ code: String) async throws {
        let bench = try Bench { _, _ throws(TransportFailure) in throw failure }
        let error = await bench.outcome(HTTPCall(.post, "/x", effect: .mutation)).error
        #expect(error?.code.rawValue == code)
        #expect(bench.transport.requests.count == 1)
        #expect(bench.transport.requests.first?.needsFreshConnection == true)
    }

    @Test(
        "what a status means for a mutating call",
        arguments: [
            (302, "outcome_unknown"), (500, "outcome_unknown"), (503, "outcome_unknown"), (429, "rate_limited"),
            (409, "rejected"), (400, "rejected"),
        ] as [(Int, String)]
    )
    func mutationStatuses(_ status: Int, _ code: String) async throws {
        let bench = try Bench { _, _ in TransportResponse(status) }
        let error = await bench.outcome(HTTPCall(.post, "/x", effect: .mutation)).error
        #expect(error?.code.rawValue == code)
        #expect(bench.transport.requests.count == 1)
    }

    @Test("a redirect is refused and names where it leads")
    func redirect() async throws {
        let bench = try Bench { _, _ in TransportResponse(302, "", headers: ["Location": "https://evil.example/x?k=1"])
        }
        let error = await bench.outcome(HTTPCall("/x")).error
        #expect(error?.code == .malformedResponse)
        #expect(error?.message.contains("evil.example") == true)
    }

    @Test("a TLS failure isn't tried again, and says how a private authority is trusted")
    func tls() async throws {
        let bench = try Bench { _, _ throws(TransportFailure) in throw TransportFailure(.tls, "no trust") }
        let error = await bench.outcome(HTTPCall("/x")).error
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("ca_file") == true)
        #expect(bench.transport.requests.count == 1)
    }

    @Test("the authority's words are kept, its credentials never")
    func redaction() async throws {
        let bench = try Bench { _, _ in TransportResponse(403, #"{"code":"key CANARY-key"}"#) }
        let error = try #require(await bench.outcome(HTTPCall("/x")).error)
        #expect(error.code == .permission)
        #expect(error.message == "The authority said key <redacted>.")
        let answer = try Bench { _, _ in TransportResponse(200, "<html>CANARY-key\u{1B}[31m</html>") }
        let html = try await answer.client.send(HTTPCall("/x"), context: OperationContext())
        do throws(CertificateError) {
            _ = try html.json()
            Issue.record("HTML was read as JSON")
        } catch {
            #expect(error.code == .malformedResponse)
            #expect(error.message.contains("<html><redacted>\u{FFFD}[31m</html>"))
        }
    }

    @Test("no more requests are under way than concurrency allows, and none is lost")
    func concurrency() async throws {
        let underway = Locked((now: 0, most: 0))
        let bench = try Bench(concurrency: 3) { _, _ in
            underway.withLock { state in
                state.now += 1
                state.most = max(state.most, state.now)
            }
            for _ in 0..<20 { await Task.yield() }
            underway.withLock { $0.now -= 1 }
            return TransportResponse(200, "ok")
        }
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 { group.addTask { await bench.outcome(HTTPCall("/x")) == .success("ok") } }
            for await succeeded in group { #expect(succeeded) }
        }
        #expect(underway.withLock { $0.most } <= 3)
        #expect(bench.transport.requests.count == 50)
    }

    @Test("a call that is cancelled while it waits for room ends as cancelled")
    func cancelledWhileWaiting() async throws {
        let (release, gate) = AsyncStream<Void>.makeStream()
        let bench = try Bench(concurrency: 1) { _, _ in
            for await _ in release { break }
            return TransportResponse(200, "ok")
        }
        let first = Task { await bench.outcome(HTTPCall("/x")) }
        while bench.transport.requests.isEmpty { await Task.yield() }
        let second = Task { await bench.outcome(HTTPCall("/y")) }
        second.cancel()
        #expect(await second.value.error?.code == .cancelled)
        gate.finish()
        #expect(await first.value == .success("ok"))
        #expect(bench.transport.requests.count == 1)
    }

    @Test("a body that is made for each attempt is made anew, and what its maker throws ends the call unsent")
    func madeBodies() async throws {
        let bench = try Bench { _, number in TransportResponse(number < 2 ? 503 : 200, "ok") }
        let made = Locked(0)
        var call = HTTPCall(.post, "/x", body: Array("unused".utf8))
        call.makeBody = { () throws(CertificateError) in
            let number = made.withLock { count in
                count += 1
                return count
            }
            return Array("body \(number)".utf8)
        }
        #expect(await bench.outcome(call) == .success("ok"))
        let bodies = bench.transport.requests.map { String(decoding: $0.body ?? [], as: UTF8.self) }
        #expect(bodies == ["body 1", "body 2", "body 3"])
        call.makeBody = { () throws(CertificateError) in throw CertificateError(.authentication, "no") }
        #expect(await bench.outcome(call).error?.code == .authentication && bench.transport.requests.count == 3)
    }

    @Test("a body may be made with calls of its own, even where one request at a time is allowed")
    func madeBodyWithCalls() async throws {
        let bench = try Bench(concurrency: 1) { request, _ in TransportResponse(200, request.head.path ?? "") }
        var call = HTTPCall(.post, "/x")
        call.makeBody = { [client = bench.client] () throws(CertificateError) in
            try await client.send(HTTPCall("/nonce"), context: OperationContext()).body
        }
        #expect(await bench.outcome(call) == .success("/root/x"))
        #expect(bench.transport.requests.last?.body == Array("/root/nonce".utf8))
    }

    @Test("what a service hands out is sent as it is, and logged by its template")
    func verbatimTargets() async throws {
        let bench = try Bench { _, _ in TransportResponse(200, "ok") }
        let target = RequestTarget(verbatim: "/a%2Fb/c?d=e%20f", template: "/order/{}")
        let paths = Locked<[String]>([])
        let context = OperationContext(observe: { event in
            if case .request(let record) = event { paths.withLock { $0.append(record.pathTemplate) } }
        })
        #expect(await bench.outcome(HTTPCall(target), context: context) == .success("ok"))
        #expect(bench.transport.targets == ["/root/a%2Fb/c?d=e%20f"] && paths.withLock(\.self) == ["/order/{}"])
    }

    @Test(
        "an answer says how long to wait",
        arguments: [
            ("17", Duration.seconds(17)), ("Sun, 01 Mar 2026 01:16:30 GMT", .seconds(60)), ("soon", nil), ("-1", nil),
        ] as [(String, Duration?)])
    func retryAfter(_ field: String, _ expected: Duration?) {
        let answer = HTTPAnswer(
            status: 200, headers: [.retryAfter: field, .date: "Sun, 01 Mar 2026 01:15:30 GMT"])
        #expect(answer.retryAfter == expected)
        #expect(HTTPAnswer(status: 200, headers: [.retryAfter: "17"]).retryAfter == .seconds(17))
        #expect(HTTPAnswer(status: 200).retryAfter == nil)
    }
}
