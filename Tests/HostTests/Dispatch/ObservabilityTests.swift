import CertProtocol
import HTTPTypes
import InMemoryLogging
import InMemoryTracing
import Logging
import Metrics
import MetricsTestKit
import TestSupport
import Testing
import Tracing

@testable import AdapterHTTP
@testable import Host

/// A provider over the client that adapters share, without an adapter.
private struct HTTPProvider: CertificateProvider {
    let capabilities = ProviderCapabilities(operations: [])
    let client: ProviderHTTPClient

    func checkHealth(_ request: HealthCheckRequest, context: OperationContext) async throws(CertificateError) {
        let id = "4711"
        _ = try await client.send(HTTPCall("/keys/\(id)"), context: context)
    }
}

/// A host over a server that fails as a script has it, with everything it emits kept.
private struct Watched {
    let tracer = InMemoryTracer()
    let metrics = TestMetrics()
    let log: InMemoryLogHandler
    let clock = ManualClock()
    let host: CertificateHost

    init(_ statuses: [Int]) throws {
        var log = InMemoryLogHandler()
        log.logLevel = .trace
        self.log = log
        let handler = log
        let transport = ScriptedTransport { _, number in
            let body = #"{"code":"maintenance","key":"CANARY"}"#
            return TransportResponse(
                number < statuses.count ? statuses[number] : 200, body, headers: ["X-Trace": "trace-\(number + 1)"]
            )
        }
        let clock = clock.operationClock
        var client = ProviderHTTPClient(
            root: try ServiceURL("https://ca.example"), context: AdapterContext(providerID: "p", retries: 1),
            transport: transport, limiter: RateLimiter([RateWindow(1, per: .seconds(10))], clock: clock),
            secrets: [Secret("CANARY")], traceHeader: .init("X-Trace"), clock: clock, random: { 0.5 },
            sign: { request, _ in request.headerFields[.authorization] = "CANARY" },
            readError: { answer, _ in
                guard answer.status != 200 else { return nil }
                var error = CertificateError(.permission, "No.")
                error.providerCode = answer.lenientJSON?.string("code")
                return error
            }
        )
        client.observer = RequestObserver(providerID: "p", logger: Logger(label: "certhost.http") { _ in handler })
        let provider = HTTPProvider(client: client)
        let factory = AdapterFactory(
            name: "example", title: "Example CA", settings: SettingsDeclaration([]), defaultLimits: []
        ) { _, _ throws(CertificateError) in provider }
        var host = try CertificateHost(
            configuration: HostConfiguration(
                journalPath: "",
                providers: [
                    ProviderConfiguration(id: "p", adapter: "example", limits: [], settings: SettingsValues([:]))
                ], routes: []
            ),
            registry: AdapterRegistry([factory]), clock: clock,
            circuitBreaker: .init(failures: 1, firstPause: .seconds(60))
        )
        host.logger = Logger(label: "certhost.host") { _ in handler }
        self.host = host
    }

    /// Calls the provider, with this scope's tracer and metrics.
    func call(_ context: OperationContext = OperationContext()) async -> CertificateError? {
        await withMetricsFactory(metrics) {
            await withTracer(tracer) {
                do throws(CertificateError) {
                    try await host.checkHealth(of: "p", context: context)
                    return nil
                } catch {
                    return error
                }
            }
        }
    }

    /// Reads the configuration again, from a file that isn't there and from one that is.
    func reload() async throws {
        let fixture = try ConfigurationFixture("version: 1\nproviders: {p: {adapter: example}}\n")
        let loader = ConfigurationLoader(registry: host.assembly.registry)
        try await withMetricsFactory(metrics) {
            _ = try await ReloadableHost(host, path: fixture.path, loader: loader).reload()
            await #expect(throws: ConfigurationError.self) {
                try await ReloadableHost(host, path: fixture.path + "x", loader: loader).reload()
            }
        }
    }

    /// Everything that there is to see: a retry that helps, one that doesn't, a refusal, a probe that closes the circuit, and a
    /// configuration that is read again, in vain and not.
    static func everything() async throws -> Watched {
        let watched = try Watched([503, 200, 500, 500])
        #expect(await watched.call() == nil)
        #expect(await watched.call()?.code == .unavailable)
        #expect(await watched.call()?.code == .unavailable)
        watched.clock.advance(by: .seconds(60))
        #expect(await watched.call() == nil)
        try await watched.reload()
        return watched
    }
}

