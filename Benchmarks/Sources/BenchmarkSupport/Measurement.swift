public import Foundation

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// One run of the command, as the operating system accounts for it.
public struct Measurement: Sendable {
    /// The time that passed.
    public let seconds: Double
    /// The time that processors worked for it, user and system.
    public let cpuSeconds: Double
    /// The most memory that it had.
    public let peakMebibytes: Double
    /// The lines that it wrote to standard output.
    public let records: Int

    /// The time that passed for each line.
    public var microsecondsPerRecord: Double { seconds * 1_000_000 / Double(max(1, records)) }

    /// Runs `certhost list --format ndjson` and measures it.
    ///
    /// - Throws: ``Failure`` where it doesn't end well, since its figures would mean nothing.
    public init(command: String, configuration: URL, provider: String, options: [String] = []) throws {
        let output = Self.temporaryFile()
        let errors = Self.temporaryFile()
        defer {
            try? FileManager.default.removeItem(at: output)
            try? FileManager.default.removeItem(at: errors)
        }
        let arguments =
            [command, "list", "-c", configuration.path, "--provider", provider, "--format", "ndjson"] + options
        let start = ContinuousClock.now
        let (status, usage) = try Self.run(arguments, output: output, errors: errors)
        seconds = start.duration(to: .now).inSeconds
        guard status == 0 else {
            throw Failure(
                reason: "certhost ended with status \(status): "
                    + ((try? String(contentsOf: errors, encoding: .utf8)) ?? "").suffix(1000)
            )
        }
        cpuSeconds = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
        #if canImport(Darwin)
            peakMebibytes = Double(usage.ru_maxrss) / 1_048_576
        #else
            peakMebibytes = Double(usage.ru_maxrss) / 1024
        #endif
        records = try Self.countLines(of: output)
    }

    /// Why there is no measurement.
    public struct Failure: Error, CustomStringConvertible {
        /// What happened.
        public let reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }

        /// What happened.
        public var description: String { reason }
    }

    private static func temporaryFile() -> URL {
        FileManager.default.temporaryDirectory.appending(path: "certhost-benchmark-\(UUID().uuidString)")
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }

    private static func run(_ arguments: [String], output: URL, errors: URL) throws -> (Int32, rusage) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var process = pid_t()
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        guard posix_spawn(&process, arguments[0], &actions, nil, &pointers, environ) == 0 else {
            throw Failure(reason: "\(arguments[0]) could not be started.")
        }
        var status: Int32 = 0
        var usage = rusage()
        guard wait4(process, &status, 0, &usage) == process else {
            throw Failure(reason: "\(arguments[0]) could not be waited for.")
        }
        return (status, usage)
    }

    private static func countLines(of file: URL) throws -> Int {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        var lines = 0
        while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
            lines += chunk.count { $0 == UInt8(ascii: "\n") }
        }
        return lines
    }
}
