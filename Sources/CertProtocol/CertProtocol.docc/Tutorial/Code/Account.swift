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
