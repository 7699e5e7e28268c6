public import CertProtocol

/// The adapters that a program has, by the names that `adapter:` uses. Frozen once it is made.
///
/// ```swift
/// let registry = try AdapterRegistry([.exampleCA(transport: transport), .otherCA(transport: transport)])
/// ```
public struct AdapterRegistry: Sendable {
    /// The factories in the order given.
    public let factories: [AdapterFactory]

    /// A registry of these adapters.
    ///
    /// - Throws: `invalid_configuration` where two have one name, or the settings of one can't be as they are declared.
    public init(_ factories: [AdapterFactory]) throws(CertificateError) {
        var names: Set<String> = []
        for factory in factories where !names.insert(factory.name).inserted {
            throw CertificateError(.invalidConfiguration, "Two adapters are registered as “\(factory.name)”.")
        }
        for factory in factories {
            guard let mistake = factory.mistake else { continue }
            throw CertificateError(.invalidConfiguration, "The adapter \(factory.name) \(mistake).")
        }
        self.factories = factories
    }

    /// The names, in the order given.
    public var names: [String] { factories.map(\.name) }

    /// The adapter of that name.
    public subscript(_ name: String) -> AdapterFactory? { factories.first { $0.name == name } }
}
