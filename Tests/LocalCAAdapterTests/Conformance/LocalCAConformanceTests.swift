import CertConformance
import Testing

/// The conformance suite, against a folder.
@Suite("The local CA conforms")
struct LocalCAConformanceTests {
    private static let conformance = Conformance("local-ca") { try await LocalAuthority.describe() }

    /// What can't be tried of a folder: nothing is sent, and there is no credential.
    private static let notApplicable: Set = [
        "errors.authentication", "errors.malformed-response", "errors.rate-limited", "errors.unavailable",
        "errors.unreachable", "extras.products-without-request", "extras.revocation-by-key",
        "find-order.after-lost-answer", "lists.repeated-page", "lists.rows-inserted", "lists.upcoming",
        "mutations.failure-after-execution", "mutations.lost-answer", "mutations.sent-once", "secrecy.changes",
        "secrecy.dumps", "secrecy.errors", "secrecy.logs", "time.cancellation", "time.deadline",
        "time.mutation-cancellation", "time.mutation-deadline",
    ]

    @Test("each requirement of the kit holds", arguments: conformance.requirements)
    func conforms(_ requirement: Requirement) async throws {
        if case .notApplicable(let reason) = try await requirement.check() {
            #expect(Self.notApplicable.contains(requirement.id), "\(reason)")
        }
    }
}
