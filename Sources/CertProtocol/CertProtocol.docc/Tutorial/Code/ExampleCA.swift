public import AdapterHTTP
public import CertProtocol

/// Example CA, by its API v1.
///
/// The types nested here are what the API sends, field by field. The records of the unified model keep the JSON that they were
/// made from, and each of these types can be read from it:
///
/// ```swift
/// let info = ExampleCA.Order(order.raw)
/// ```
public enum ExampleCA {
    /// What `adapter:` names it in the configuration.
    public static let adapterName = "example-ca"

    /// The rate windows that the API documents, for each token. Several hold at once.
    static let documentedLimits = [RateWindow(50, per: .seconds(1))]
}

extension AdapterFactory {
    /// Makes providers for accounts at Example CA.
    ///
    /// ## Configuration keys
    ///
    /// - `token` (secret, required): an API token of the account.
    /// - `base_url` (URL, required): the root of the API.
    ///
    /// - Parameters:
    ///   - transport: what knows sockets.
    ///   - clock: the time.
    /// - Returns: the factory, named `example-ca`.
    public static func exampleCA(
        transport: any ClientTransport, clock: OperationClock = .system
    ) -> AdapterFactory {
        AdapterFactory(
            name: ExampleCA.adapterName,
            title: "Example CA",
            settings: ExampleCASettings.declaration,
            defaultLimits: ExampleCA.documentedLimits
        ) { values, context throws(CertificateError) in
            let settings: ExampleCASettings = try values.decode()
            return ExampleCAProvider(
                providerID: context.providerID,
                api: ExampleCAAPI(settings, context: context, transport: transport, clock: clock)
            )
        }
    }
}
