import ACMEAdapter
import AdapterHTTP
import CertConformance
import CertProtocol
import DigiCertAdapter
import Foundation
import HTTPTransport
import Host
import LocalCAAdapter
import NCPAdapter

/// A run of the conformance suite against a real account, as environment variables describe it.
struct LiveRun: Sendable {
    /// What is wrong with the variables.
    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    /// The variables that have to be there.
    static let required = ["CERTHOST_LIVE_CONFIG", "CERTHOST_LIVE_PROVIDER"]

    let variables: [String: String]
    /// The requirements that may order or change something.
    let mutating: Set<String>
    // Rate windows belong to the credential, so they hold over all requirements of the run.
    private let shared = SharedResources()

    init(_ variables: [String: String]) {
        self.variables = variables
        let named = variables["CERTHOST_LIVE_MUTATE"]?.split(separator: ",") ?? []
        mutating = Set(named.map { $0.trimmingCharacters(in: .whitespaces) })
    }

    /// Why nothing can be tried; `nil` where it can.
    var obstacle: String? {
        let missing = Self.required.filter { variables[$0] == nil }
        return missing.isEmpty ? nil : "no real account is named: set \(missing.joined(separator: " and "))"
    }

    /// Tries a requirement. What changes anything is tried only where it is named.
    func evaluate(_ id: String) async -> ConformanceOutcome {
        let name = variables["CERTHOST_LIVE_PROVIDER"] ?? "live"
        let mode: Conformance.Mode = mutating.contains(id) ? .mutating : .readOnly
        let conformance = Conformance(name, mode: mode, patience: .seconds(300)) { try await describe() }
        guard let requirement = conformance[id] else { return .failed("There is no requirement \(id).") }
        return await requirement.evaluate()
    }

    // MARK: The account

    private func describe() async throws -> AuthorityUnderTest {
        let transport = CountingTransport(environment: variables)
        let registry = try AdapterRegistry([
            .digiCert(transport: transport), .ncp(transport: transport), .acme(transport: transport),
            .localCA(),
        ])
        let configuration = try await ConfigurationLoader(registry: registry, variables: variables)
            .load(path: variables["CERTHOST_LIVE_CONFIG"] ?? "", environment: variables["CERTHOST_LIVE_ENVIRONMENT"])
            .configuration
        let id = variables["CERTHOST_LIVE_PROVIDER"] ?? ""
        guard let provider = configuration.providers.first(where: { $0.id == id }),
            let factory = registry[provider.adapter]
        else {
            let known = configuration.providers.map(\.id).joined(separator: ", ")
            throw Mistake(description: "There is no provider \(id); the configuration has \(known).")
        }
        var settings: [String: SettingValue] = [:]
        for setting in factory.settings.settings { settings[setting.name] = provider.settings[setting] }
        var authority = try AuthorityUnderTest(
            FactoryUnderTest(
                factory, settings: settings,
                context: AdapterContext(
                    providerID: id, retries: provider.retries, concurrency: provider.concurrency,
                    limits: provider.limits,
                    network: NetworkOptions(additionalRoots: configuration.caFile, proxy: configuration.proxy),
                    shared: shared
                )
            )
        )
        authority.samples = LiveSamples(variables: variables, provider: authority.provider).samples()
        for fault in AuthorityFault.known {
            authority.faults[fault] = .withheld(because: "A real authority is not made to misbehave.")
        }
        authority.requestCount = .made { transport.requests }
        authority.mutationCount = .made { transport.changes }
        authority.secrets = .value(Self.secrets(in: settings))
        authority.logs = .withheld(because: "A live run captures no log.")
        authority.close = { await transport.shutdown() }
        return authority
    }

    private static func secrets(in settings: [String: SettingValue]) -> [String] {
        settings.values.compactMap { value in
            guard case .secret(let secret) = value else { return nil }
            return secret.withExposedValue { $0 }
        }
    }
}
