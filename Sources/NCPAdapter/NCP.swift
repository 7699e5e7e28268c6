public import AdapterHTTP
public import CertProtocol

/// The adapter of NAVER Cloud Platform's Certificate Manager.
///
/// The types in here are the authority's own records as its API documentation names them. `Certificate.raw` and
/// `Order.raw` of the unified model turn into them: `NCP.Certificate(certificate.raw)`, `NCP.Order(order.raw)`.
///
/// The documentation is `api.ncloud-docs.com`, chapter Certificate Manager. Its tables promise no response field, so every
/// property is optional but the id that a record hangs on. Texts are kept as sent, dates included.
public enum NCP {
    /// What `adapter:` names it in the configuration.
    public static let adapterName = "ncp"
}

extension AdapterFactory {
    /// NAVER Cloud Platform Certificate Manager, in the public, the government and the financial zone.
    ///
    /// ## Configuration keys
    /// - `access_key` (secret, required): the access key id of an API authentication key.
    /// - `secret_key` (secret, required): its secret key.
    /// - `zone` (`public`, `gov`, `fin`; default `public`): which of the three separate clouds.
    /// - `api` (`v1`, `v2`; default `v2` in the public zone, `v1` elsewhere): which version of the API.
    /// - `ca_tag` (text): the tag of the account's private certificate authority, which signs in the government zone.
    /// - `base_url` (an origin): reached instead of the zone's own host.
    ///
    /// - Parameters:
    ///   - transport: what knows sockets.
    ///   - clock: the time, which signatures carry too.
    /// - Returns: the factory. It names no rate windows, since the authority documents none.
    public static func ncp(transport: any ClientTransport, clock: OperationClock = .system) -> AdapterFactory {
        AdapterFactory(
            name: NCP.adapterName,
            title: "NAVER Cloud Platform Certificate Manager",
            settings: NCPSettings.declaration,
            defaultLimits: [],
            make: { (values, context) throws(CertificateError) in
                let settings = try NCPSettings(values)
                return NCPProvider(settings: settings, context: context, transport: transport, clock: clock)
            }
        )
    }
}
