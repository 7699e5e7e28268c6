public import AdapterHTTP
public import CertProtocol

/// The adapter of every certificate authority that speaks ACME (RFC 8555): Let's Encrypt, DigiCert and NAVER Cloud with an
/// external account, Pebble, step-ca, Caddy and others.
///
/// The types in here are the protocol's own records as RFC 8555 names them. `Order.raw` of the unified model turns into one:
/// `ACME.Order(order.raw)`.
public enum ACME {
    /// What `adapter:` names it in the configuration.
    public static let adapterName = "acme"
}

extension AdapterFactory {
    /// Certificates by ACME (RFC 8555), with or without an external account.
    ///
    /// ## Configuration keys
    /// - `directory` (a URL, required): the directory of the server.
    /// - `contact` (text): the mail addresses of the account, separated by commas.
    /// - `terms_agreed` (`true`, `false`; default `false`): whether you agree to the server's terms of service.
    /// - `eab_key_id` (text), `eab_hmac_key` (secret): the external account, where the server binds accounts to one.
    /// - `account_key` (secret): the account's private key, PEM, in place of one that is made and kept in `state`.
    /// - `state` (a path): the folder of the account's key and of the orders that are under way.
    /// - `challenge` (`http-01`, `dns-01`; default `http-01`): how the control of domains is proven.
    /// - `hook_command` (a path): a program that publishes what proves it.
    /// - `http_directory` (a path): the root of a web server, which `http-01` is published into.
    /// - `preferred_chain` (text): the issuer of the topmost certificate, where the server offers several chains.
    /// - `authorization_timeout` (a length of time; default `5m`): how long the server may take to decide.
    ///
    /// - Parameters:
    ///   - transport: what knows sockets.
    ///   - clock: the time.
    /// - Returns: the factory. It names no rate windows, since each server has its own.
    public static func acme(transport: any ClientTransport, clock: OperationClock = .system) -> AdapterFactory {
        AdapterFactory(
            name: ACME.adapterName,
            title: "ACME",
            settings: ACMESettings.declaration,
            defaultLimits: [],
            make: { (values, context) throws(CertificateError) in
                let settings = try ACMESettings(values, providerID: context.providerID)
                return ACMEProvider(settings: settings, context: context, transport: transport, clock: clock)
            }
        )
    }
}
