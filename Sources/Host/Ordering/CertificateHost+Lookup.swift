internal import CertProtocol
internal import FoundationEssentials

/// What came of a call that nobody has the answer of.
extension CertificateHost {
    /// What a lookup has shown.
    enum LookupResult: Sendable {
        case found(Order)
        case notFound(lookedUpAt: Date)
        case cannotTell
        case failed(CertificateError)
    }

    /// Waits until another call with the same key has ended, at most until this one's own deadline.
    ///
    /// - Returns: where the call stands then. An entry whose deadline has passed long enough belongs to a process that has gone.
    /// - Throws: `outcome_unknown` where the time is over, or the caller doesn't wait any longer.
    func waited(
        for entry: JournalEntry, _ book: JournalBook, _ options: OrderingOptions, _ context: OperationContext
    ) async throws(CertificateError) -> JournalBook.Standing {
        options.observe?(.waitingForOther(key: entry.key))
        let timeout = try provider(entry.provider).configuration.timeout
        let limit = context.deadline ?? clock.now().advanced(by: timeout)
        while true {
            let standing = try await book.standing(entry.key)
            guard case .underway(let entry) = standing else { return standing }
            if clock.date() > entry.deadline.addingTimeInterval(orderingPolicy.lookupTime.seconds) {
                return .lost(entry)
            }
            let now = clock.now()
            guard now < limit else {
                throw unknown(entry, "Another process has sent this call and has had no answer yet.")
            }
            do {
                try await clock.sleep(min(limit, now.advanced(by: orderingPolicy.pollInterval)))
            } catch {
                throw unknown(entry, "Another process has sent this call, and this one was cancelled while it waited.")
            }
        }
    }

    /// Looks a lost call up, with a budget of its own and whether or not its caller still waits.
    ///
    /// - Returns: where the call stands, where that is known now.
    /// - Throws: `outcome_unknown` where it isn't.
    func settled(
        _ entry: JournalEntry, book: JournalBook, context: OperationContext, lost: CertificateError?
    ) async throws(CertificateError) -> JournalBook.Standing {
        let (result, next) = await lookedUp(entry, book: book, context: context)
        let standing = JournalBook.Standing(next)
        switch standing {
        case .ordered, .safe: return standing
        case .underway, .lost: break
        }
        let what =
            switch result {
            case .found: "The order was found, but the journal can't be written."
            case .notFound: "A lookup has not found it yet."
            case .cannotTell: "\(entry.provider) does not tell whether it was."
            case .failed(let error): "The lookup failed (\(error.code.rawValue): \(error.message))"
            }
        var error = lost ?? unknown(entry, "The call may have been carried out.")
        error.code = .outcomeUnknown
        error.message += " \(what)"
        if case .found(let order) = result { error.receipt = entry.receipt(for: order) }
        throw error
    }

    /// Looks an unresolved entry up and writes down what that has shown.
    func lookedUp(
        _ entry: JournalEntry, book: JournalBook, context: OperationContext
    ) async -> (LookupResult, JournalEntry) {
        // Not cancelled with the caller: whether money was spent has to be known.
        await Task {
            let result = await find(entry, context: context)
            let event: JournalEntry.Event
            switch result {
            case .found(let order): event = .find(entry.receipt(for: order))
            case .notFound(let lookedUpAt):
                event = .miss(lookedUpAt: lookedUpAt, settleTime: orderingPolicy.settleTime.seconds)
            case .cannotTell, .failed: return (result, entry)
            }
            do throws(CertificateError) {
                return (result, try await book.note(event, key: entry.key, principal: principal(context)))
            } catch {
                return (result, entry)
            }
        }.value
    }

    private func find(_ entry: JournalEntry, context: OperationContext) async -> LookupResult {
        var context = context
        context.deadline = clock.now().advanced(by: orderingPolicy.lookupTime)
        context.journalKey = entry.key
        context.beforeSending = nil
        let lookedUpAt = clock.date()
        do throws(CertificateError) {
            let holder = try provider(entry.provider)
            guard holder.capabilities.operations.contains(.findOrder) else { return .cannotTell }
            let found = try await call(.findOrder, on: holder, context: context) {
                provider, context throws(CertificateError) in
                try await provider.findOrder(entry.lookup, context: context)
            }
            switch found {
            case .found(let order): return .found(order)
            case .notFound: return .notFound(lookedUpAt: lookedUpAt)
            case .cannotTell: return .cannotTell
            @unknown default: return .cannotTell
            }
        } catch {
            return .failed(error)
        }
    }

    private func unknown(_ entry: JournalEntry, _ message: String) -> CertificateError {
        var error = CertificateError(.outcomeUnknown, message)
        error.provider = entry.provider
        error.operation = entry.operation
        error.journalKey = entry.key
        error.receipt = entry.receipt
        return error
    }
}
