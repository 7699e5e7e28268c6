import CASandbox
import Foundation
import Host
import InMemoryLogging
import Logging
import Testing

/// The article's code is the code of the example beside this file, which the compiler reads; here it runs.
@Suite("Reloading at a signal")
struct ReloadingTests {
    @Test("the article shows the example as it is compiled")
    func compiled() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let article = tests.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/Host/Host.docc/Reloading.md")
        let example = try String(contentsOf: tests.appending(path: "ReloadingExample.swift"), encoding: .utf8)
        let page = try String(contentsOf: article, encoding: .utf8)
        #expect(page.contains("```swift\n\(example)```\n"))
    }

    @Test("a program takes in a new file at SIGHUP, refuses a bad one and goes on, and ends at SIGTERM")
    func signals() async throws {
        // In a process of its own, since the signals are real.
        await #expect(processExitsWith: .success) {
            let sandbox = try await CASandbox.start(options: SandboxOptions(orders: 400))
            let file = FileManager.default.temporaryDirectory.appending(path: "certhost-\(UUID().uuidString).yaml")
            defer { try? FileManager.default.removeItem(at: file) }
            try sandbox.pluginsYAML().write(to: file, atomically: true, encoding: .utf8)
            let log = InMemoryLogHandler()
            // A signal that comes before the program listens would end it.
            signal(SIGHUP, SIG_IGN)
            let program = Task {
                try await watchExpiry(configuration: file.path, logger: Logger(label: "example") { _ in log })
            }
            func lines() -> [String] { log.entries.map { "\($0.message)" } }
            func waitFor(_ start: String, meanwhile: () -> Void = {}) async throws {
                for _ in 0..<3000 where !lines().contains(where: { $0.hasPrefix(start) }) {
                    meanwhile()
                    try await Task.sleep(for: .milliseconds(10))
                }
                try #require(lines().contains { $0.hasPrefix(start) }, "\(lines())")
            }
            try await waitFor("ncp: ")
            let lone = sandbox.pluginsYAML().components(separatedBy: "  ncp:")[0]
            try lone.write(to: file, atomically: true, encoding: .utf8)
            try await waitFor("configuration reloaded: removed ncp; kept digicert") { kill(getpid(), SIGHUP) }
            try (lone + "nonsense: 1\n").write(to: file, atomically: true, encoding: .utf8)
            kill(getpid(), SIGHUP)
            try await waitFor("configuration refused, nothing has changed")
            #expect(lines().contains { $0.contains("unknown-key") })
            kill(getpid(), SIGTERM)
            try await program.value
            await sandbox.stop()
        }
    }
}
