/// One thing that a provider may be able to do.
///
/// The raw value is the stable name that configuration, command line, JSON and errors use.
@nonexhaustive
public enum Capability: String, CaseIterable, Sendable, Hashable, Codable {
    /// List every certificate that the account holds.
    case listCertificates = "list-certificates"
    /// Read one order with all that the certificate authority knows about it.
    case orderDetail = "order-detail"
    /// List the duplicates of an order.
    case listDuplicates = "list-duplicates"
    /// List the reissues of an order.
    case listReissues = "list-reissues"
    /// List the orders of sub-accounts.
    case listSubaccountOrders = "list-subaccount-orders"
    /// List what changed its status lately.
    case listChanges = "list-changes"
    /// List the products that the account can order.
    case listProducts = "list-products"
    /// List the organizations that certificates can be issued to.
    case listOrganizations = "list-organizations"
    /// Look an order up by what the journal knows of it.
    case findOrder = "find-order"
    /// Order a new certificate.
    case issue
    /// Order the successor of a certificate.
    case renew
    /// Have a certificate of a paid order made anew.
    case reissue
    /// Have a further certificate made within a paid order.
    case duplicate
    /// Revoke a certificate, or every certificate of an order.
    case revoke
    /// Cancel an order that is still pending.
    case cancel
    /// Download a certificate with its chain.
    case download
    /// Show and check how the control of a domain is proven.
    case domainValidation = "domain-validation"
    /// Choose another way to prove the control of a domain.
    case domainValidationChange = "domain-validation-change"
    /// List, approve and reject requests that wait for a person.
    case approvals
    /// Register a certificate that another authority issued.
    case `import`
    /// Delete a certificate from the account.
    case delete
    /// Switch the automatic renewal of a certificate on or off.
    case autoRenewal = "auto-renewal"
    /// Extend the paid period of an order.
    case extend
}

/// A set of capabilities: data that the host reads before it calls.
public struct Capabilities: OptionSet, Sendable, Hashable {
    /// One bit for each capability, in the order of `Capability.allCases`.
    public let rawValue: UInt64

    /// A set from its bits.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// A set of these capabilities.
    public init(_ capabilities: some Sequence<Capability>) {
        rawValue = capabilities.reduce(0) { $0 | Self.bit($1) }
    }

    /// Whether the set holds this capability.
    public func contains(_ capability: Capability) -> Bool { rawValue & Self.bit(capability) != 0 }

    /// The capabilities of the set, in the order of `Capability.allCases`.
    public var elements: [Capability] { Capability.allCases.filter(contains) }

    private static func bit(_ capability: Capability) -> UInt64 {
        Capability.allCases.firstIndex(of: capability).map { 1 << UInt64($0) } ?? 0
    }
}

extension Capabilities: ExpressibleByArrayLiteral, CustomStringConvertible {
    /// A set of these capabilities.
    public init(arrayLiteral elements: Capability...) { self.init(elements) }

    /// The names, separated by commas.
    public var description: String { elements.map(\.rawValue).joined(separator: ", ") }
}
