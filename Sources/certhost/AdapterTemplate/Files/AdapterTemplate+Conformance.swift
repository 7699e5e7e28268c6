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
        """##
    )

    static let account = AdapterTemplate(
        "Tests/ExampleCAAdapterTests/Support/Account.swift",
        ##"""
        import CertConformance
        import CertProtocol
        import Foundation
        import HTTPTransport

        @testable import ExampleCAAdapter

        /// An account at a stub server of its own, and the provider that reaches it.
        struct Account {
            /// The id that the provider is configured with.
            static let providerID = "example-ca-test"

            let server: StubServer
            let transport: AsyncHTTPTransport
            let factory: FactoryUnderTest
            let provider: any CertificateProvider

            init() throws {
                Log.record()
                server = try StubServer()
                transport = AsyncHTTPTransport()
                factory = FactoryUnderTest(
                    .exampleCA(transport: transport, clock: .impatient),
                    settings: [
                        "token": .secret(Secret(StubServer.token)), "base_url": .serviceURL(try ServiceURL(server.root)),
                    ],
                    context: AdapterContext(providerID: Self.providerID, retries: 0, limits: [])
                )
                provider = try factory.make()
            }

            /// Runs `body` with an account, and ends the account.
            static func with<Result>(_ body: (Account) async throws -> Result) async throws -> Result {
                let account = try Account()
                do {
                    let result = try await body(account)
                    await account.close()
                    return result
                } catch {
                    await account.close()
                    throw error
                }
            }

            /// Another provider of the account: with another token, or where nobody listens.
            func provider(token: String? = nil, root: String? = nil) throws -> any CertificateProvider {
                var other = factory
                if let token { other.settings["token"] = .secret(Secret(token)) }
                if let root { other.settings["base_url"] = .serviceURL(try ServiceURL(root)) }
                return try other.make()
            }

            func close() async {
                await transport.shutdown()
                server.stop()
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
