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
    func conforms(_ requirement: Requirement) async throws {
        if case .notApplicable(let reason) = try await requirement.check() {
            #expect(Self.untried.contains { requirement.id.hasPrefix($0) }, "\(reason)")
        }
    }

    /// What can't be tried: a provider that only reads has nothing to be sent twice, and its list names no pages ahead.
    /// Anything else that isn't tried is a gap below. Take away what an operation that you add makes triable.
    private static let untried = [
        "extras.download-formats", "extras.products-without-request", "extras.renewal-request",
        "extras.revocation-", "find-order.", "lists.upcoming", "mutations.", "secrecy.changes",
        "time.cancelled-before", "time.mutation-",
    ]

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
        authority.mutationCount = .withheld(because: "The stub carries out no change, so it counts none.")
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
