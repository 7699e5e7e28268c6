/// Where calls go that name no provider: when the conditions hold, these targets, in this order.
public struct Route: Sendable, Hashable {
    /// Patterns, one of which every name of the call has to match; empty for any name.
    public var domains: [DomainPattern]
    /// Validations, one of which the call has to state; empty for any.
    public var validations: [String]
    /// Products, one of which the call has to state; empty for any.
    public var products: [String]
    /// The targets, first choice first.
    public var targets: [RouteTarget]

    /// A route; by default one that matches every call.
    public init(
        domains: [DomainPattern] = [], validations: [String] = [], products: [String] = [], targets: [RouteTarget]
    ) {
        self.domains = domains
        self.validations = validations
        self.products = products
        self.targets = targets
    }
}

/// One choice of a route.
public struct RouteTarget: Sendable, Hashable {
    /// The id of the provider.
    public var provider: String
    /// The product that is ordered there in place of the call's.
    public var product: String?

    /// A target.
    public init(provider: String, product: String? = nil) {
        self.provider = provider
        self.product = product
    }
}
