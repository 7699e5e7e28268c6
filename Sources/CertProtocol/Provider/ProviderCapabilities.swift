/// What one configured provider can do.
///
/// This belongs to a provider, not to an adapter: two accounts of one certificate authority may differ, because of the
/// region, the API version or the contract.
public struct ProviderCapabilities: Sendable, Hashable {
    /// The operations that work. Whatever isn't in the set is refused by the host without network traffic.
    public var operations: Capabilities
    /// What an order can be looked up by, for `order-detail`.
    public var lookups: [OrderLookup]
    /// The rows of a page of a list, where lists have pages.
    public var pageSize: Int?
    /// What `download` can deliver.
    public var downloadFormats: [DownloadFormat]
    /// Whether `renew` needs a new certificate signing request.
    public var renewalNeedsRequest: Bool
    /// The reasons that `revoke` takes.
    public var revocationReasons: [RevocationReason]
    /// What `revoke` can reach.
    public var revocationScopes: [RevocationScope.Kind]
    /// The products whose key the certificate authority makes itself. They are ordered without a certificate signing request,
    /// and with one they are refused.
    public var productsWithoutRequest: [String]
    /// Whether `revoke` takes the certificate's own key in place of the account's right to it: whoever has the key may revoke.
    public var revokesByKey: Bool

    /// Describes a provider.
    public init(
        operations: Capabilities,
        lookups: [OrderLookup] = [],
        pageSize: Int? = nil,
        downloadFormats: [DownloadFormat] = [],
        renewalNeedsRequest: Bool = false,
        revocationReasons: [RevocationReason] = [],
        revocationScopes: [RevocationScope.Kind] = [],
        productsWithoutRequest: [String] = [],
        revokesByKey: Bool = false
    ) {
        self.operations = operations
        self.lookups = lookups
        self.pageSize = pageSize
        self.downloadFormats = downloadFormats
        self.renewalNeedsRequest = renewalNeedsRequest
        self.revocationReasons = revocationReasons
        self.revocationScopes = revocationScopes
        self.productsWithoutRequest = productsWithoutRequest
        self.revokesByKey = revokesByKey
    }
}

/// What an order can be looked up by.
@nonexhaustive
public enum OrderLookup: String, CaseIterable, Sendable, Hashable, Codable {
    /// The certificate authority's id of the order.
    case order
    /// The serial number of the order's certificate, hexadecimal.
    case serial
    /// The SHA-1 thumbprint of the order's certificate, hexadecimal.
    case thumbprint
}
