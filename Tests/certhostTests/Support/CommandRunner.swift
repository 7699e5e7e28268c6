import CASandbox
import CertProtocol
import Foundation

/// The built command, run as a user runs it: as a process, with its own environment and folder.
struct CommandRunner {
    /// How a run ended.
    struct Result {
        var status: Int32
        var output: String
        var errors: String

        var json: JSONValue? { try? JSONValue(parsing: output) }
        var records: [JSONValue] { lines(output) }
        var errorRecords: [JSONValue] { lines(errors) }

        private func lines(_ text: String) -> [JSONValue] {
            text.split(separator: "\n").compactMap { try? JSONValue(parsing: String($0)) }
        }
    }

    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "certhost-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// The command beside the test bundle that is running.
    static var executable: URL {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "certhost")
    }

    func write(_ text: String, to name: String = "plugins.yaml") throws {
        try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }

    /// Starts the command without waiting for it.
    func start(
        _ arguments: [String], environment: [String: String] = [:], output: URL? = nil
    ) throws -> (process: Process, output: URL, errors: URL) {
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        var variables = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "SWIFT_BACKTRACE": "enable=no"]
        variables.merge(environment) { $1 }
        process.environment = variables
        let name = UUID().uuidString
        let outputFile = output ?? folder.appending(path: name + ".out")
        let errorFile = folder.appending(path: name + ".err")
        if output == nil { try Data().write(to: outputFile) }
        try Data().write(to: errorFile)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
        return (process, outputFile, errorFile)
    }

    /// Runs the command to its end.
    func run(
        _ arguments: String..., environment: [String: String] = [:], output: URL? = nil
    ) async throws -> Result {
        let started = try start(arguments, environment: environment, output: output)
        await Self.end(of: started.process)
        return Result(
            status: started.process.terminationStatus,
            output: output == nil ? try String(contentsOf: started.output, encoding: .utf8) : "",
            errors: try String(contentsOf: started.errors, encoding: .utf8)
        )
    }

    /// Waits for a process without holding up the tests that run beside.
    static func end(of process: Process) async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                process.waitUntilExit()
                continuation.resume()
            }
        }
    }
}

/// A command over a sandbox in the test's own process, so that a test can see what was asked of it.
struct SandboxedCommand {
    let runner: CommandRunner
    let sandbox: CASandbox

    static func with<Value>(
        orders: Int = 0, _ body: (SandboxedCommand) async throws -> Value
    ) async throws -> Value {
        let command = SandboxedCommand(
            runner: try CommandRunner(), sandbox: try await CASandbox.start(options: SandboxOptions(orders: orders))
        )
        try command.runner.write(command.sandbox.pluginsYAML())
        do {
            let value = try await body(command)
            await command.sandbox.stop()
            try? FileManager.default.removeItem(at: command.runner.folder)
            return value
        } catch {
            await command.sandbox.stop()
            throw error
        }
    }

    /// A configuration with one provider whose address is a server of the test's.
    static func digiCert(port: Int, key: String = "test-key-not-a-secret", extra: String = "") -> String {
        """
        version: 1
        providers:
          digicert:
            adapter: digicert
            retries: 0
            settings: {api_key: \(key), base_url: "http://127.0.0.1:\(port)/services/v2"}
        \(extra)
        """
    }
}

/// An official sample, from the adapters' own fixtures.
func officialSample(_ adapter: String, _ name: String) throws -> JSONValue {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "\(adapter)Tests/Fixtures/\(name)")
    return try JSONValue(parsing: Array(Data(contentsOf: file)))
}
