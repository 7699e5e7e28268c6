public import CertProtocol
public import FoundationEssentials

/// One line of the audit trail: who did what, where, and what came of it. There is one before and one after every mutating
/// call, kept in the journal's store and written to the log. No secret stands in it, and nothing of a key.
public struct AuditRecord: Sendable, Hashable, Codable {
    /// Which side of the call the record stands on.
    @nonexhaustive
    public enum Phase: String, Sendable, Hashable, Codable {
        /// Written before the first byte leaves.
        case before
        /// Written once the outcome is known, or known to be unknown.
        case after
        /// Written when a later lookup has settled what wasn't known.
        case reconciled
    }

    /// When it was written.
    public var date: Date
    /// Which side of the call it stands on.
    public var phase: Phase
    /// On whose behalf: an operating system user, or the embedder's principal.
    public var principal: String
    /// The operation.
    public var operation: Capability
    /// The id of the provider.
    public var provider: String
    /// The key of the journal entry.
    public var key: String
    /// The attempt that it belongs to.
    public var attempt: String?
    /// The certificate authority's id of the order, as far as it is known.
    public var orderID: String?
    /// The state that the journal entry is in, or the code of the error; `nil` before the call.
    public var outcome: String?

    /// A record.
    public init(
        date: Date, phase: Phase, principal: String, operation: Capability, provider: String, key: String,
        attempt: String? = nil, orderID: String? = nil, outcome: String? = nil
    ) {
        self.date = date
        self.phase = phase
        self.principal = principal
        self.operation = operation
        self.provider = provider
        self.key = key
        self.attempt = attempt
        self.orderID = orderID
        self.outcome = outcome
    }
}
