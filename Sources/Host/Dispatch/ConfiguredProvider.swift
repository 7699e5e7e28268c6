public import CertProtocol

/// One provider of a host: its configuration, and what can be asked of it.
public struct ConfiguredProvider: Sendable {
    /// What it was made from.
    public let configuration: ProviderConfiguration
    /// The certificate authority's name for people.
    public let title: String
    let provider: any CertificateProvider
    /// What refuses calls while the provider is down; `nil` where nothing does.
    let circuit: ProviderCircuit?
    /// How its certificate authority is reached.
    let network: NetworkOptions
    /// What it shares with others, which lives as long as it does.
    let shared: SharedResources

    /// Its id.
    public var id: String { configuration.id }
    /// Whether it is used.
    public var isEnabled: Bool { configuration.isEnabled }
    /// What it can do.
    public var capabilities: ProviderCapabilities { provider.capabilities }
}

/// A provider that is disabled and lacks what it would need to be made.
struct UnusedProvider: CertificateProvider {
    let capabilities = ProviderCapabilities(operations: [])
}
