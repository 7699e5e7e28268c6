import AdapterHTTP
import CASandbox
import CertProtocol
import DigiCertAdapter
import Foundation
import HTTPTransport
import HTTPTypes
import Host
import InMemoryLogging
import InMemoryTracing
import Logging
import Metrics
import MetricsTestKit
import NCPAdapter
import TestSupport
import Testing
import Tracing

/// A program of an embedder's, with a canary in each of its credentials.
private struct Program {
    let folder: URL
    let transport: AsyncHTTPTransport
    let registry: AdapterRegistry
    let loader: ConfigurationLoader

    init(port: Int, more: String = "", hasProxy: Bool = true) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "certhost-secrecy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(CanaryProgram.secret.text.utf8).write(to: folder.appending(path: "secret"))
        let yaml = CanaryProgram.configuration(port: port) + more
        try Data(yaml.utf8).write(to: folder.appending(path: "plugins.yaml"))
        var environment = ["OTHER": CanaryProgram.proxy.text]
        // With it, nothing can be sent.
        if hasProxy { environment["HTTPS_PROXY"] = "http://user:\(CanaryProgram.proxy.text)@127.0.0.1:1" }
        transport = AsyncHTTPTransport(environment: environment)
        registry = try AdapterRegistry([.digiCert(transport: transport), .ncp(transport: transport)])
        loader = ConfigurationLoader(
            registry: registry,
            variables: CanaryProgram.variables.merging(["OTHER": CanaryProgram.proxy.text]) { $1 })
    }

    var path: String { folder.appending(path: "plugins.yaml").path }

    func close() async {
        await transport.shutdown()
        try? FileManager.default.removeItem(at: folder)
    }
}

/// Every way in which Swift turns a value into text.
private func texts(of value: Any) -> [String] {
    var dumped = ""
    dump(value, to: &dumped, maxDepth: 30, maxItems: 5000)
    var texts = [String(describing: value), String(reflecting: value), "\(value)", dumped]
    if let value = value as? any CustomDebugStringConvertible { texts.append(value.debugDescription) }
    if let error = value as? any Error { texts += [error.localizedDescription, "\(error as NSError)"] }
    var values = [Mirror(reflecting: value)]
    var remaining = 20_000
    while let mirror = values.popLast(), remaining > 0 {
        remaining -= 1
        for child in mirror.children {
            texts.append(String(describing: child.value))
            values.append(Mirror(reflecting: child.value))
        }
        if let parent = mirror.superclassMirror { values.append(parent) }
    }
    return texts
}

private func expectClean(_ name: String, _ value: Any) {
    for canary in CanaryProgram.all {
        for text in texts(of: value) {
            guard let trace = canary.trace(in: text) else { continue }
            Issue.record("\(name) shows \(trace): \(text.prefix(2000))")
            return
        }
    }
}

