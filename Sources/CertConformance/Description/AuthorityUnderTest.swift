public import CertProtocol

/// The certificate authority behind a provider, as its adapter's author describes it: usually a server of a test's own.
///
/// Only ``provider`` and ``providerID`` have to be there. Every other part that a requirement needs and that is left out
/// makes that requirement fail with a message that names the part; where the authority can't offer it, say so with
/// ``Supplied/withheld(because:)``, and the reason stands in the result.
public struct AuthorityUnderTest: Sendable {
    /// The provider. Give it further attempts for reads (`AdapterContext.retries`) only where they take no long pauses.
    public var provider: any CertificateProvider
    /// The id that it was configured with.
    public var providerID: String
    /// The data that operations are tried with.
    public var samples = Samples()
    /// How the authority is made to misbehave. A fault that has no entry is ``Supplied/missing``.
    public var faults: [AuthorityFault: Supplied<FaultInjection>] = [:]
    /// Ends every misbehaviour.
    public var clearFaults: @Sendable () async throws -> Void = {}
    /// The operations of which nothing comes where the authority's answer is lost, and why: at ACME nobody can finalize an order
    /// whose URL nobody has learnt. That such a call was not carried out is then the truth.
    public var voidWithoutAnswer: [Capability: String] = [:]
    /// How many requests have reached the authority, refused ones included.
    public var requestCount: Supplied<Int> = .missing
    /// How many requests have reached it that were to change something: that place, change or end an order. Logins and
    /// fetching of nonces don't count.
    public var mutationCount: Supplied<Int> = .missing
    /// The texts that must appear nowhere: keys, passwords, tokens.
    public var secrets: Supplied<[String]> = .missing
    /// What was logged so far, one line each, metadata included.
    public var logs: Supplied<[String]> = .missing
    /// The factory that makes such providers, and what it takes.
    public var factory: Supplied<FactoryUnderTest> = .missing
    /// Ends what was started for it.
    public var close: @Sendable () async -> Void = {}

    /// The authority behind a provider; set the rest.
    public init(provider: any CertificateProvider, id providerID: String) {
        self.provider = provider
        self.providerID = providerID
    }

    /// The authority behind a provider that a factory makes; set the rest.
    public init(_ factory: FactoryUnderTest) throws(CertificateError) {
        self.init(provider: try factory.make(), id: factory.context.providerID)
        self.factory = .value(factory)
    }
}

/// An adapter's factory, and what it makes the provider under test from.
public struct FactoryUnderTest: Sendable {
    /// The factory.
    public var factory: AdapterFactory
    /// The values of the settings, by name.
    public var settings: [String: SettingValue]
    /// The provider's place in the configuration.
    public var context: AdapterContext

    /// A factory and what it takes.
    public init(_ factory: AdapterFactory, settings: [String: SettingValue], context: AdapterContext) {
        self.factory = factory
        self.settings = settings
        self.context = context
    }

    /// Makes a provider.
    public func make() throws(CertificateError) -> any CertificateProvider {
        try factory.make(SettingsValues(settings), context)
    }
}
