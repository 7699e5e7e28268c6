import CertConformance
import CertProtocol

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
            .exampleCA(transport: server),
            settings: [
                "token": .secret(Secret(token)), "base_url": .serviceURL(try ServiceURL(StubServer.root)),
            ],
            context: AdapterContext(providerID: Self.providerID, retries: 0, limits: [])
        )
        provider = try factory.make()
    }
}
