internal import CertProtocol
internal import FoundationEssentials

/// The state machine of an entry: events in, the next entry out. It knows no clock and no store.
extension JournalEntry {
    /// What can happen to an entry.
    enum Event: Sendable {
        /// The call is about to be handed to a provider, and ends by the deadline.
        case send(JournalAttempt, deadline: Date)
        /// The attempt waits longer for its turn than was foreseen.
        case postpone(attempt: String, deadline: Date)
        /// The certificate authority has accepted.
        case accept(Receipt, attempt: String)
        /// It is proven that the attempt was not carried out.
        case refuse(CertificateError, attempt: String)
        /// The answer was lost.
        case lose(CertificateError, attempt: String)
        /// A lookup has found what came of it.
        case find(Receipt)
        /// A lookup has found nothing; it counts as the last where it began a settle time after the deadline.
        case miss(lookedUpAt: Date, settleTime: TimeInterval)
        /// What was pending has moved on.
        case progress(Receipt)
    }

    /// The entry after an event; `nil` where the event doesn't apply to the state that the entry is in, which then stands.
    func after(_ event: Event, at now: Date) -> JournalEntry? {
        var next = self
        next.updatedAt = now
        switch event {
        case .send(let attempt, let deadline):
            guard state.isSafeToSend else { return nil }
            next.state = .sent
            next.provider = attempt.provider
            next.product = attempt.product
            next.attempts.append(attempt)
            next.deadline = deadline
            next.emptyLookups = 0
        case .postpone(let id, let deadline):
            guard state == .sent, attempts.last?.id == id else { return nil }
            next.deadline = max(next.deadline, deadline)
        case .accept(let receipt, let id):
            return accepted(receipt, attempt: id, next)
        case .refuse(let error, let id):
            guard state == .sent, next.end(id, outcome: error.code.rawValue, error.message, at: now) else { return nil }
            next.state = .refused
        case .lose(let error, let id):
            guard state == .sent, next.end(id, outcome: JournalState.outcomeUnknown.rawValue, error.message, at: now)
            else { return nil }
            next.state = .outcomeUnknown
        case .find(let receipt):
            guard JournalState.unresolved.contains(state) else { return nil }
            next.settle(.reconciled, receipt, at: now)
        case .miss(let lookedUpAt, let settleTime):
            guard JournalState.unresolved.contains(state) else { return nil }
            next.emptyLookups += 1
            if next.emptyLookups >= 2, lookedUpAt >= deadline.addingTimeInterval(settleTime) {
                next.settle(.notExecuted, nil, at: now)
            } else if state == .sent, lookedUpAt > deadline {
                // Whoever sent it has gone without a word.
                next.state = .outcomeUnknown
            }
        case .progress(let receipt):
            guard JournalState.ordered.contains(state) else { return nil }
            next.receipt = receipt
            next.orderID = receipt.orderID ?? orderID
        }
        return next
    }

    /// An acceptance is the truth whenever it comes, unless the entry has gone on to another attempt: then the order is noted
    /// at its own.
    private func accepted(_ receipt: Receipt, attempt id: String, _ draft: JournalEntry) -> JournalEntry? {
        var next = draft
        guard next.end(id, outcome: JournalState.accepted.rawValue, nil, at: next.updatedAt, orderID: receipt.orderID)
        else { return nil }
        guard attempts.last?.id == id else { return next }
        next.receipt = receipt
        next.orderID = receipt.orderID ?? orderID
        if state != .reconciled { next.state = .accepted }
        return next
    }

    private mutating func settle(_ state: JournalState, _ receipt: Receipt?, at now: Date) {
        self.state = state
        self.receipt = receipt
        orderID = receipt?.orderID ?? orderID
        guard let last = attempts.indices.last else { return }
        attempts[last].endedAt = now
        attempts[last].outcome = state.rawValue
        attempts[last].orderID = receipt?.orderID
    }

    private mutating func end(
        _ id: String, outcome: String, _ message: String?, at now: Date, orderID: String? = nil
    ) -> Bool {
        guard let index = attempts.lastIndex(where: { $0.id == id }) else { return false }
        attempts[index].endedAt = now
        attempts[index].outcome = outcome
        attempts[index].message = message
        attempts[index].orderID = orderID
        return true
    }
}
