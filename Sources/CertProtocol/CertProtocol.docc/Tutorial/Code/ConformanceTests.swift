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
        authority.samples.orders = .value([.order("501")])
        authority.samples.missingOrder = .value(.order("999999"))
        for fault in misbehaviour { authority.faults[fault] = .injected { server.meet(fault) } }
        authority.faults[.wrongCredential] = .provider { try account.provider(token: "another-token-not-a-secret") }
        authority.faults[.unreachable] = .provider { try account.provider(root: "http://127.0.0.1:1/v1") }
        for fault in [AuthorityFault.lostAnswer, .failureAfterExecution, .failureBeforeExecution] {
            authority.faults[fault] = .withheld(because: "The stub carries out no change.")
        }
        authority.clearFaults = { server.meet(nil) }
        authority.requestCount = .made { server.requests.count }
        authority.mutationCount = .value(0)
        authority.secrets = [StubServer.token, "another-token-not-a-secret"]
        authority.logs = .made { Log.lines }
        authority.close = { await account.close() }
        return authority
    }

    /// The ways in which the stub can misbehave.
    private static let misbehaviour: [AuthorityFault] = [
        .unavailable, .rateLimited, .html, .truncated, .hang, .unknownStatus, .unknownFields, .rowsRemoved,
        .rowsInserted, .repeatedPage,
    ]
}
