import CertConformance
import TestSupport
import Testing

/// What is logged on the way to DigiCert.
@Suite("DigiCert's log lines")
struct DigiCertLogTests {
    @Test("no log line at any level shows the key, whether the call works or the key is refused")
    func logs() async {
        // In a process of its own, which alone has the logging system.
        await #expect(processExitsWith: .success) {
            let outcome = await LogTrial.outcome("digicert") { try await DigiCertAuthority.describe() }
            #expect(outcome == .passed(notes: []))
        }
    }
}
