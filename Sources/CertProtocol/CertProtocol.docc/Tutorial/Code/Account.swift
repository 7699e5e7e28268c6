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
