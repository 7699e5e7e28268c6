import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One run of the command, as the operating system accounts for it.
struct Measurement {
    let seconds: Double
    let peakMebibytes: Double
    let records: Int

    var microsecondsPerRecord: Double { seconds * 1_000_000 / Double(max(1, records)) }

    init(command: String, configuration: URL, provider: String) throws {
        let output = FileManager.default.temporaryDirectory.appending(
            path: "certhost-benchmark-\(UUID().uuidString).out")
        defer { try? FileManager.default.removeItem(at: output) }
        let arguments = [
            command, "list", "-c", configuration.path, "--provider", provider, "--format", "ndjson",
        ]
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)

        let start = ContinuousClock.now
        var process = pid_t()
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        guard posix_spawn(&process, command, &actions, nil, &pointers, environ) == 0 else {
            throw CocoaError(.executableNotLoadable)
        }
        var status: Int32 = 0
        var usage = rusage()
        guard wait4(process, &status, 0, &usage) == process, status == 0 else {
            print("certhost ended with status \(status); the figures would mean nothing.")
            exit(1)
        }
        let elapsed = ContinuousClock.now - start
        seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        peakMebibytes = Double(usage.ru_maxrss) / 1024
        records = try Self.countLines(of: output)
    }

    private static func countLines(of file: URL) throws -> Int {
        let handle = try FileHandle(forReadingFrom: file)
        var lines = 0
        while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
            lines += chunk.count { $0 == UInt8(ascii: "\n") }
        }
        return lines
    }
}
