public import CertProtocol

/// What a mutating call would do, without doing it.
extension CertificateHost {
    /// Tells where a call would go, what would be sent, and what the journal, where there is one, would say to it. Nothing is sent
    /// and nothing written.
    ///
    /// - Parameters:
    ///   - request: what would be asked for.
    ///   - provider: for a new order the provider that is named, `nil` for the routes to decide; for everything else the
    ///     provider that holds what the call is about.
    ///   - options: the key, and whether a possible duplicate would be ordered.
    ///   - context: the principal.
    /// - Returns: the plan.
    /// - Throws: `invalid_request` and `unsupported` as the call itself would, before it is sent.
    public func plan(
        _ request: JournaledRequest, at provider: String?, options: OrderingOptions = OrderingOptions(),
        context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> OrderingPlan {
        let call: OrderingCall
        switch (request, provider) {
        case (.issue, _), (_, nil): call = OrderingCall(request, provider: provider)
        case (_, let holder?): call = OrderingCall(request, holder: holder)
        }
        let decision = try route(call, options)
        try check(call, decision)
        let first = decision.candidates[0]
        let key = try options.key.map(Self.checkedKey)
        var plan = OrderingPlan(
            operation: request.operation, key: key, decision: decision,
            request: call.request.ordering(product: first.product)
        )
        let now = clock.date()
        let draft = JournalEntry(
            key: key ?? "", request: call.request, provider: first.provider, product: first.product, deadline: now,
            owner: principal(context), createdAt: now
        )
        let duplicates = duplicateGuard(options, decision.candidates)
        guard let journal else { return plan }
        (plan.existing, plan.conflict) = try await journal.read { reading throws(CertificateError) in
            guard let entry = try reading.entry(draft.key) else {
                return (nil, try duplicates?.conflict(with: draft, in: reading))
            }
            do throws(CertificateError) {
                try JournalBook.check(draft.request, named: call.named, isOf: entry)
                return (entry, nil)
            } catch {
                return (entry, error)
            }
        }
        return plan
    }
}