@Suite("Credentials in what a program can print")
struct SecrecyTests {
    @Test("the canary is found in whatever it stands in, and so a leak would be")
    func detector() {
        struct Leak { let text: String }
        let canary = CanaryProgram.digiCert
        #expect(texts(of: Leak(text: canary.text)).contains { canary.trace(in: $0) != nil })
        #expect(canary.trace(in: Data("x:\(canary.text)".utf8).base64EncodedString()) != nil)
        #expect(canary.trace(in: canary.text.utf8.map { String($0, radix: 16) }.joined(separator: " ")) != nil)
        #expect(
            canary.trace(
                in: canary.text.lowercased().addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "") != nil)
        #expect(canary.trace(in: CanaryProgram.access.text) == nil)
    }

    @Test("no public value that has to do with a credential shows it, however it is printed")
    func values() async throws {
        let server = try LoopbackServer { _, _ in .write(LoopbackServer.answer("200 OK", "{}")) }
        defer { server.stop() }
        let program = try Program(port: server.port)
        let loaded = try await program.loader.load(path: program.path)
        let host = try CertificateHost(configuration: loaded.configuration, registry: program.registry)
        let reloadable = try await ReloadableHost(path: program.path, loader: program.loader)
        let secret = Secret(CanaryProgram.digiCert.text)
        let shared = SharedResources()
        let limiter = RateLimiter.shared(
            scope: "s", credential: secret, context: AdapterContext(providerID: "p", shared: shared), clock: .system)
        let client = ProviderHTTPClient(
            root: try ServiceURL("https://ca.example"), context: AdapterContext(providerID: "p", shared: shared),
            transport: program.transport, limiter: limiter, secrets: [secret], sign: { _, _ in },
            readError: { _, _ in nil })
        let request = TransportRequest(
            head: HTTPRequest(
                method: .get, scheme: "https", authority: "ca.example", path: "/v2",
                headerFields: [.authorization: CanaryProgram.digiCert.text]))
        let setting = Setting("api_key", .secret, "The key.")
        let settings = SettingsValues(["api_key": .secret(secret)])
        let values: KeyValuePairs<String, Any> = [
            "Secret": secret, "optional Secret": Optional(secret) as Any, "a dictionary by Secret": [secret: 1],
            "SettingValue": SettingValue.secret(secret), "SettingsValues": settings,
            "its value": settings[setting] as Any, "ProviderConfiguration": loaded.configuration.providers,
            "HostConfiguration": loaded.configuration, "LoadedConfiguration": loaded,
            "effective": loaded.effective.yaml(),
            "EffectiveConfiguration": loaded.effective, "ConfigurationLoader": program.loader,
            "AdapterRegistry": program.registry, "AdapterFactory": program.registry.factories,
            "CertificateHost": host, "ConfiguredProvider": host.providers, "ReloadableHost": reloadable,
            "SharedResources": shared, "RateLimiter": limiter, "Redactor": Redactor([secret]),
            "ProviderHTTPClient": client,
            "AdapterContext": AdapterContext(providerID: "p", shared: shared), "AsyncHTTPTransport": program.transport,
            "TransportRequest": request, "HTTPAnswer": HTTPAnswer(status: 200, redactor: Redactor([secret])),
            "providers made by hand": try program.registry.factories.map { factory in
                try factory.make(
                    loaded.configuration.providers.first { $0.adapter == factory.name }?.settings ?? settings,
                    AdapterContext(providerID: "p", shared: shared))
            },
        ]
        for (name, value) in values { expectClean(name, value) }
        #expect(String(reflecting: secret) == "<redacted>")
        #expect("\(request)" == "GET https://ca.example/v2")
        await program.close()
    }

    @Test(
        "a configuration that is refused shows none of the credentials in it",
        arguments: [
            "nonsense: 1", "proxy: http://user:SECRET@proxy:1", "ca_file: \"${env:DC}\"",
            "environments: {prod: {providers: {digicert: {settings: {api_key: 'SECRET', apikey: 'SECRET'}}}}}",
        ])
    func refused(_ more: String) async throws {
        let text = CanaryProgram.digiCert.text.replacing("\"", with: "").replacing("\\", with: "")
        let program = try Program(port: 1, more: more.replacing("SECRET", with: text))
        let error = await #expect(throws: ConfigurationError.self) { try await program.loader.load(path: program.path) }
        let findings = try #require(error?.findings)
        expectClean("ConfigurationError", error as Any)
        for finding in findings { expectClean("ConfigurationFinding", finding) }
        expectClean("ConfigurationReport", ConfigurationReport(findings).text)
        await program.close()
    }

    @Test(
        "no log line at any level, metric, span, error, event or record of a call shows one, against a server that echoes"
    )
    func calls() async throws {
        // In a process of its own, which alone has the logging system.
        await #expect(processExitsWith: .success) {
            let server = try LoopbackServer { request, number in
                let status = ["200 OK", "403 No", "500 Oops", "302 Found", "400 Bad", "429 Slow"][number % 6]
                let text = request.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
                    .replacing("\r\n", with: "\\n")
                let row = #"{"id":1,"certificateNo":1,"note":"\#(text)","common_name":"\#(text)"}"#
                let body =
                    #"{"errors":[{"code":"\#(text)","message":"\#(text)"}],"orders":[\#(row)],"returnMessage":"\#(text)"}"#
                let header = "x-ncp-trace-id: \(request.replacing("\r\n", with: " "))\r\n"
                return .write(
                    LoopbackServer.answer(status, body, headers: header + "Location: https://evil.example/\r\n"))
            }
            defer { server.stop() }
            var log = InMemoryLogHandler()
            log.logLevel = .trace
            let handler = log
            LoggingSystem.bootstrap { _ in handler }
            let metrics = TestMetrics()
            let tracer = InMemoryTracer()
            let program = try Program(port: server.port, hasProxy: false)
            let host = try await ReloadableHost(path: program.path, loader: program.loader, circuitBreaker: nil)
            let events = Locked<[OperationEvent]>([])
            let context = OperationContext(observe: { event in events.withLock { $0.append(event) } })
            await withMetricsFactory(metrics) {
                await withTracer(tracer) {
                    for _ in 0..<12 {
                        for id in ["digicert", "ncp"] {
                            do throws(CertificateError) {
                                expectClean(
                                    "Order", try await host.current.order(.order("1"), from: id, context: context))
                            } catch { expectClean("CertificateError", error) }
                            do throws(CertificateError) {
                                try await host.current.checkHealth(of: id, context: context)
                            } catch { expectClean("CertificateError", error) }
                        }
                        do throws(CertificateError) {
                            for await event in try host.current.listCertificates(context: context) {
                                expectClean("an event of a list", event)
                            }
                        } catch { expectClean("CertificateError", error) }
                    }
                    _ = try? await host.reload()
                }
            }
            #expect(server.received.contains { $0.contains(CanaryProgram.digiCert.text) })
            #expect(log.entries.count > 50)
            #expect(tracer.finishedSpans.count > 50)
            #expect(!metrics.counters.isEmpty)
            expectClean("log", log.entries.map { "\($0.level) \($0.message) \($0.metadata)" })
            for span in tracer.finishedSpans {
                expectClean("span", span)
                for event in span.events { expectClean("event of a span", event) }
            }
            expectClean("metrics", metrics.counters.map { "\($0.label) \($0.dimensions)" })
            expectClean("metrics", metrics.timers.map { "\($0.label) \($0.dimensions)" })
            for event in events.withLock(\.self) { expectClean("event", event) }
            await program.close()
        }
    }
}
