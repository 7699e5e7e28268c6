import CertProtocol
import Foundation

@testable import Host

/// A provider that is an object of its own, so that a test can tell whether it is the same one.
final class TracedProvider: CertificateProvider {
    let capabilities = ProviderCapabilities(operations: [.listCertificates])
    let key: Secret
    private let check: @Sendable () async throws(CertificateError) -> Void

    init(key: Secret, check: @escaping @Sendable () async throws(CertificateError) -> Void) {
        self.key = key
        self.check = check
    }

    func checkHealth(_ request: HealthCheckRequest, context: OperationContext) async throws(CertificateError) {
        try await check()
    }
}

/// A file of providers, and a host that reads it again.
struct ReloadFixture {
    static let key = Setting("key", .secret, isRequired: true, "The key.")

    let file: ConfigurationFixture
    let registry: AdapterRegistry

    /// A file with that text; `check` is what its providers say about their health.
    init(
        _ yaml: String,
        check: @escaping @Sendable () async throws(CertificateError) -> Void = { () throws(CertificateError) in }
    ) throws {
        file = try ConfigurationFixture(yaml)
        let traced = AdapterFactory(
            name: "traced", title: "Traced CA", settings: SettingsDeclaration([Self.key]), defaultLimits: []
        ) { values, _ throws(CertificateError) in
            guard let key = values.secret(Self.key) else { throw CertificateError(.invalidConfiguration, "No key.") }
            guard key != Secret("refused") else {
                throw CertificateError(.invalidConfiguration, "The adapter refuses this.")
            }
            return TracedProvider(key: key, check: check)
        }
        registry = try AdapterRegistry([traced])
    }

    /// A host over the file, whose variables are those of the process unless others are given.
    func host(
        variables: [String: String]? = nil, sandbox: EmbeddedSandbox? = nil,
        circuitBreaker: CircuitBreaker.Policy? = .default
    ) async throws -> ReloadableHost {
        let loader = ConfigurationLoader(registry: registry, variables: variables, embeddedSandbox: sandbox)
        return try await ReloadableHost(path: file.path, loader: loader, circuitBreaker: circuitBreaker)
    }

    /// Replaces the file as an editor does, in one step.
    func write(_ yaml: String) throws { try file.write(yaml, to: "plugins.yaml") }

    /// A provider of the file, its key in a file of its own.
    static func provider(_ id: String, _ more: String = "") -> String {
        "  \(id): {adapter: traced, settings: {key: \"${file:\(id).key}\"}\(more)}\n"
    }

    /// A file with providers of these ids.
    static func yaml(_ ids: String...) -> String {
        "version: 1\nproviders:\n" + ids.map { provider($0) }.joined()
    }
}

extension CertificateHost {
    /// The provider of an id, as an object.
    func traced(_ id: String) throws -> TracedProvider? { try provider(id).provider as? TracedProvider }
}
