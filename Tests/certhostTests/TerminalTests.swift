import CASandbox
import CertProtocol
import Foundation
import Testing

@Suite("On a terminal")
struct TerminalTests {
    /// What the command writes to a terminal of 80 columns.
    private func screen(_ command: SandboxedCommand, _ arguments: String) async throws -> String {
        let shell = try command.runner.start(
            ["-qec", "stty cols 80; \(CommandRunner.executable.path) \(arguments)", "screen"],
            environment: ["TERM": "xterm"], executable: URL(fileURLWithPath: "/usr/bin/script")
        )
        return try await shell.result().output
    }

    @Test("a wait for the rate window is shown while it lasts, and taken away")
    func waiting() async throws {
        try await SandboxedCommand.with(orders: 1500) { command in
            let limited = command.sandbox.pluginsYAML().replacing(
                "adapter: digicert", with: "adapter: digicert\n    limits: [\"1/4s\"]"
            )
            try command.runner.write(limited)
            let screen = try await screen(command, "list --provider digicert --status unknown")
            #expect(screen.contains("s for the rate window"))
            #expect(screen.contains("\r\u{1B}[K"))
        }
    }

    @Test("a table fits the terminal, and statuses are coloured; into a pipe nothing is cut or coloured")
    func table() async throws {
        try await SandboxedCommand.with(orders: 60) { command in
            let screen = try await screen(command, "list --provider digicert")
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
