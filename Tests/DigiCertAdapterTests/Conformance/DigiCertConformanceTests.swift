import CertConformance
import Testing

/// The conformance suite, against the sandbox.
@Suite("DigiCert conforms")
struct DigiCertConformanceTests {
    private static let conformance = Conformance("digicert") { try await DigiCertAuthority.describe() }

    @Test("each requirement of the kit holds", arguments: conformance.requirements)
    func conforms(_ requirement: Requirement) async throws { try await requirement.check() }
}
