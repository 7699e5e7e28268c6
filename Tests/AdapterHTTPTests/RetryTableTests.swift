import AdapterHTTP
import CertProtocol
import HTTPTypes
import TestSupport
import Testing

/// The rows of the article "Retries", each made to happen.
@Suite("The retry table")
struct RetryTableTests {
    /// One row: what is done, and the sentences that the page has for it.
    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var scenarios: [Scenario]

        init(_ title: String, _ scenarios: Scenario...) {
            testDescription = title
            self.scenarios = scenarios
        }
    }

    /// What happens to a call.
    enum Scenario: Sendable {
        /// The transport fails.
        case failure(TransportFailure.Kind)
        /// The server answers.
        case answer(Int, String = "", readsBody: Bool = false)
        /// The deadline is over before the call starts.
        case overdue
        /// The rate window is closed for longer than a call waits.
        case closedWindow
        /// The task is cancelled while the rate window is closed.
        case cancelledInTurn
    }

    static let rows: [Row] = [
        Row("the network options cannot be used", .failure(.configuration)),
        Row("the call is cancelled while it waits for its turn", .cancelledInTurn),
        Row("the deadline passes before anything is sent", .overdue),
        Row("the rate window opens too late", .closedWindow),
        Row("the name cannot be resolved", .failure(.nameLookup)),
        Row("no connection comes about", .failure(.connect)),
        Row("TLS fails", .failure(.tls)),
        Row("the deadline passes while connecting", .failure(.deadline(wasSent: false))),
        Row("the call is cancelled while connecting", .failure(.cancelled(wasSent: false))),
        Row("the connection breaks", .failure(.connectionLost)),
        Row("the deadline passes after sending", .failure(.deadline(wasSent: true))),
        Row("the call is cancelled after sending", .failure(.cancelled(wasSent: true))),
        Row("the body is too large", .failure(.bodyTooLarge)),
        Row("the answer breaks HTTP", .failure(.malformed)),
        Row(
            "2xx that cannot be read", .answer(200, "<html>", readsBody: true), .answer(200, "", readsBody: true),
            .answer(201, #"{"id":"#, readsBody: true), .answer(204, "", readsBody: true)
        ),
        Row(
            "2xx in which the authority reports an error", .answer(200, known), .answer(202, known)
        ),
        Row("3xx", .answer(301), .answer(302), .answer(304), .answer(307), .answer(308, known)),
        Row("429", .answer(429), .answer(429, known), .answer(429, "<html>")),
        Row("4xx that the adapter knows", .answer(400, known), .answer(401, known), .answer(404, known)),
        Row(
            "4xx that the adapter does not know", .answer(400), .answer(404, "<html>"), .answer(409, "{"), .answer(499)
        ),
        Row("500, 502, 503, 504", .answer(500), .answer(502, "<html>"), .answer(503, known), .answer(504)),
        Row("any other 5xx", .answer(501), .answer(505), .answer(507), .answer(529, known), .answer(599)),
        Row("1xx, or a status from 600 on", .answer(103), .answer(600), .answer(999)),
    ]

    /// A body that the adapter of this test understands.
    private static let known = #"{"code":"quota_exceeded"}"#
    /// A code that nothing but that adapter gives.
    private static let adaptersCode = CertificateError.Code(rawValue: "adapters_own")

    @Test("the page has these rows, in this order, and no others")
    func rowsOfThePage() throws {
        #expect(try Self.page().map(\.[0]) == Self.rows.map(\.testDescription))
    }

    @Test("what the page says is what happens", arguments: rows)
    func row(_ row: Row) async throws {
        let cells = try #require(try Self.page().first { $0[0] == row.testDescription })
        try #require(cells.count == 4)
        for scenario in row.scenarios {
            let read = try await Self.outcome(of: scenario, .read)
            let mutation = try await Self.outcome(of: scenario, .mutation)
            #expect(Self.words(read) == cells[2], "a read: \(scenario)")
            #expect(Self.words(mutation) == cells[3], "a mutating call: \(scenario)")
            #expect((mutation.code == .outcomeUnknown ? "no" : "yes") == cells[1], "\(scenario)")
            #expect(mutation.attempts <= 1, "a mutating call is sent once: \(scenario)")
        }
    }

    private static func page() throws -> [[String]] {
        try DocumentationPage("AdapterHTTP/AdapterHTTP.docc/Retries.md").table("what happens")
    }

    private static func words(_ outcome: (code: CertificateError.Code?, attempts: Int)) -> String {
        guard let code = outcome.code else { return "success" }
        let name = code == adaptersCode ? "its code" : "`\(code.rawValue)`"
        return outcome.attempts > 1 ? name + ", tried again" : name
    }

    /// Makes it happen, every time that something is sent.
    private static func outcome(
        of scenario: Scenario, _ effect: HTTPCall.Effect
    ) async throws -> (code: CertificateError.Code?, attempts: Int) {
        let clock = ManualClock()
        let transport = ScriptedTransport { _, _ throws(TransportFailure) in
            switch scenario {
            case .failure(let kind): throw TransportFailure(kind, "as the test has it")
            case .answer(let status, let body, _): return TransportResponse(status, body)
            case .overdue, .closedWindow, .cancelledInTurn: return TransportResponse(200, "{}")
            }
        }
        let limiter = RateLimiter([], clock: clock.operationClock)
        let client = ProviderHTTPClient(
            root: try ServiceURL("https://ca.example"), context: AdapterContext(providerID: "p", retries: 2),
            transport: transport, limiter: limiter, secrets: [], clock: clock.operationClock, random: { 0.5 },
            sign: { _, _ in },
            readError: { answer, _ in
                answer.lenientJSON?.string("code").map { CertificateError(adaptersCode, "The authority said \($0).") }
            }
        )
        var context = OperationContext()
        switch scenario {
        case .overdue: context.deadline = clock.now
        case .closedWindow: limiter.close(until: clock.now.advanced(by: .seconds(301)))
        case .cancelledInTurn: limiter.close(until: clock.now.advanced(by: .seconds(10)))
        case .failure, .answer: break
        }
        let call = HTTPCall(effect == .read ? .get : .post, "/x", effect: effect)
        let task = Task { () -> CertificateError.Code? in
            if case .cancelledInTurn = scenario { withUnsafeCurrentTask { $0?.cancel() } }
            do throws(CertificateError) {
                let answer = try await client.send(call, context: context)
                if case .answer(_, _, readsBody: true) = scenario { _ = try answer.jsonObject() }
                return nil
            } catch {
                return error.code
            }
        }
        return (await task.value, transport.requests.count)
    }
}
