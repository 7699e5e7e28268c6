import CertConformance
import Testing

/// The conformance suite, against a folder.
@Suite("The local CA conforms")
struct LocalCAConformanceTests {
    private static let conformance = Conformance("local-ca") { try await LocalAuthority.describe() }

    @Test("each requirement of the kit holds", arguments: conformance.requirements)
    func conforms(_ requirement: Requirement) async throws { try await requirement.check() }
}
