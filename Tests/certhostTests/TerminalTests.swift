import CASandbox
import CertProtocol
import Foundation
import Testing

@Suite("On a terminal")
struct TerminalTests {
    /// Starts the command on a terminal of 80 columns.
    private func start(_ command: SandboxedCommand, _ arguments: String) throws -> CommandRunner.Started {
        try command.runner.start(
            ["-qefc", "stty cols 80; exec \(CommandRunner.executable.path) \(arguments)", "screen"],
            environment: ["TERM": "xterm"], executable: URL(fileURLWithPath: "/usr/bin/script")
        )
    }

    @Test("a wait for the rate window is shown while it lasts")
    func waiting() async throws {
        try await SandboxedCommand.with(orders: 1500) { command in
            // So long that no machine is too slow to see it, and ended as soon as it is seen.
            let limited = command.sandbox.pluginsYAML().replacing(
                "adapter: digicert", with: "adapter: digicert\n    limits: [\"1/4m\"]"
            )
            try command.runner.write(limited)
            let started = try start(command, "list --provider digicert")
            var screen = ""
            while !screen.contains("s for the rate window"), started.process.isRunning {
                try await Task.sleep(for: .milliseconds(20))
                screen = try String(contentsOf: started.output, encoding: .utf8)
            }
            started.process.terminate()
            _ = try await started.result()
            #expect(screen.contains("s for the rate window"))
        }
    }

    @Test("a table fits the terminal, and statuses are coloured; into a pipe nothing is cut or coloured")
    func table() async throws {
        try await SandboxedCommand.with(orders: 60) { command in
            let screen = try await start(command, "list --provider digicert").result().output
            let lines = screen.split(whereSeparator: \.isNewline).filter { $0.contains("digicert/5") }
            #expect(lines.count == 60)
            #expect(screen.contains("\u{1B}[32missued\u{1B}[0m"))
            for line in lines {
                let text = line.replacing(/\u{1B}\[\d+m/, with: "")
                #expect(text.count <= 80, "\(text)")
            }
        }
    }
}
