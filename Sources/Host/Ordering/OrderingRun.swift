internal import CertProtocol
internal import Foundation

/// One mutating call on its way: from the journal to a provider and back, or to the answer that the journal has already.
struct OrderingRun: Sendable {
    let host: CertificateHost
    let book: JournalBook
    let call: OrderingCall
    let key: String
    let targets: [RouteTarget]
    let options: OrderingOptions
    let context: OperationContext

    /// How the way through the targets of the route ended.
    private enum Way {
        case answered(OrderingCall.Answer)
        case standing(JournalBook.Standing, lost: CertificateError?)
    }

    private var clock: OperationClock { book.clock }
    private var duplicates: DuplicateGuard? { host.duplicateGuard(options, targets) }
    private var principal: String { host.principal(context) }

    func result() async throws(CertificateError) -> OrderingCall.Answer {
        let first = targets[0]
        let now = clock.date()
        let draft = JournalEntry(
            key: key, request: call.request, provider: first.provider, product: first.product, deadline: now,
            owner: principal, createdAt: now
        )
        let standing = try await book.intend(draft, named: call.named, duplicates: duplicates)
        do throws(CertificateError) {
            return try await follow(standing)
        } catch {
            var error = error
            error.journalKey = error.journalKey ?? key
            throw error
        }
    }

    private func follow(_ first: JournalBook.Standing) async throws(CertificateError) -> OrderingCall.Answer {
        var standing = first
        var lost: CertificateError?
        while true {
            switch standing {
            case .ordered(let entry):
                options.observe?(.replayed(key: key))
                return OrderingCall.Answer(receipt: try await host.handedOver(entry, context: context))
            case .underway(let entry): standing = try await host.waited(for: entry, book, options, context)
            case .lost(let entry):
                options.observe?(.lookingUp(key: key, provider: entry.provider))
                standing = try await host.settled(entry, book: book, context: context, lost: lost)
            case .safe:
                options.observe?(.intended(key: key, provider: targets[0].provider, product: targets[0].product))
                switch try await send() {
                case .answered(let answer): return answer
                case .standing(let next, let error): (standing, lost) = (next, error)
                }
            }
        }
    }

    /// Tries the targets of the route, the next one only while it is proven that nothing was ordered.
    private func send() async throws(CertificateError) -> Way {
        var earlier: [CertificateError] = []
        for (index, target) in targets.enumerated() {
            let provider = try host.provider(target.provider)
            let paidUntil = try await paidUntil(at: provider)
            let now = clock.now()
            let latest = now.advanced(by: provider.configuration.timeout)
            let limit = context.deadline.map { min($0, latest) } ?? latest
            var attempt = JournalAttempt(
                id: UUID().uuidString, provider: target.provider, product: target.product,
                owner: "\(principal) (process \(ProcessInfo.processInfo.processIdentifier))", startedAt: clock.date()
            )
            attempt.paidUntil = paidUntil
            let deadline = attempt.startedAt.addingTimeInterval(now.duration(to: limit).seconds + Self.slack)
            let sent: JournalEntry
            switch try await book.send(
                key, attempt, deadline: deadline, principal: principal, duplicates: duplicates)
            {
            case .denied(let standing): return .standing(standing, lost: nil)
            case .granted(let entry): sent = entry
            }
            options.observe?(.sending(key: key, provider: target.provider, product: target.product))
            switch await ask(target, provider, attempt, deadline: deadline) {
            case .success(let answer): return .answered(try await accepted(answer, attempt))
            case .failure(var error):
                error.journalKey = key
                if let receipt = error.receipt { throw await acceptedWithError(error, receipt, attempt) }
                guard error.code.provesNothingOrdered else {
                    return .standing(await lost(error, attempt, sent), lost: error)
                }
                // Where this can't be written down, the entry stays unresolved, and no other provider may be tried.
                do throws(CertificateError) {
                    try await book.note(.refuse(error, attempt: attempt.id), key: key, principal: principal)
                } catch let failure {
                    options.observe?(.journalLost(key: key, failure))
                    throw error.after(earlier)
                }
                let isOver = Task.isCancelled || (context.deadline.map { $0 <= clock.now() } ?? false)
                guard error.code.allowsFailover, index + 1 < targets.count, !isOver else { throw error.after(earlier) }
                earlier.append(error)
                options.observe?(.failedOver(from: target.provider, to: targets[index + 1].provider, because: error))
            }
        }
        throw CertificateError(.invalidRequest, "The call has nowhere to go.")
    }

