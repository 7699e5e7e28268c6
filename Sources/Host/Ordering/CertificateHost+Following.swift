public import CertProtocol
internal import FoundationEssentials

/// Waiting for what is pending.
extension CertificateHost {
    /// Follows a call that is pending to its end. A receipt that was kept can be followed again at any time, by any process.
    ///
    /// Failures that pass (`unavailable`, `rate_limited`, `timeout`) don't end it.
    ///
    /// - Parameters:
    ///   - receipt: what the call returned.
    ///   - policy: how often the order is looked at.
    ///   - context: how long to wait at most, metadata, principal.
    ///   - observe: told each time that the order was looked at. It has to return at once.
    /// - Returns: the receipt with the certificate, which has been verified where the journal knows what was asked for; the
    ///   pending receipt where the time is over.
    /// - Throws: `rejected` where the order has ended without a certificate, `verification_failed`, `cancelled`, and what the
    ///   provider throws; the error carries the receipt.
    public func follow(
        _ receipt: Receipt, policy: FollowPolicy = FollowPolicy(), context: OperationContext = OperationContext(),
        observe: (@Sendable (FollowEvent) -> Void)? = nil
    ) async throws(CertificateError) -> Receipt {
        var follower = try await follower(of: receipt, context)
        var pacing = Pacing(policy)
        while true {
            do throws(CertificateError) {
                let event = try await follower.look()
                guard let event else { return follower.receipt }
                let pause = pacing.pause(retryAfter: event.retryAfter, random: .random(in: 0..<1))
                let next = clock.now().advanced(by: pause)
                if let deadline = context.deadline, next >= deadline { return follower.receipt }
                switch event {
                case .pending: observe?(.pending(follower.receipt, pause: pause))
                case .trouble(let error): observe?(.trouble(error, pause: pause))
                }
                do {
                    try await clock.sleep(next)
                } catch {
                    throw CertificateError(
                        .cancelled, "The wait was ended; the order goes on, and can be followed again.")
                }
            } catch {
                var error = error
                error.provider = error.provider ?? receipt.provider
                error.operation = error.operation ?? receipt.operation
                error.journalKey = error.journalKey ?? receipt.journalKey
                error.receipt = error.receipt ?? follower.receipt
                throw error
            }
        }
    }

    private func follower(of receipt: Receipt, _ context: OperationContext) async throws(CertificateError) -> Follower {
        var entry: JournalEntry?
        if let key = receipt.journalKey, let journal {
            entry = try await journal.read { reading throws(CertificateError) in try reading.entry(key) }
        }
        return Follower(host: self, receipt: receipt, entry: entry, context: context)
    }
}
