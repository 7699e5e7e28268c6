public import CertProtocol

/// What a mutating call would do, for `--dry-run`.
public struct OrderingPlan: Sendable {
    /// The operation.
    public var operation: Capability
    /// The key that it would have: the caller's, or one that is made up for the real call.
    public var key: String?
    /// Where it would go, and why nowhere else.
    public var decision: RoutingDecision
    /// The request as the first candidate would get it.
    public var request: JournaledRequest
    /// The entry that the key has already.
    public var existing: JournalEntry?
    /// What the call would be refused with, without traffic; `nil` where it would be sent, or answered from the journal.
    public var conflict: CertificateError?

    /// Whether the call would be answered from the journal, without traffic.
    public var isAnswered: Bool { existing.map { JournalState.ordered.contains($0.state) } ?? false }
}
