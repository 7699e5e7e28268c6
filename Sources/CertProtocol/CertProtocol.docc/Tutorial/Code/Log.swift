import InMemoryLogging
import Logging

/// What is logged while the tests run. A process has one logging system, so all of them share it.
enum Log {
    private static let handler = {
        var handler = InMemoryLogHandler()
        handler.logLevel = .trace
        let shared = handler
        LoggingSystem.bootstrap { _ in shared }
        return shared
    }()

    /// Starts to keep what is logged. Loggers that were made before go on without it.
    static func record() { _ = handler }

    /// The lines so far, each with its metadata.
    static var lines: [String] { handler.entries.map { "\($0.message) \($0.metadata)" } }
}
