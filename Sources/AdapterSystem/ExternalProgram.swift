public import CertProtocol
internal import FoundationEssentials

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A program of the operator's that an adapter runs: to publish something, for one.
///
/// It is started without a shell, in a process group of its own, with nothing on standard input. What it prints goes to this
/// process's standard error and nowhere else. It has this process's environment and what is added to that, and none of its
/// open files.
public struct ExternalProgram: Sendable {
    /// The program, an absolute path.
    public let path: String
    private let clock: OperationClock

    /// A program.
    public init(path: String, clock: OperationClock = .system) {
        self.path = path
        self.clock = clock
    }

    /// Runs the program to its end. No thread is blocked meanwhile.
    ///
    /// - Parameters:
    ///   - arguments: what it is given, each as it is.
    ///   - environment: what is added to the environment.
    ///   - deadline: when it is ended, with all that it has started: politely, and two seconds later for good.
    /// - Throws: `invalid_configuration` where it can't be started or ends with another status than 0, `timeout` and
    ///   `cancelled` where it was ended.
    public func run(
        _ arguments: [String], environment: [String: String] = [:], until deadline: ContinuousClock.Instant?
    ) async throws(CertificateError) {
        let process = try await start(arguments, ProcessInfo.processInfo.environment.merging(environment) { $1 })
        var pause = Duration.milliseconds(5)
        while true {
            var status: Int32 = 0
            let ended = waitpid(process, &status, WNOHANG)
            if ended == process {
                guard status == 0 else { throw failure(Self.words(for: status)) }
                return
            }
            if ended < 0, errno != EINTR { throw failure("was lost") }
            if let deadline, clock.now() >= deadline {
                await Self.end(process)
                throw CertificateError(.timeout, "\(path) didn't end in time. Raise timeout if it is known to be slow.")
            }
            do {
                try await clock.sleep(clock.now().advanced(by: pause))
            } catch {
                await Self.end(process)
                throw CertificateError(.cancelled, "The call was cancelled while \(path) ran.")
            }
            pause = min(pause * 2, .milliseconds(100))
        }
    }

    /// Starts the program. One that is being written at this moment, in which case the system refuses, is tried again for a
    /// second.
    private func start(
        _ arguments: [String], _ environment: [String: String]
    ) async throws(CertificateError) -> pid_t {
        var result: Int32 = 0
        for _ in 0..<50 {
            var process: pid_t = 0
            result = spawn(&process, arguments, environment)
            if result == 0 { return process }
            guard result == ETXTBSY, (try? await Task.sleep(for: .milliseconds(20))) != nil else { break }
        }
        throw failure("can't be started (\(String(cString: strerror(result))))")
    }

    /// Starts the program once; 0, or the error's number.
    private func spawn(_ process: inout pid_t, _ arguments: [String], _ environment: [String: String]) -> Int32 {
        #if canImport(Glibc)
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #else
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, 2, 1)
        // Signals that this process ignores or holds back are not the program's business, nor are this process's sockets.
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        var flags = Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
        #if canImport(Glibc)
            // Other threads open files between this look and the start, so more are closed than are open now; closing one that
            // isn't open is no failure.
            let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
            let highest = open.compactMap { Int32($0) }.max() ?? 1024
            for descriptor in 3...(max(3, highest) + 256) { posix_spawn_file_actions_addclose(&actions, descriptor) }
        #else
            flags |= Int32(POSIX_SPAWN_CLOEXEC_DEFAULT)
            posix_spawn_file_actions_addinherit_np(&actions, 2)
        #endif
        posix_spawnattr_setflags(&attributes, Int16(truncatingIfNeeded: flags))
        return Self.withPointers([path] + arguments) { arguments in
            Self.withPointers(environment.map { "\($0)=\($1)" }) { environment in
                posix_spawn(&process, path, &actions, &attributes, arguments, environment)
            }
        }
    }

    /// Ends the program and what it has started. Not cut short by a cancellation.
    private static func end(_ process: pid_t) async {
        await Task.detached {
            kill(-process, SIGTERM)
            var hasEnded = false
            for _ in 0..<100 where !hasEnded {
                hasEnded = waitpid(process, nil, WNOHANG) != 0
                if !hasEnded { try? await Task.sleep(for: .milliseconds(20)) }
            }
            kill(-process, SIGKILL)
            while !hasEnded {
                hasEnded = waitpid(process, nil, WNOHANG) != 0
                if !hasEnded { try? await Task.sleep(for: .milliseconds(5)) }
            }
        }.value
    }

    private func failure(_ what: String) -> CertificateError {
        CertificateError(.invalidConfiguration, "\(path) \(what). What it has to say stands on standard error.")
    }

    /// What a status of waitpid means.
    private static func words(for status: Int32) -> String {
        status & 0x7F == 0 ? "ended with status \(status >> 8 & 0xFF)" : "was ended by signal \(status & 0x7F)"
    }

    /// Texts as C has them, ended by a null pointer.
    private static func withPointers<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = texts.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}
