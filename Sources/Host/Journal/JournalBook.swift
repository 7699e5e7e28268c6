internal import CertProtocol
internal import FoundationEssentials
internal import Logging

/// The rules of the journal over whichever store: who may send, what is the same, and the audit trail.
struct JournalBook: Sendable {
    /// Where a call stands that somebody wants to make.
    enum Standing: Sendable {
        /// It may be sent.
        case safe(JournalEntry)
        /// Another call with its key is under way.
        case underway(JournalEntry)
        /// It was sent, and nobody knows what came of it.
        case lost(JournalEntry)
        /// It was answered.
        case ordered(JournalEntry)

        init(_ entry: JournalEntry) {
            switch entry.state {
            case .intended, .refused, .notExecuted: self = .safe(entry)
            case .sent: self = .underway(entry)
            case .outcomeUnknown: self = .lost(entry)
            case .accepted, .reconciled: self = .ordered(entry)
            }
        }
    }

    /// What came of the wish to send.
    enum Permission: Sendable {
        /// The journal has it as sent by this attempt: now it has to be sent.
        case granted(JournalEntry)
        /// Something has happened to the call meanwhile.
        case denied(Standing)
    }

    let journal: any Journal
    let clock: OperationClock
    let policy: OrderingPolicy
    let logger: Logger

    /// Writes a call down, or finds it written down already.
    ///
    /// - Parameters:
    ///   - draft: the call.
    ///   - named: the provider that the call insists on.
    ///   - duplicates: what keeps a call without a key from being sent; `nil` where the caller gave one, or insists.
    /// - Returns: where the call stands.
    /// - Throws: `invalid_request` for a key of another request, `rejected` or `outcome_unknown` for a possible duplicate.
    func intend(
        _ draft: JournalEntry, named: String?, duplicates: DuplicateGuard?
    ) async throws(CertificateError) -> Standing {
        try await journal.update { transaction throws(CertificateError) in
            if let entry = try transaction.entry(draft.key) {
                try Self.check(draft.request, named: named, isOf: entry)
                return Standing(entry)
            }
            if let conflict = try duplicates?.conflict(with: draft, in: transaction) { throw conflict }
            try transaction.save(draft)
            return .safe(draft)
        }
    }

    /// Takes the right to send, in one step that only one attempt of all processes can win, and writes the audit record that
    /// stands before the call.
    func send(
        _ key: String, _ attempt: JournalAttempt, deadline: Date, principal: String, duplicates: DuplicateGuard?
    ) async throws(CertificateError) -> Permission {
        let (permission, record) = try await journal.update { transaction throws(CertificateError) in
            guard let entry = try transaction.entry(key) else {
                throw CertificateError(
                    .invalidConfiguration, "The journal has lost the entry \(key); nothing was sent.")
            }
            guard let next = entry.after(.send(attempt, deadline: deadline), at: attempt.startedAt) else {
                return (Permission.denied(Standing(entry)), AuditRecord?.none)
            }
            // Another call of the same content may have been written down and sent since this one was.
            if let conflict = try duplicates?.conflict(with: entry, in: transaction) { throw conflict }
            let record = next.record(.before, principal: principal, at: attempt.startedAt)
            try transaction.save(next)
            try transaction.append(record)
            return (.granted(next), record)
        }
        if let record { log(record) }
        return permission
    }

    /// Lets an attempt that waits for its turn end later.
    ///
    /// - Throws: `timeout` where it was given up meanwhile: it must not be sent.
    func postpone(_ key: String, attempt: String, to deadline: Date) async throws(CertificateError) {
        let now = clock.date()
        try await journal.update { transaction throws(CertificateError) in
            guard let entry = try transaction.entry(key),
                let next = entry.after(.postpone(attempt: attempt, deadline: deadline), at: now)
            else {
                throw CertificateError(
                    .timeout, "The call waited for its turn for so long that it was given up; nothing was sent."
                )
            }
            try transaction.save(next)
        }
    }

    /// Writes down what has happened, with the audit record of it.
    ///
    /// - Returns: the entry as it is now; where the event came too late to change it, as it was.
    @discardableResult
    func note(
        _ event: JournalEntry.Event, key: String, principal: String
    ) async throws(CertificateError) -> JournalEntry {
        let now = clock.date()
        let (entry, record) = try await journal.update { transaction throws(CertificateError) in
            guard let entry = try transaction.entry(key) else {
                throw CertificateError(.invalidConfiguration, "The journal has lost the entry \(key).")
            }
            guard let next = entry.after(event, at: now) else { return (entry, AuditRecord?.none) }
            try transaction.save(next)
            guard let phase = event.auditPhase(from: entry, to: next) else { return (next, nil) }
            let record = next.record(phase, principal: principal, at: now)
            try transaction.append(record)
            return (next, record)
        }
        if let record { log(record) }
        return entry
    }

    /// Where the call of a key stands.
    func standing(_ key: String) async throws(CertificateError) -> Standing {
        try await journal.read { reading throws(CertificateError) in
            guard let entry = try reading.entry(key) else {
                throw CertificateError(.invalidConfiguration, "The journal has lost the entry \(key).")
            }
            return Standing(entry)
        }
    }

    /// Refuses a key that belongs to another request.
    static func check(
        _ request: JournaledRequest, named: String?, isOf entry: JournalEntry
    ) throws(CertificateError) {
        guard request.asksTheSame(as: entry.request), named == nil || named == entry.provider else {
            var error = CertificateError(
                .invalidRequest,
                "The key \(entry.key) belongs to another request (\(entry.operation.rawValue) at \(entry.provider)). "
                    + "Use a key of its own for each request."
            )
            error.journalKey = entry.key
            throw error
        }
    }

    private func log(_ record: AuditRecord) {
        var metadata: Logger.Metadata = [
            "audit.phase": "\(record.phase.rawValue)", "principal": "\(record.principal)",
            "operation": "\(record.operation.rawValue)", "provider.id": "\(record.provider)",
            "journal.key": "\(record.key)",
        ]
        if let orderID = record.orderID { metadata["order.id"] = "\(orderID)" }
        if let outcome = record.outcome { metadata["outcome"] = "\(outcome)" }
        logger.info("audit", metadata: metadata)
    }
}

extension JournalEntry {
    func record(_ phase: AuditRecord.Phase, principal: String, at date: Date) -> AuditRecord {
        AuditRecord(
            date: date, phase: phase, principal: principal, operation: operation, provider: provider, key: key,
            attempt: attempts.last?.id, orderID: orderID,
            outcome: phase == .before ? nil : state == .refused ? attempts.last?.outcome : state.rawValue
        )
    }
}

extension JournalEntry.Event {
    /// The side of the call that the audit record of this event stands on; `nil` where there is none.
    func auditPhase(from old: JournalEntry, to new: JournalEntry) -> AuditRecord.Phase? {
        switch self {
        case .send: .before
        case .accept, .refuse, .lose: .after
        case .find, .miss: old.state == new.state ? nil : .reconciled
        case .postpone, .progress: nil
        }
    }
}
