public import CertProtocol

/// The adapter of a certificate authority on disk, for development and tests.
///
/// It is a whole authority in a folder: a root, an intermediate that signs, an order for each certificate, a revocation list.
/// Nobody but those who choose to trust its root trusts it.
///
/// The types in here are the authority's own records: `Order.raw` and `Certificate.raw` of the unified model turn into
/// ``LocalCA/Order``.
public enum LocalCA {
    /// What `adapter:` names it in the configuration.
    public static let adapterName = "local-ca"
}

extension AdapterFactory {
    /// A certificate authority in a folder of this machine, for development and tests.
    ///
    /// ## Configuration keys
    /// - `directory` (path, required): the folder of the authority; made on the first order.
    /// - `names` (text): the names that it issues for, such as `*.test, localhost`.
    /// - `longest_validity` (length of time; default `200d`): how long a certificate may be valid at most.
    /// - `default_validity` (length of time; default `90d`): how long one is valid where an order doesn't say.
    ///
    /// - Parameter clock: the time, which certificates carry too.
    /// - Returns: the factory. It names no rate windows: nothing leaves the machine.
    public static func localCA(clock: OperationClock = .system) -> AdapterFactory {
        AdapterFactory(
            name: LocalCA.adapterName,
            title: "Local CA",
            settings: LocalCASettings.declaration,
            defaultLimits: [],
            make: { (values, context) throws(CertificateError) in
                LocalCAProvider(id: context.providerID, settings: try LocalCASettings(values), clock: clock)
            }
        )
    }
}
