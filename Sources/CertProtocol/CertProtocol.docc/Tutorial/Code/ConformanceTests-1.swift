import CertConformance
import CertProtocol
import Testing

/// What certhost asks of every adapter: one result for each requirement, with what to do where one isn't met.
///
/// An operation that is added to the provider needs a sample here; whatever is missing is told by the results.
@Suite("Conformance")
struct ConformanceTests {
    private static let conformance = Conformance("example-ca") { try describe() }

    @Test("each requirement holds", arguments: conformance.requirements)
    func conforms(_ requirement: Requirement) async throws { try await requirement.check() }

    /// The authority behind the provider: a stub of its own for each requirement.
    private static func describe() throws -> AuthorityUnderTest {
        let account = try Account()
        let server = account.server
        var authority = try AuthorityUnderTest(account.factory)
        for fault in StubServer.faults { authority.faults[fault] = .injected { server.meet(fault) } }
        for fault in StubServer.changeFaults {
            authority.faults[fault] = .withheld(because: "The stub carries out no change.")
        }
        authority.clearFaults = { server.meet(nil) }
        authority.requestCount = .made { server.requests.count }
        authority.mutationCount = .value(0)
        authority.secrets = [StubServer.token]
        authority.logs = .made { Log.lines }
        return authority
    }
}
