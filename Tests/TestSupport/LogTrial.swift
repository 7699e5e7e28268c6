package import CertConformance
internal import InMemoryLogging
internal import Logging

/// The requirement about log lines, which needs a process of its own: a process has one logging system.
package enum LogTrial {
    /// Tries it with every line at every level kept. For the body of an exit test.
    ///
    /// - Parameters:
    ///   - name: the provider's name in the result.
    ///   - describe: describes the authority.
    /// - Returns: what came of it; `nil` where the kit has no such requirement.
    package static func outcome(
        _ name: String, _ describe: @escaping @Sendable () async throws -> AuthorityUnderTest
    ) async -> ConformanceOutcome? {
        var log = InMemoryLogHandler()
        log.logLevel = .trace
        let handler = log
        LoggingSystem.bootstrap { _ in handler }
        let conformance = Conformance(name) {
            var authority = try await describe()
            authority.logs = .made { handler.entries.map { "\($0.message) \($0.metadata)" } }
            return authority
        }
        return await conformance["secrecy.logs"]?.evaluate()
    }
}
