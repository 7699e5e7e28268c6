public import CertProtocol
internal import FoundationEssentials

/// The journal's own calls.
extension CertificateHost {
    /// The entries of the journal, oldest first.
    ///
    /// - Parameter states: those in one of these states; `nil` for all.
    /// - Returns: the entries.
    /// - Throws: `invalid_configuration` where there is no journal, or it can't be read.
    public func journalEntries(
        in states: Set<JournalState>? = nil
    ) async throws(CertificateError) -> [JournalEntry] {
        try await journalBook().journal.read { reading throws(CertificateError) in
            try reading.entries(JournalQuery(states: states))
        }
    }

    /// One entry of the journal, with its audit trail.
    ///
    /// - Parameter key: its key.
    /// - Returns: the entry and its records, oldest first; `nil` where there is none.
    /// - Throws: `invalid_configuration` where there is no journal, or it can't be read.
    public func journalEntry(
        _ key: String
    ) async throws(CertificateError) -> (entry: JournalEntry, records: [AuditRecord])? {
        try await journalBook().journal.read { reading throws(CertificateError) in
            guard let entry = try reading.entry(key) else { return nil }
            return (entry, try reading.auditRecords(of: key))
        }
    }

    /// Looks up what came of calls whose answer was lost, or whose process has gone.
    ///
    /// Two lookups that find nothing, the second a settle time after the call's deadline or later, prove that the call was not
    /// carried out; only then may its key be sent again. Nothing is ordered here.
    ///
    /// - Parameters:
    ///   - key: the entry; `nil` for all that are unresolved.
    ///   - context: metadata, principal. Each lookup has a time of its own.
    /// - Returns: one reconciliation an entry, oldest first.
    /// - Throws: `not_found` where there is no such entry; `invalid_configuration` where there is no journal, or it can't be
    ///   used.
    public func reconcile(
        _ key: String? = nil, context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> [Reconciliation] {
        let book = try journalBook()
        let entries = try await book.journal.read { reading throws(CertificateError) in
            guard let key else { return try reading.entries(JournalQuery(states: JournalState.unresolved)) }
            guard let entry = try reading.entry(key) else {
                throw CertificateError(.notFound, "The journal has no entry with the key \(key).")
            }
            return [entry]
        }
        var reconciliations: [Reconciliation] = []
        for entry in entries {
            if Task.isCancelled { throw CertificateError(.cancelled, "Reconciling was cancelled.") }
            reconciliations.append(await reconciled(entry, book, context))
        }
        return reconciliations
    }

    private func reconciled(
        _ entry: JournalEntry, _ book: JournalBook, _ context: OperationContext
    ) async -> Reconciliation {
        guard JournalState.unresolved.contains(entry.state) else {
            return Reconciliation(entry: entry, outcome: .settled)
        }
        guard clock.date() > entry.deadline else {
            return Reconciliation(entry: entry, outcome: .skipped(until: entry.deadline))
        }
        let conclusiveFrom = entry.deadline.addingTimeInterval(orderingPolicy.settleTime.seconds)
        var (result, next) = await lookedUp(entry, book: book, context: context)
        if case .notFound = result, JournalState.unresolved.contains(next.state), clock.date() >= conclusiveFrom {
            (result, next) = await lookedUp(next, book: book, context: context)
        }
        let outcome: Reconciliation.Outcome
        switch (result, next.state) {
        case (_, .reconciled), (_, .accepted): outcome = .found
        case (_, .notExecuted): outcome = .notExecuted
        case (.notFound, _): outcome = .notFound(conclusiveFrom: conclusiveFrom)
        case (.cannotTell, _): outcome = .cannotTell
        case (.failed(let error), _): outcome = .failed(error)
        case (.found, _):
            outcome = .failed(
                CertificateError(.invalidConfiguration, "The order was found, but the journal can't be written.")
            )
        }
        return Reconciliation(entry: next, outcome: outcome)
    }
}
