public import CertProtocol

/// What a call that orders something says of itself.
public struct RoutingRequest: Sendable, Hashable {
    /// The names that the certificate is for.
    public var domains: [String]
    /// What is to be validated: `dv`, `ov`, `ev`.
    public var validation: String?
    /// The product.
    public var product: String?
    /// The provider that the call names.
    public var provider: String?
    /// The provider that holds the order that the call is about.
    public var orderHolder: String?
    /// The capability that a candidate has to have; `nil` for any.
    public var capability: Capability?

    /// A request.
    public init(
        domains: [String], validation: String? = nil, product: String? = nil, provider: String? = nil,
        orderHolder: String? = nil, capability: Capability? = nil
    ) {
        self.domains = domains
        self.validation = validation
        self.product = product
        self.provider = provider
        self.orderHolder = orderHolder
        self.capability = capability
    }
}

/// Where a call goes, and why nowhere else.
public struct RoutingDecision: Sendable, Hashable {
    /// A provider that the call doesn't go to.
    public struct Refusal: Sendable, Hashable {
        /// The id of the provider.
        public var provider: String
        /// Why, as the rest of a sentence that starts with it.
        public var reason: String
    }

    /// The targets in the order that they are tried in.
    public var candidates: [RouteTarget]
    /// Every other provider, with the reason.
    public var refused: [Refusal]
}

/// Decides where calls go: a pure function of the request and what is configured.
public struct Router: Sendable {
    /// What the router knows of a provider.
    public struct Snapshot: Sendable, Hashable {
        /// The id of the provider.
        public var id: String
        /// Whether it is used.
        public var isEnabled: Bool
        /// What it can do.
        public var capabilities: Capabilities

        /// A snapshot.
        public init(id: String, isEnabled: Bool, capabilities: Capabilities) {
            self.id = id
            self.isEnabled = isEnabled
            self.capabilities = capabilities
        }
    }

    private let providers: [Snapshot]
    private let routes: [Route]

    /// A router over providers, in their configured order, and routes.
    public init(providers: [Snapshot], routes: [Route]) {
        self.providers = providers
        self.routes = routes
    }

    /// Decides.
    ///
    /// The provider that holds the order comes before the one that the call names, which comes before the first route that
    /// matches.
    ///
    /// - Throws: `invalid_request` where a provider isn't known or contradicts the order's, a name is none, or nothing
    ///   matches. A decision without candidates is none: it says why each target was refused.
    public func decide(_ request: RoutingRequest) throws(CertificateError) -> RoutingDecision {
        if let holder = request.orderHolder {
            if let named = request.provider, named != holder {
                throw CertificateError(
                    .invalidRequest, "The order is held by \(holder); it cannot be handled by \(named)."
                )
            }
            return try decision([RouteTarget(provider: holder, product: request.product)], request, "holds the order")
        }
        if let named = request.provider {
            return try decision([RouteTarget(provider: named, product: request.product)], request, "is the one named")
        }
        let names = try normalized(request.domains)
        guard let index = routes.firstIndex(where: { matches($0, request, names) }) else {
            let usable = providers.filter(\.isEnabled).map(\.id)
            throw CertificateError(
                .invalidRequest,
                "No route matches this call. Name a provider (\(usable.joined(separator: ", "))) or add a "
                    + "route without conditions."
            )
        }
        let targets = routes[index].targets.map {
            RouteTarget(provider: $0.provider, product: $0.product ?? request.product)
        }
        return try decision(targets, request, "is a target of route \(index + 1), the first that matches")
    }

    private func decision(
        _ targets: [RouteTarget], _ request: RoutingRequest, _ rule: String
    ) throws(CertificateError) -> RoutingDecision {
        var decision = RoutingDecision(candidates: [], refused: [])
        for target in targets {
            guard let provider = providers.first(where: { $0.id == target.provider }) else {
                throw CertificateError(
                    .invalidRequest,
                    "There is no provider “\(target.provider)”. Configured are \(providers.map(\.id).joined(separator: ", "))."
                )
            }
            if let reason = refusal(of: provider, request) {
                decision.refused.append(.init(provider: provider.id, reason: reason))
            } else {
                decision.candidates.append(target)
            }
        }
        let targeted = Set(targets.map(\.provider))
        let chosen = targets.map(\.provider).joined(separator: ", ")
        for provider in providers where !targeted.contains(provider.id) {
            decision.refused.append(.init(provider: provider.id, reason: "not chosen: \(chosen) \(rule)"))
        }
        return decision
    }

    private func refusal(of provider: Snapshot, _ request: RoutingRequest) -> String? {
        if !provider.isEnabled { return "disabled" }
        if let capability = request.capability, !provider.capabilities.contains(capability) {
            return "does not offer \(capability.rawValue)"
        }
        return nil
    }

    private func normalized(_ domains: [String]) throws(CertificateError) -> [String] {
        var names: [String] = []
        for domain in domains {
            guard let name = DomainName.normalized(domain) else {
                throw CertificateError(.invalidRequest, "“\(domain)” is not a domain name.")
            }
            names.append(name)
        }
        return names
    }

    private func matches(_ route: Route, _ request: RoutingRequest, _ names: [String]) -> Bool {
        if !route.domains.isEmpty {
            // A call without names states none, and a condition on what isn't stated isn't met.
            guard !names.isEmpty else { return false }
            guard names.allSatisfy({ name in route.domains.contains { $0.matches(name) } }) else { return false }
        }
        if !route.validations.isEmpty {
            guard let validation = request.validation?.lowercased(), route.validations.contains(validation) else {
                return false
            }
        }
        if !route.products.isEmpty {
            guard let product = request.product, route.products.contains(product) else { return false }
        }
        return true
    }
}
