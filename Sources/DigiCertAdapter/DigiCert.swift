public import AdapterHTTP
public import CertProtocol

/// DigiCert CertCentral, by its Services API v2.
///
/// The types nested here are what the API sends, field by field, as DigiCert documents it. The records of the unified model
/// keep the JSON they were made from, and each of these types can be read from it:
///
/// ```swift
/// let info = DigiCert.OrderInfo(order.raw)
/// ```
public enum DigiCert {
    /// What `adapter:` names it in the configuration.
    public static let adapterName = "digicert"

    /// The rate windows that DigiCert documents (“Rate limits”), rolling, for each user that API keys belong to.
    static let documentedLimits = [RateWindow(100, per: .seconds(5)), RateWindow(1000, per: .seconds(180))]
}

extension AdapterFactory {
    /// Makes providers for accounts at DigiCert CertCentral, in the United States or in Europe.
    ///
    /// ## Configuration keys
    ///
    /// - `api_key` (secret, required): an API key of CertCentral.
    /// - `region` (`us` or `eu`, default `us`): the platform that holds the account.
    /// - `base_url` (URL, optional): the root of the API; overrides `region`.
    ///
    /// - Parameters:
    ///   - transport: what knows sockets.
    ///   - clock: the time.
    /// - Returns: the factory, named `digicert`.
    public static func digiCert(
        transport: any ClientTransport, clock: OperationClock = .system
    ) -> AdapterFactory {
        AdapterFactory(
            name: DigiCert.adapterName,
            title: "DigiCert CertCentral",
            settings: DigiCertSettings.declaration,
            defaultLimits: DigiCert.documentedLimits
        ) { values, context throws(CertificateError) in
            let settings = try DigiCertSettings(values)
            return DigiCertProvider(
                providerID: context.providerID,
                api: DigiCertAPI(settings, context: context, transport: transport, clock: clock)
            )
        }
    }
}