@Suite("What can be watched")
struct ObservabilityTests {
    private static func page() throws -> DocumentationPage {
        try DocumentationPage("Host/Host.docc/Observability.md")
    }

    @Test("a call is one span, with its requests, waits and retries as events in order")
    func spans() async throws {
        let watched = try await Watched.everything()
        let spans = watched.tracer.finishedSpans
        try #require(spans.map(\.operationName) == Array(repeating: "certhost health", count: 4))
        #expect(spans.allSatisfy { $0.kind == .client && $0.parentSpanID == nil })

        #expect(spans[0].events.map(\.name) == ["request", "retry", "rate window", "request"])
        #expect(
            spans[0].events[0].attributes.values == [
                "http.method": "GET", "http.path": "/keys/{}", "http.attempt": "1", "http.status": "503",
                "error.code": "unavailable", "ca.trace-id": "trace-1", "duration.ms": "0",
            ])
        #expect(
            spans[0].events[1].attributes.values == [
                "http.attempt": "1", "error.code": "unavailable", "wait.ms": "250",
            ])
        #expect(spans[0].events[2].attributes.values == ["wait.ms": "9750"])
        #expect(spans[0].events[3].attributes.values["http.attempt"] == "2")
        #expect(spans[0].attributes.values == ["provider.id": "p", "operation": "health"])
        #expect(spans[0].status == nil)

        #expect(
            spans[1].attributes.values == [
                "provider.id": "p", "operation": "health", "error.code": "unavailable", "http.status": "500",
                "ca.code": "maintenance",
            ])
        #expect(spans[1].status?.code == .error)
        #expect(spans[2].events.map(\.name) == ["circuit open"])
        #expect(spans[2].events[0].attributes.values == ["wait.ms": "60000"])
        #expect(spans[2].attributes.values["error.code"] == "unavailable")
        #expect(spans[3].status == nil)
    }

    @Test("every metric counts what it says")
    func metrics() async throws {
        let metrics = try await Watched.everything().metrics
        func total(_ label: String, _ dimensions: [(String, String)]) throws -> Int64 {
            try metrics.expectCounter(label, dimensions).totalValue
        }
        let provider = [("provider", "p")]
        let health = provider + [("operation", "health")]
        #expect(try total("certhost.calls", health + [("outcome", "ok")]) == 2)
        #expect(try total("certhost.reloads", [("outcome", "ok")]) == 1)
        #expect(try total("certhost.reloads", [("outcome", "invalid_configuration")]) == 1)
        #expect(try total("certhost.calls", health + [("outcome", "unavailable")]) == 2)
        #expect(try total("certhost.circuit.opened", provider) == 1)
        #expect(try total("certhost.circuit.refused", provider) == 1)
        #expect(try total("certhost.http.requests", health + [("outcome", "200")]) == 2)
        #expect(try total("certhost.http.requests", health + [("outcome", "500")]) == 2)
        #expect(try total("certhost.http.requests", health + [("outcome", "503")]) == 1)
        #expect(try total("certhost.http.retries", provider) == 2)
        #expect(try metrics.expectTimer("certhost.http.duration", provider).values.count == 5)
        #expect(try metrics.expectTimer("certhost.http.wait", provider).values.first == 9_750_000_000)
        #expect(try metrics.expectTimer("certhost.call.duration", health).values.count == 4)
        #expect(try metrics.expectTimer("certhost.call.duration", health).values.first == 10_000_000_000)
    }

    @Test("the page lists every metric with its kind and dimensions, and no other")
    func metricsOfThePage() async throws {
        let metrics = try await Watched.everything().metrics
        var emitted: Set<[String]> = []
        for counter in metrics.counters { emitted.insert([counter.label, "counter"] + counter.dimensions.map(\.0)) }
        for timer in metrics.timers { emitted.insert([timer.label, "timer"] + timer.dimensions.map(\.0)) }
        #expect(metrics.recorders.isEmpty && metrics.meters.isEmpty)
        let documented = try Self.page().table("name").map { cells in
            DocumentationPage.code(cells[0]) + [cells[1]] + DocumentationPage.code(cells[2])
        }
        #expect(Set(documented) == emitted)
        #expect(documented.count == emitted.count)
    }

    private static func auditEntries() async throws -> [InMemoryLogHandler.Entry] {
        let log = InMemoryLogHandler()
        var host = try OrderingBench([ScriptedProvider()]).host
        host.auditLogger = Logger(label: "certhost.audit") { _ in log }
        _ = try await host.issue(.sample(), provider: "ca")
        return log.entries
    }

    @Test("the page lists every log line with its level and metadata, and no other")
    func linesOfThePage() async throws {
        let entries = try await Watched.everything().log.entries + Self.auditEntries()
        // A key may be absent from a line that has nothing to say under it.
        var emitted: [[String]: Set<String>] = [:]
        for entry in entries {
            let message = entry.message.description
            let isOfTheHost = ["circuit", "configuration"].contains { message.hasPrefix($0) }
            let label = message == "audit" ? "certhost.audit" : isOfTheHost ? "certhost.host" : "certhost.http"
            emitted[[label, "\(entry.level)", "\(entry.message)"], default: []].formUnion(entry.metadata.keys)
        }
        let documented = try Self.page().table("label").map { cells in cells.map(DocumentationPage.code) }
        #expect(
            Dictionary(uniqueKeysWithValues: documented.map { ($0[0] + $0[1] + $0[2], Set($0[3])) }) == emitted
        )
    }

    @Test("the page lists every attribute and event of the span, and no other")
    func spansOfThePage() async throws {
        let spans = try await Watched.everything().tracer.finishedSpans
        let page = try Self.page()
        let span = try #require(page.table("span").first)
        #expect(DocumentationPage.code(span[0]) == ["certhost OPERATION"])
        #expect(
            Set(DocumentationPage.code(span[2])) == spans.reduce(into: []) { $0.formUnion($1.attributes.values.keys) }
        )
        var emitted: [String: Set<String>] = [:]
        for event in spans.flatMap(\.events) {
            emitted[event.name, default: []].formUnion(event.attributes.values.keys)
        }
        let documented = page.table("event").map { cells in
            (DocumentationPage.code(cells[0]).joined(), Set(DocumentationPage.code(cells[1])))
        }
        #expect(Dictionary(uniqueKeysWithValues: documented) == emitted)
    }

    @Test("a caller's own observer and metadata are served too, and nothing shows a credential")
    func observer() async throws {
        let watched = try Watched([429])
        let seen = Locked<[String]>([])
        let context = OperationContext(metadata: ["ticket": "42"]) { event in
            let text =
                switch event {
                case .request(let record): "request \(record.status ?? 0)"
                case .waiting(let duration): "waiting \(duration.text)"
                case .waited(let duration): "waited \(duration.text)"
                case .retry(let attempt, let pause, let code): "retry \(attempt) in \(pause.text) for \(code)"
                case .notice(let text): text
                @unknown default: "something new"
                }
            seen.withLock { $0.append(text) }
        }
        #expect(await watched.call(context) == nil)
        #expect(
            seen.withLock(\.self) == [
                "request 429", "retry 1 in 250ms for rate_limited", "waiting 9750ms", "waited 9750ms", "request 200",
            ]
        )
        #expect(watched.tracer.finishedSpans.first?.events.count == 4)
        #expect(watched.log.entries.allSatisfy { $0.metadata["ticket"] == "42" })
        #expect(!"\(watched.log.entries)\(watched.tracer.finishedSpans)".contains("CANARY"))
    }
}

extension SpanAttributes {
    /// The attributes as text.
    fileprivate var values: [String: String] {
        var values: [String: String] = [:]
        forEach { name, attribute in
            values[name] =
                switch attribute {
                case .string(let text): text
                case .int32(let number): "\(number)"
                case .int64(let number): "\(number)"
                default: "\(attribute)"
                }
        }
        return values
    }
}
