import BenchmarkSupport
import CASandbox
import Foundation

/// The other side, in a process of its own, so that what the client holds can be told apart: a sandbox, and a proxy before
/// it that spoils answers.
enum Server {
    /// Prints a configuration and serves until standard input ends; then tells what befell the requests.
    static func run(_ options: Options) async throws {
        let sandbox = try await CASandbox.start(options: SandboxOptions(orders: options.orders))
        let dice = FaultDice(seed: options.seed, percent: options.percent)
        let proxy = try FaultyProxy(upstream: sandbox.port, dice: dice)
        proxy.start()
        let keys = ["limits: []", "concurrency: 8", "retries: 10", "timeout: 120s"].map { "    \($0)\n" }.joined()
        let configuration = sandbox.pluginsYAML().replacingOccurrences(
            of: "    settings:", with: keys + "    settings:")
        let spoilt = configuration.replacingOccurrences(of: ":\(sandbox.port)", with: ":\(proxy.port)")
        say(configuration + separator + spoilt + separator, terminator: "")
        while readLine() != nil {}
        say(dice.summary)
        await sandbox.stop()
    }

    /// Stands between the configurations that the process prints.
    static let separator = "# --\n"

    /// The process, seen from the client.
    final class Process {
        /// How the sandbox is reached directly, and how through the proxy.
        let configurations: (direct: String, spoilt: String)
        private let process = Foundation.Process()
        private let input = Pipe()
        private let output = Pipe()

        init(_ options: Options) throws {
            process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
            process.arguments = ["--serve"] + options.arguments
            process.standardInput = input
            process.standardOutput = output
            try process.run()
            var text = ""
            while text.components(separatedBy: Server.separator).count < 3,
                case let more = output.fileHandleForReading.availableData, !more.isEmpty
            {
                text += String(decoding: more, as: UTF8.self)
            }
            let parts = text.components(separatedBy: Server.separator)
            guard parts.count == 3 else { throw CocoaError(.executableLoad) }
            configurations = (parts[0], parts[1])
        }

        /// Ends it; what befell the requests.
        func stop() -> String {
            try? input.fileHandleForWriting.close()
            let summary = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return String(decoding: summary, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }
}
