import CertConformance
import InMemoryLogging
import Logging
import Testing

/// What is logged on the way to NAVER Cloud.
@Suite("NAVER Cloud's log lines")
struct NCPLogTests {
    @Test("no log line at any level shows a key, whether the call works or the secret key is refused")
    func logs() async {
        // In a process of its own, which alone has the logging system.
        await #expect(processExitsWith: .success) {
            var log = InMemoryLogHandler()
            log.logLevel = .trace
            let handler = log
            LoggingSystem.bootstrap { _ in handler }
            let conformance = Conformance("ncp") {
                var authority = try await NCPAuthority.describe(.publicV2)
                authority.logs = .made { handler.entries.map { "\($0.message) \($0.metadata)" } }
                return authority
            }
            let requirement = try #require(conformance["secrecy.logs"])
            #expect(await requirement.evaluate() == .passed(notes: []))
        }
    }
}
