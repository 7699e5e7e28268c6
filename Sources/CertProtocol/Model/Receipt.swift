/// What a certificate authority answered to a mutating call. Pending is a state, not an error.
///
/// `Codable`, so that a caller can stop, keep it, and go on later.
public struct Receipt: Sendable, Hashable, Codable {
    /// How far the call got.
    @nonexhaustive
    public enum State: String, Sendable, Hashable, Codable {
        /// The certificate is there.
        case issued
        /// Accepted; ``Receipt/awaiting`` says what for.
        case pending
        /// Done, for calls that issue nothing.
        case done
    }

    /// What a pending order waits for.
    @nonexhaustive
    public enum Awaited: String, Sendable, Hashable, Codable {
        /// A person of the account has to approve it.
        case approval
        /// The control of a domain has to be proven.
        case domainValidation = "domain_validation"
        /// The organization has to be validated.
        case organizationValidation = "organization_validation"
        /// A certificate signing request has to be handed in.
        case request = "csr"
    }

    /// The id of the provider.
    public var provider: String
    /// The operation.
    public var operation: Capability
    /// The key of the journal entry.
    public var journalKey: String?
    /// The certificate authority's id of the order.
    public var orderID: String?
    /// The certificate authority's id of the certificate.
    public var certificateID: String?
    /// How far the call got.
    public var state: State
    /// What a pending order waits for.
    public var awaiting: [Awaited]
    /// The certificate and its chain, PEM, leaf first; empty until issued.
    public var certificatesPEM: [String]

    /// A receipt; set the rest.
    public init(provider: String, operation: Capability, state: State) {
        self.provider = provider
        self.operation = operation
        self.state = state
        awaiting = []
        certificatesPEM = []
    }
}
