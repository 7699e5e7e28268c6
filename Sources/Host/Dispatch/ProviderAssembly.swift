internal import CertProtocol

/// Makes the providers of a configuration, and keeps what an earlier configuration made where nothing of it has changed.
struct ProviderAssembly: Sendable {
    let registry: AdapterRegistry
    let circuitBreaker: CircuitBreaker.Policy?
    private let shared = SharedResources()

    init(registry: AdapterRegistry, circuitBreaker: CircuitBreaker.Policy?) {
        self.registry = registry
        self.circuitBreaker = circuitBreaker
    }

    /// Makes or keeps the providers of a configuration, in their order.
    ///
    /// - Parameters:
    ///   - configuration: the configuration.
    ///   - rootsRevision: which content of `ca_file` it is.
    ///   - earlier: the providers that there are already.
    /// - Returns: what could be made, and a problem for each that could not.
    func providers(
        of configuration: HostConfiguration, rootsRevision: Int = 0, keeping earlier: [ConfiguredProvider] = []
    ) -> (providers: [ConfiguredProvider], problems: [CertificateError]) {
        let network = NetworkOptions(
            additionalRoots: configuration.caFile, proxy: configuration.proxy, rootsRevision: rootsRevision)
        let earlier = Dictionary(earlier.map { ($0.id, $0) }) { first, _ in first }
        var providers: [ConfiguredProvider] = []
        var problems: [CertificateError] = []
        for entry in configuration.providers {
            do throws(CertificateError) {
                providers.append(try provider(entry, network, keeping: earlier[entry.id]))
            } catch {
                problems.append(error.filled(provider: entry.id, operation: nil))
            }
        }
        return (providers, problems)
    }

    private func provider(
        _ entry: ProviderConfiguration, _ network: NetworkOptions, keeping earlier: ConfiguredProvider?
    ) throws(CertificateError) -> ConfiguredProvider {
        guard let factory = registry[entry.adapter] else {
            throw CertificateError(
                .invalidConfiguration,
                "Provider \(entry.id) names the adapter “\(entry.adapter)”, which is not registered."
            )
        }
        if let earlier, earlier.network == network, earlier.isUsable || !entry.isEnabled {
            var same = earlier.configuration
            if same == entry { return earlier }
            // The host reads these two; the adapter never learns of them.
            same.timeout = entry.timeout
            same.isEnabled = entry.isEnabled
            if same == entry { return earlier.with(entry) }
        }
        let shared = shared.share()
        let context = AdapterContext(
            providerID: entry.id, retries: entry.retries, concurrency: entry.concurrency, limits: entry.limits,
            network: network, shared: shared
        )
        do throws(CertificateError) {
            return ConfiguredProvider(
                configuration: entry, title: factory.title, provider: try factory.make(entry.settings, context),
                circuit: circuit(of: entry, network, factory, keeping: earlier), network: network, shared: shared
            )
        } catch {
            // A provider that isn't used needs no credentials; it is shown, and can do nothing.
            guard !entry.isEnabled else { throw error }
            return ConfiguredProvider(
                configuration: entry, title: factory.title, provider: UnusedProvider(), circuit: nil, network: network,
                shared: shared
            )
        }
    }

    /// The circuit of a provider. What is known about a certificate authority's health holds for as long as it is asked at the
    /// same place in the same way with the same credential; whoever changes that may have mended what was wrong.
    private func circuit(
        of entry: ProviderConfiguration, _ network: NetworkOptions, _ factory: AdapterFactory,
        keeping earlier: ConfiguredProvider?
    ) -> ProviderCircuit? {
        if let earlier, let circuit = earlier.circuit, earlier.network == network,
            earlier.configuration.adapter == entry.adapter, earlier.configuration.settings == entry.settings
        {
            return circuit
        }
        return circuitBreaker.map { ProviderCircuit(providerID: entry.id, title: factory.title, policy: $0) }
    }
}

extension ConfiguredProvider {
    /// Whether it was made, and doesn't only stand for one that could not be.
    fileprivate var isUsable: Bool { !(provider is UnusedProvider) }

    /// The same provider with another timeout, or enabled or disabled.
    fileprivate func with(_ configuration: ProviderConfiguration) -> ConfiguredProvider {
        ConfiguredProvider(
            configuration: configuration, title: title, provider: provider, circuit: circuit, network: network,
            shared: shared
        )
    }
}
