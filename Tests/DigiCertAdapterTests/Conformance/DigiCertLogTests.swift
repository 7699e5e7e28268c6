import CertConformance
import InMemoryLogging
import Logging
import Testing

/// What is logged on the way to DigiCert.
@Suite("DigiCert's log lines")
struct DigiCertLogTests {
    @Test("no log line at any level shows the key, whether the call works or the key is refused")
    func logs() async {
        // In a process of its own, which alone has the logging system.
        await #expect(processExitsWith: .success) {
            var log = InMemoryLogHandler()
            log.logLevel = .trace
            let handler = log
            LoggingSystem.bootstrap { _ in handler }
            let conformance = Conformance("digicert") {
                var authority = try await DigiCertAuthority.describe()
                authority.logs = .made { handler.entries.map { "\($0.message) \($0.metadata)" } }
                return authority
            }
            let requirement = try #require(conformance["secrecy.logs"])
            #expect(await requirement.evaluate() == .passed(notes: []))
        }
    }
}