    /// Until when an order that is going to be extended is paid now: what a lookup after a lost answer compares with.
    private func paidUntil(at provider: ConfiguredProvider) async throws(CertificateError) -> Date? {
        guard case .extend(let request) = call.request, provider.capabilities.operations.contains(.orderDetail) else {
            return nil
        }
        return try await host.order(.order(request.orderID), from: provider.id, context: context).validUntil?.startInUTC
    }

    /// Hands the call to a provider, which may send only while the journal has this attempt as the one that sends.
    private func ask(
        _ target: RouteTarget, _ provider: ConfiguredProvider, _ attempt: JournalAttempt, deadline: Date
    ) async -> Result<OrderingCall.Answer, CertificateError> {
        var context = context
        context.journalKey = key
        context.beforeSending = { [book, key] moved throws(CertificateError) in
            guard let moved else { return }
            // The machine may have slept since the call began.
            guard book.clock.now() < moved else {
                throw CertificateError(.timeout, "The time was over before the request could be sent.")
            }
            let end = book.clock.date().addingTimeInterval(book.clock.now().duration(to: moved).seconds)
            guard end > deadline else { return }
            try await book.postpone(key, attempt: attempt.id, to: end.addingTimeInterval(Self.slack))
        }
        do throws(CertificateError) {
            return .success(
                try await host.call(call.request.operation, on: provider, context: context) {
                    provider, context throws(CertificateError) in
                    try await call.send(target, to: provider, context: context)
                })
        } catch {
            return .failure(error)
        }
    }

    /// Writes an acceptance down. The order exists, so that its receipt reaches the caller even where the journal can't be
    /// written.
    private func accepted(
        _ answer: OrderingCall.Answer, _ attempt: JournalAttempt
    ) async throws(CertificateError) -> OrderingCall.Answer {
        var answer = answer
        answer.receipt = completed(answer.receipt, attempt)
        await note(answer.receipt, attempt)
        answer.receipt = try await host.verified(
            answer.receipt, for: call.request, context: context
        )
        return answer
    }

    private func acceptedWithError(
        _ error: CertificateError, _ receipt: Receipt, _ attempt: JournalAttempt
    ) async -> CertificateError {
        var error = error
        let receipt = completed(receipt, attempt)
        error.receipt = receipt
        await note(receipt, attempt)
        return error
    }

    /// Writes down that the answer was lost. Where that can't be, the entry stays `sent`, which is looked up just the same.
    private func lost(
        _ error: CertificateError, _ attempt: JournalAttempt, _ sent: JournalEntry
    ) async -> JournalBook.Standing {
        do throws(CertificateError) {
            let entry = try await book.note(.lose(error, attempt: attempt.id), key: key, principal: principal)
            return JournalBook.Standing(entry)
        } catch {
            options.observe?(.journalLost(key: key, error))
            return .lost(sent)
        }
    }

    private func note(_ receipt: Receipt, _ attempt: JournalAttempt) async {
        do throws(CertificateError) {
            try await book.note(.accept(receipt, attempt: attempt.id), key: key, principal: principal)
        } catch {
            options.observe?(.journalLost(key: key, error))
        }
    }

    private func completed(_ receipt: Receipt, _ attempt: JournalAttempt) -> Receipt {
        var receipt = receipt
        receipt.provider = attempt.provider
        receipt.operation = call.request.operation
        receipt.journalKey = key
        receipt.orderID = receipt.orderID ?? call.request.orderID
        receipt.certificateID = receipt.certificateID ?? call.request.certificateID
        return receipt
    }

    /// What the door adds to the time of a call before it begins, in seconds; the journal's deadline is later by it.
    private static let slack = 1.0
}

extension CertificateError {
    /// The error with the failures that came before it in its message.
    fileprivate func after(_ earlier: [CertificateError]) -> CertificateError {
        guard !earlier.isEmpty else { return self }
        var error = self
        let others = earlier.map { "\($0.provider ?? "?"): \($0.code.rawValue), \($0.message)" }
        error.message += " Before that, other targets of the route failed. " + others.joined(separator: " ")
        return error
    }
}
