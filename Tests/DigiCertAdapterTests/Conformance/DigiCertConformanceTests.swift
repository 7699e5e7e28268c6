import CertConformance
import Testing

/// The conformance suite, against the sandbox.
@Suite("DigiCert conforms")
struct DigiCertConformanceTests {
    private static let conformance = Conformance("digicert") { try await DigiCertAuthority.describe() }

    /// What can't be tried of DigiCert. Anything else that isn't tried is a gap in the description.
    private static let notApplicable: Set = [
        "extras.products-without-request", "extras.revocation-by-key", "secrecy.logs",
    ]

    @Test("each requirement of the kit holds", arguments: conformance.requirements)
    func conforms(_ requirement: Requirement) async throws {
        if case .notApplicable(let reason) = try await requirement.check() {
            #expect(Self.notApplicable.contains(requirement.id), "\(reason)")
        }
    }
}
