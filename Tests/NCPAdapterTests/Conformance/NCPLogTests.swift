import CertConformance
import TestSupport
import Testing

/// What is logged on the way to NAVER Cloud.
@Suite("NAVER Cloud's log lines")
struct NCPLogTests {
    @Test("no log line at any level shows a key, whether the call works or the secret key is refused")
    func logs() async {
        // In a process of its own, which alone has the logging system.
        await #expect(processExitsWith: .success) {
            let outcome = await LogTrial.outcome("ncp") { try await NCPAuthority.describe(.publicV2) }
            #expect(outcome == .passed(notes: []))
        }
    }
}
