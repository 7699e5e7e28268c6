internal import CertProtocol
internal import FoundationEssentials

/// Keeps a call that has no key of its caller's from ordering what an earlier call may have ordered.
struct DuplicateGuard: Sendable {
    /// Where the call may go. An order at any of them counts: after a failover it may lie at another than the first.
    let targets: [RouteTarget]
    /// How long an order counts.
    let window: TimeInterval
    /// The time.
    let now: Date

    /// Why a call must not be sent; `nil` where it may.
    func conflict(
        with draft: JournalEntry, in journal: any JournalReading
    ) throws(CertificateError) -> CertificateError? {
        let rule = draft.request.duplicateRule
        guard rule != .none else { return nil }
        let states = JournalState.unresolved.union(JournalState.ordered)
        let others = try journal.entries(JournalQuery(states: states, subject: draft.subject)).filter { other in
            other.key != draft.key
                && targets.contains { $0.provider == other.provider && $0.product == other.product }
        }
        if let unresolved = others.last(where: { JournalState.unresolved.contains($0.state) }) {
            return error(.outcomeUnknown, unresolved)
        }
        let ordered = others.last { other in
            guard now.timeIntervalSince(other.attempts.last?.startedAt ?? other.createdAt) < window else {
                return false
            }
            switch rule {
            case .ordersOnce: return true
            case .ordersOnceForEachKey: return draft.request.asksTheSame(as: other.request)
            case .onlyUnresolved, .none: return false
            }
        }
        return ordered.map { error(.rejected, $0) }
    }

    private func error(_ code: CertificateError.Code, _ entry: JournalEntry) -> CertificateError {
        let order = entry.orderID.map { "order \(entry.provider)/\($0)" } ?? "an order at \(entry.provider)"
        var error = CertificateError(
            code,
            code == .outcomeUnknown
                ? "Nothing was sent: an earlier \(entry.operation.rawValue) of the same names at \(entry.provider) may have been "
                    + "carried out. Reconcile the journal entry \(entry.key) first, or insist."
                : "Nothing was sent: the journal has \(order) of the same names from the last 24 hours (entry \(entry.key)). "
                    + "Insist to order once more."
        )
        error.provider = entry.provider
        error.operation = entry.operation
        error.journalKey = entry.key
        error.receipt = entry.receipt
        return error
    }
}
