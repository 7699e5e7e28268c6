/// How far a mutating call got, as far as the journal knows.
///
/// ```
/// intended ──▶ sent ──▶ accepted
///    ▲          ├─────▶ refused ──────┐
///    │          └─────▶ outcomeUnknown ──▶ reconciled
///    │                        └────────▶ notExecuted ──┐
///    └── the same key may be sent again from here ◀────┘
/// ```
@nonexhaustive
public enum JournalState: String, CaseIterable, Sendable, Hashable, Codable {
    /// Written down and not sent: safe to send.
    case intended
    /// It may have been sent: never safe to send again without a lookup.
    case sent
    /// The certificate authority has accepted it.
    case accepted
    /// It is proven that it was not carried out.
    case refused
    /// The answer was lost: it may or may not have been carried out.
    case outcomeUnknown = "outcome_unknown"
    /// A lookup has found what came of it.
    case reconciled
    /// Two lookups have found nothing, the second of them long enough after the deadline.
    case notExecuted = "not_executed"

    /// The states in which nobody knows whether something was ordered.
    public static let unresolved: Set<JournalState> = [.sent, .outcomeUnknown]
    /// The states in which something was ordered.
    public static let ordered: Set<JournalState> = [.accepted, .reconciled]

    /// Whether a call in this state may be sent, for the first time or again.
    public var isSafeToSend: Bool { self == .intended || self == .refused || self == .notExecuted }
}
