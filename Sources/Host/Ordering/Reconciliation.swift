public import CertProtocol
public import FoundationEssentials

/// What reconciling has made of one journal entry.
public struct Reconciliation: Sendable {
    /// What came of the lookup.
    @nonexhaustive
    public enum Outcome: Sendable {
        /// The order was found; the entry is `reconciled`.
        case found
        /// Nothing was found, long enough after the deadline: the entry is `notExecuted`, and its key may be sent again.
        case notExecuted
        /// Nothing was found yet. A lookup from this instant on can be the last.
        case notFound(conclusiveFrom: Date)
        /// The certificate authority doesn't tell. A person has to look there.
        case cannotTell
        /// The call may still be under way, until this instant.
        case skipped(until: Date)
        /// There was nothing to look up: it is known what came of the call.
        case settled
        /// The lookup failed.
        case failed(CertificateError)
    }

    /// The entry as it is now.
    public var entry: JournalEntry
    /// What came of the lookup.
    public var outcome: Outcome
}
