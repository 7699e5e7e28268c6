internal import CertProtocol
internal import Host

/// Making a change: plan, question, journal, call.
extension Session {
    /// Makes a change, unless only its plan is wanted.
    ///
    /// - Returns: the receipt; `nil` where nothing was to be done but to show the plan.
    /// - Throws: what was refused or went wrong, before or after the call.
    func make(
        _ change: Change, _ options: ChangeOptions, insists: Bool = false
    ) async throws(CertificateError) -> Receipt? {
        let ordering = OrderingOptions(
            key: options.idempotencyKey, insists: insists, validation: change.validation,
            observe: { note($0) }
        )
        let plan: OrderingPlan
        do throws(CertificateError) {
            plan = try await host.plan(change.request, at: change.provider, options: ordering, context: context)
        } catch {
            var error = error
            error.operation = error.operation ?? change.request.operation
            throw error
        }
        let view = PlanView(plan, change, host: host)
        if options.dryRun { view.print(to: console) }
        if var conflict = plan.conflict {
            if conflict.code == .rejected { conflict.message += " (--again)" }
            throw conflict
        }
        if options.dryRun { return nil }
        try Question.check(change.weight, plan.operation, options)
        if change.provider == nil { view.printDecision(to: console) }
        if change.weight != .light, !options.yes, !plan.isAnswered { try await Question.ask(view, console) }
        try change.prepare?()
        return try await change.call(host, ordering, context)
    }

    /// Makes a change that issues nothing, and prints its receipt.
    func carryOut(_ change: Change, _ options: ChangeOptions, insists: Bool = false) async throws(CertificateError) {
        guard let receipt = try await make(change, options, insists: insists) else { return }
        console.print(receipt)
    }

    /// Tells what happens while a call is made, on standard error.
    private func note(_ event: OrderingEvent) {
        progress.clear()
        switch event {
        case .intended(let key, _, _): console.notice("The journal's key is \(key).")
        case .sending(_, let provider, let product):
            console.notice("Sending to \(provider)" + (product.map { ", product \($0)" } ?? "") + ".")
        case .failedOver(let provider, let next, let error):
            console.notice(
                "\(provider) has not taken it (\(error.code.rawValue): \(error.message)) Nothing was ordered there; next is "
                    + "\(next)."
            )
        case .waitingForOther(let key):
            console.notice("Another process is making the call with the key \(key); waiting for it.")
        case .lookingUp(let key, let provider):
            console.notice("Nobody has an answer to \(key); \(provider) is asked what came of it.")
        case .replayed(let key): console.notice("The journal has the answer to \(key); nothing is sent.")
        case .journalLost(let key, let error):
            console.notice("The answer to \(key) can't be written to the journal. \(error.message)")
        @unknown default: break
        }
    }
}
