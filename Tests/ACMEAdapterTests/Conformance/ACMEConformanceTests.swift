import CertConformance
import TestSupport
import Testing

/// The conformance suite, against Pebble.
@Suite("ACME conforms", .enabled(if: Pebble.isInstalled, Comment(rawValue: Pebble.absence)))
struct ACMEConformanceTests {
    private static let conformance = Conformance("acme") { try await ACMEAuthority.describe() }

    /// What can't be tried of ACME: it has no list.
    private static let notApplicable: Set = [
        "extras.page-size", "extras.products-without-request", "extras.renewal-request", "lists.filter",
        "lists.repeated-page", "lists.rows-inserted", "lists.rows-removed", "lists.small-pages", "lists.upcoming",
        "secrecy.logs",
    ]

    @Test("each requirement of the kit holds", arguments: conformance.requirements)
    func conforms(_ requirement: Requirement) async throws {
        if case .notApplicable(let reason) = try await requirement.check() {
            #expect(Self.notApplicable.contains(requirement.id), "\(reason)")
        }
    }

    @Test("no log line at any level shows the external account's key, whether the call works or is refused")
    func logs() async {
        // In a process of its own, which alone has the logging system.
        await #expect(processExitsWith: .success) {
            let outcome = await LogTrial.outcome("acme") { try await ACMEAuthority.describe() }
            #expect(outcome == .passed(notes: []))
        }
    }
}
