import CertProtocol
import Foundation
import Host
import Testing

@testable import ExampleCAAdapter

/// The adapter as a program meets it: registered with one line, and configured in a file.
@Suite("Registration")
struct RegistrationTests {
    /// A configuration with one account.
    private static func file(token: String = "${env:EXAMPLE_CA_TOKEN}", root: String) -> String {
        """
        version: 1
        providers:
          example-ca:
            adapter: example-ca
            settings:
              token: \(token)
              base_url: \(root)
        """
    }

    private static func load(_ file: String, _ registry: AdapterRegistry) async throws -> LoadedConfiguration {
        let path = FileManager.default.temporaryDirectory.appending(path: "../certhost").path
        try file.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let variables = ["EXAMPLE_CA_TOKEN": StubServer.token]
        return try await ConfigurationLoader(registry: registry, variables: variables).load(path: path)
    }

    @Test("a host lists everything that the account holds")
    func list() async throws {
        try await Account.with { account in
            let registry = try AdapterRegistry([.exampleCA(transport: account.transport)])
            let loaded = try await Self.load(Self.file(root: account.server.root), registry)
            let host = try CertificateHost(configuration: loaded.configuration, registry: registry)
            var names: [String] = []
            for await event in try host.listCertificates() {
                switch event {
                case .items(let certificates, _): names += certificates.compactMap(\.commonName)
                case .problems(let rows, _): Issue.record("\(rows.count) rows could not be read")
                case .outcome(let outcome): #expect(outcome.kind == .ok, "\(String(describing: outcome.error))")
                }
            }
            #expect(names == (1001...1025).map { "host-\($0).example.com" })
        }
    }

    @Test("a token that stands in the file is refused")
    func literal() async throws {
        try await Account.with { account in
            let registry = try AdapterRegistry([.exampleCA(transport: account.transport)])
            let literal = Self.file(token: "a-token-not-a-secret", root: "https://api.example-ca.example/v1")
            await #expect(throws: ConfigurationError.self) { try await Self.load(literal, registry) }
        }
    }
}
