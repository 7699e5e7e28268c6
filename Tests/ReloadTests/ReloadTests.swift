import CASandbox
import CertProtocol
import Foundation
import Host
import TestSupport
import Testing

@Suite("Reloading, seen from the certificate authority")
struct ReloadTests {
    private static let page = #"{"orders":[],"page":{"total":0,"limit":1,"offset":0}}"#

    @Test("a provider that isn't changed keeps its connection, and one whose limits change too")
    func connection() async throws {
        let server = try LoopbackServer { _, _ in
            .keepAlive(LoopbackServer.answer("200 OK", Self.page, keepsAlive: true))
        }
        defer { server.stop() }
        let file = ReloadedService.yaml(port: server.port, ["a": "limits: []", "b": "limits: []"])
        try await ReloadedService.with(file) { service, host in
            try await host.current.checkHealth(of: "a")
            try service.write(
                ReloadedService.yaml(port: server.port, ["a": "limits: []", "b": "retries: 7", "c": "limits: []"]))
            let changes = try await host.reload()
            #expect(changes.kept == ["a"] && changes.changed == ["b"] && changes.added == ["c"])
            try await host.current.checkHealth(of: "a")
            try await host.current.checkHealth(of: "b")
            #expect(server.received.count == 3)
            #expect(server.connections == 1)
        }
    }

