import CertConformance
import Testing

/// The conformance suite, against the sandbox, for each zone and version of the API.
@Suite("NAVER Cloud conforms")
struct NCPConformanceTests {
    private static let all = NCPAuthority.Variant.allCases.flatMap { variant in
        Conformance(variant.rawValue) { try await NCPAuthority.describe(variant) }.requirements
    }

    @Test("each requirement of the kit holds", arguments: all)
    func conforms(_ requirement: Requirement) async throws { try await requirement.check() }
}
