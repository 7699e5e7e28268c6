internal import ArgumentParser
internal import CertProtocol
internal import Dispatch

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// One run of a command: it ends early when the user interrupts it or its time is over.
final class CommandRun: Sendable {
    private enum End {
        case none, interrupted, timedOut
    }

    private let end = Locked(End.none)
    private let timeout: Duration?

    init(timeout: Duration?) { self.timeout = timeout }

    /// Runs a command.
    ///
    /// - Throws: the exit status, where it isn't 0; 130 after an interruption, unless it has left something whose outcome isn't
    ///   known: that is 4.
    func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let task = Task { try await body() }
        let sources = watchSignals { [self] in
            let isFirst = end.withLock { end in
                defer { if end == .none { end = .interrupted } }
                return end != .interrupted
            }
            // Whoever presses it twice doesn't want to wait for anything.
            if isFirst { task.cancel() } else { _exit(130) }
        }
        let timer = timeout.map { timeout in
            Task { [self] in
                try await Task.sleep(for: timeout)
                end.withLock { if $0 == .none { $0 = .timedOut } }
                task.cancel()
            }
        }
        let result = await task.result
        timer?.cancel()
        for source in sources { source.cancel() }
        if end.withLock({ $0 == .interrupted }) {
            StandardStream.output.flush()
            StandardStream.error.writeLine("certhost: interrupted")
            if case .failure(let error) = result, (error as? ExitCode)?.rawValue == 4 { throw ExitCode(4) }
            throw ExitCode(130)
        }
        try result.get()
    }

    /// The error as it is meant: a cancellation because the time was over is a timeout.
    func translated(_ error: CertificateError) -> CertificateError {
        guard error.code == .cancelled, end.withLock({ $0 == .timedOut }) else { return error }
        var translated = error
        translated.code = .timeout
        translated.message = "The command did not finish within \(timeout?.text ?? "its time") (--timeout)."
        return translated
    }

    private func watchSignals(_ handler: @escaping @Sendable () -> Void) -> [any DispatchSourceSignal] {
        [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler(handler: handler)
            source.resume()
            return source
        }
    }
}
