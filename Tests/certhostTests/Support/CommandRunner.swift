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

    /// A command that was started.
    struct Started {
        let process: Process
        let output: URL
        let errors: URL
        fileprivate let ended: AsyncStream<Void>
        /// Kept open: a terminal whose input ends hangs up.
        fileprivate let feed: Pipe?

        /// Waits until it has said something on standard error, or has ended.
        func hasSaid(_ text: String) async throws -> Bool {
            while true {
                let isRunning = process.isRunning
                if try String(contentsOf: errors, encoding: .utf8).contains(text) { return true }
                guard isRunning else { return false }
                try await Task.sleep(for: .milliseconds(10))
            }
        }

        /// Waits for the end.
        func result() async throws -> Result {
            for await _ in ended {}
            return Result(
                status: process.terminationStatus,
                output: output.path.hasPrefix("/dev/") ? "" : try String(contentsOf: output, encoding: .utf8),
                errors: try String(contentsOf: errors, encoding: .utf8)
            )
        }
    }

    /// Starts the command without waiting for it.
    func start(
        _ arguments: [String], environment: [String: String] = [:], output: URL? = nil,
        executable: URL = Self.executable, input: String? = nil
    ) throws -> Started {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        var variables = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "SWIFT_BACKTRACE": "enable=no"]
        // Under the address sanitizer the argument parser's own leaks would change the exit status.
        variables["ASAN_OPTIONS"] = "detect_leaks=0"
        variables.merge(environment) { $1 }
        process.environment = variables
        let name = UUID().uuidString
        let outputFile = output ?? folder.appending(path: name + ".out")
        let errorFile = folder.appending(path: name + ".err")
        if output == nil { try Data().write(to: outputFile) }
        try Data().write(to: errorFile)
        let feed = input.map { _ in Pipe() }
        process.standardInput = feed ?? FileHandle.nullDevice
        // Closed here, because the process object may keep them for as long as the tests run.
        let handles = [try FileHandle(forWritingTo: outputFile), try FileHandle(forWritingTo: errorFile)]
        defer { for handle in handles { try? handle.close() } }
        process.standardOutput = handles[0]
        process.standardError = handles[1]
        let (ended, end) = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        if let feed, let input { try feed.fileHandleForWriting.write(contentsOf: Data(input.utf8)) }
        return Started(process: process, output: outputFile, errors: errorFile, ended: ended, feed: feed)
    }

    /// Runs the command to its end.
    func run(
        _ arguments: String..., environment: [String: String] = [:], output: URL? = nil
    ) async throws -> Result {
        try await run(arguments, environment: environment, output: output)
    }

    /// Runs the command to its end.
    func run(
        _ arguments: [String], environment: [String: String] = [:], output: URL? = nil
    ) async throws -> Result {
        try await start(arguments, environment: environment, output: output).result()
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
