import CertProtocol
import DigiCertAdapter
import Foundation
import HTTPTransport
import Host
import NCPAdapter
import TestSupport

/// A program over real sockets whose configuration is a file in a folder of its own.
struct ReloadedService {
    let folder: URL
    let transport = AsyncHTTPTransport()
    let loader: ConfigurationLoader
    let clock: OperationClock

    init(clock: OperationClock = .system, sandbox: EmbeddedSandbox? = nil) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "certhost-reload-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let registry = try AdapterRegistry([
            .digiCert(transport: transport, clock: clock), .ncp(transport: transport, clock: clock),
        ])
        self.clock = clock
        loader = ConfigurationLoader(registry: registry, variables: [:], embeddedSandbox: sandbox)
    }

    func write(_ text: String, to name: String = "plugins.yaml") throws {
        try Data(text.utf8).write(to: folder.appending(path: name), options: .atomic)
    }

    func host() async throws -> ReloadableHost {
        try await ReloadableHost(path: folder.appending(path: "plugins.yaml").path, loader: loader, clock: clock)
    }

    /// Ends it.
    func close() async {
        await transport.shutdown()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Runs a test's body over a service with this file.
    static func with(
        _ yaml: String, clock: OperationClock = .system,
        _ body: (ReloadedService, ReloadableHost) async throws -> Void
    ) async throws {
        let service = try ReloadedService(clock: clock)
        try service.write("first-key-not-a-secret\n", to: "key")
        try service.write(yaml)
        do {
            try await body(service, try await service.host())
        } catch {
            await service.close()
            throw error
        }
        await service.close()
    }

    /// A file of DigiCert accounts at that port, each with lines of its own.
    static func yaml(port: Int, _ providers: KeyValuePairs<String, String>) -> String {
        var text = "version: 1\nproviders:\n"
        for (id, lines) in providers {
            text += "  \(id):\n    adapter: digicert\n    \(lines)\n"
            text += "    settings: {api_key: \"${file:key}\", base_url: \"http://127.0.0.1:\(port)/services/v2\"}\n"
        }
        return text
    }
}

/// A gate that a server's thread waits at.
final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func open() { semaphore.signal() }
    func pass() { semaphore.wait() }
}