    @Test("a key that was rotated signs the next call, while a list that was begun ends with the one it began with")
    func rotation() async throws {
        let gate = Gate()
        let row = #"{"id":1,"status":"issued","certificate":{"id":1,"common_name":"a.example"}}"#
        let server = try LoopbackServer { request, number in
            // The first page waits until the key has been rotated; a second one follows it.
            if number == 0 { gate.pass() }
            let isFirst = request.contains("offset=0") && !request.contains("limit=1&") && !request.contains("limit=1 ")
            let orders = isFirst ? row : ""
            return .write(
                LoopbackServer.answer(
                    "200 OK", #"{"orders":[\#(orders)],"page":{"total":2,"limit":1000,"offset":0}}"#))
        }
        defer { server.stop() }
        let file = ReloadedService.yaml(port: server.port, ["a": "limits: []"])
        try await ReloadedService.with(file) { service, host in
            let list = Task {
                var rows = 0
                var failure: CertificateError?
                for await event in try host.current.listCertificates() {
                    switch event {
                    case .items(let items, _): rows += items.count
                    case .outcome(let outcome): failure = outcome.error
                    default: break
                    }
                }
                return (rows, failure)
            }
            while server.received.isEmpty { await Task.yield() }
            try service.write("second-key-not-a-secret\n", to: "key")
            #expect(try await host.reload().changed == ["a"])
            try await host.current.checkHealth(of: "a")
            gate.open()
            let (rows, failure) = try await list.value
            #expect(rows == 1 && failure == nil)
            let first = server.received.filter { $0.contains("first-key-not-a-secret") }
            let second = server.received.filter { $0.contains("second-key-not-a-secret") }
            #expect(second.count == 1 && second.allSatisfy { $0.contains("?limit=1 ") })
            #expect(first.count >= 2, "the list's second page was asked for after the reload")
            #expect(first.count + second.count == server.received.count)
        }
    }

    @Test("a window that the server has closed stays closed, though the provider itself is changed")
    func closedWindow() async throws {
        let clock = ManualClock()
        let server = try LoopbackServer { _, number in
            number == 0
                ? .write(LoopbackServer.answer("429 Too Many Requests", "{}", headers: "Retry-After: 40\r\n"))
                : .write(LoopbackServer.answer("200 OK", Self.page))
        }
        defer { server.stop() }
        let file = ReloadedService.yaml(port: server.port, ["a": "retries: 0"])
        try await ReloadedService.with(file, clock: clock.operationClock) { service, host in
            await #expect(throws: CertificateError(.rateLimited, "")) { try await host.current.checkHealth(of: "a") }
            #expect(clock.slept.isEmpty)
            try service.write(ReloadedService.yaml(port: server.port, ["a": "concurrency: 9", "b": "retries: 1"]))
            let changes = try await host.reload()
            #expect(changes.changed == ["a"] && changes.added == ["b"])
            // The new provider has the same key.
            try await host.current.checkHealth(of: "b")
            #expect(clock.slept == [.seconds(40)])
            try await host.current.checkHealth(of: "a")
        }
    }

    @Test("what was sent before a reload counts after it, by the windows that the new configuration has")
    func windows() async throws {
        let clock = ManualClock()
        let server = try LoopbackServer { _, _ in .write(LoopbackServer.answer("200 OK", Self.page)) }
        defer { server.stop() }
        func file(_ limits: String) -> String { ReloadedService.yaml(port: server.port, ["a": "limits: \(limits)"]) }
        try await ReloadedService.with(file("[\"3/60s\"]"), clock: clock.operationClock) { service, host in
            for _ in 0..<3 { try await host.current.checkHealth(of: "a") }
            #expect(clock.slept.isEmpty)
            // Wider: there is room for one more, and not for two.
            try service.write(file("[\"4/60s\"]"))
            try await host.reload()
            try await host.current.checkHealth(of: "a")
            #expect(clock.slept.isEmpty)
            try await host.current.checkHealth(of: "a")
            #expect(clock.slept.count == 1)
            try service.write(file("[]"))
            try await host.reload()
            for _ in 0..<10 { try await host.current.checkHealth(of: "a") }
            #expect(clock.slept.count == 1)
        }
    }

    @Test("lists that race with reloads hold every certificate, from one configuration each")
    func race() async throws {
        let sandbox = try await CASandbox.start(options: SandboxOptions(orders: 50))
        let yaml = sandbox.pluginsYAML()
        try await ReloadedService.with(yaml) { service, host in
            func rows() async throws -> [String: Int] {
                var rows: [String: Int] = [:]
                for await event in try host.current.listCertificates() {
                    switch event {
                    case .items(let items, let provider): rows[provider, default: 0] += items.count
                    case .outcome(let outcome): #expect(outcome.error == nil)
                    default: break
                    }
                }
                return rows
            }
            let whole = try await rows()
            #expect(whole.count == 2)
            let lists = (0..<12).map { _ in Task { try await rows() } }
            // Every second file has only one of the two, with another pace.
            let lone = yaml.components(separatedBy: "  ncp:")[0].replacing(
                "digicert:\n", with: "digicert:\n    retries: 5\n")
            for round in 0..<20 {
                try service.write(round.isMultiple(of: 2) ? lone : yaml)
                let changes = try await host.reload()
                #expect(changes.changed == ["digicert"], "\(changes)")
                #expect(round.isMultiple(of: 2) ? changes.removed == ["ncp"] : changes.added == ["ncp"])
            }
            for list in lists {
                let rows = try await list.value
                #expect(rows == whole || rows == whole.filter { $0.key == "digicert" })
            }
        }
        await sandbox.stop()
    }

    @Test("the embedded sandbox serves on over reloads, by the same connections")
    func sandbox() async throws {
        let started = Locked<[CASandbox]>([])
        let embedded = EmbeddedSandbox(adapters: ["digicert", "ncp"]) {
            let sandbox = try await CASandbox.start()
            started.withLock { $0.append(sandbox) }
            return sandbox.adapterSettings
        }
        let service = try ReloadedService(sandbox: embedded)
        try service.write("version: 1\nsandbox: embedded\nproviders: {digicert: {adapter: digicert}}")
        let host = try await service.host()
        try await host.current.checkHealth(of: "digicert")
        try service.write(
            "version: 1\nsandbox: embedded\nproviders: {digicert: {adapter: digicert}, ncp: {adapter: ncp}}")
        let changes = try await host.reload()
        #expect(changes.kept == ["digicert"] && changes.added == ["ncp"])
        try await host.current.checkHealth(of: "digicert")
        try await host.current.checkHealth(of: "ncp")
        let sandboxes = started.withLock(\.self)
        #expect(sandboxes.count == 1)
        #expect(sandboxes.first?.requestCount == 3)
        await service.close()
        for sandbox in sandboxes { await sandbox.stop() }
    }
}
