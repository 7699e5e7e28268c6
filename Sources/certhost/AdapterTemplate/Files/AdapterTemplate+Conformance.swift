/// The conformance suite.
extension AdapterTemplate {
    static let conformance = AdapterTemplate(
        "Tests/ExampleCAAdapterTests/ConformanceTests.swift",
        ##"""
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
        """##
    )

    static let account = AdapterTemplate(
        "Tests/ExampleCAAdapterTests/Support/Account.swift",
        ##"""
        import CertConformance
        import CertProtocol
        import Foundation

        @testable import ExampleCAAdapter

        /// An account at a stub server of its own, and the provider that reaches it.
        struct Account {
            /// The id that the provider is configured with.
            static let providerID = "example-ca-test"

            let server = StubServer()
            let factory: FactoryUnderTest
            let provider: any CertificateProvider

            init(token: String = StubServer.token) throws {
                Log.record()
                factory = FactoryUnderTest(
                    .exampleCA(transport: server, clock: .impatient),
                    settings: [
                        "token": .secret(Secret(token)), "base_url": .serviceURL(try ServiceURL(StubServer.root)),
                    ],
                    context: AdapterContext(providerID: Self.providerID, retries: 0, limits: [])
                )
                provider = try factory.make()
            }
        }

        extension OperationClock {
            /// The machine's clocks, but nobody sleeps: a pause that the server asks for costs the tests no time.
            static let impatient = OperationClock(
                now: { .now }, date: { Date() }, sleep: { _ in try Task.checkCancellation() }
            )
        }
        """##
    )
}
