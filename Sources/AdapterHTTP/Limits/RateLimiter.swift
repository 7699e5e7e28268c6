public import CertProtocol

/// The rate windows of one credential. Callers leave in the order they came.
///
/// Providers that use the same credential share one, through ``SharedResources``.
public final class RateLimiter: Sendable {
    private let log: Locked<RateWindowLog>
    private let clock: OperationClock

    /// A limiter over windows.
    public init(_ windows: [RateWindow], clock: OperationClock = .system) {
        log = Locked(RateWindowLog(windows))
        self.clock = clock
    }

    /// The limiter of a credential, shared by all providers of a host that use it. Of windows with the same length the
    /// tighter holds.
    public static func shared(
        scope: String, credential: Secret, context: AdapterContext, clock: OperationClock
    ) -> RateLimiter {
        let limiter = context.shared.value(scope: scope, credential: credential) {
            RateLimiter([], clock: clock)
        }
        limiter.log.withLock { $0.restrict(to: context.limits) }
        return limiter
    }

    /// Waits until a request may leave, and counts it.
    ///
    /// - Parameters:
    ///   - longest: how long to wait at most.
    ///   - willWait: told, before a wait, how long it is going to be.
    /// - Returns: how long it waited.
    /// - Throws: `rate_limited` where the wait would be longer, `cancelled` where the task was cancelled.
    public func acquire(
        atMost longest: Duration, willWait: (Duration) -> Void = { _ in }
    ) async throws(CertificateError) -> Duration {
        let start = clock.now()
        // The slot is reserved before the wait, so that callers leave in the order they came.
        let (permit, isReserved) = log.withLock { log in
            let permit = log.nextPermit(at: start)
            let isReserved = start.duration(to: permit) <= longest
            if isReserved { log.record(at: permit) }
            return (permit, isReserved)
        }
        guard isReserved else {
            let wait = start.duration(to: permit)
            var error = CertificateError(
                .rateLimited,
                "The rate window of this credential opens in \(wait.wholeSeconds) s only. Try again then, or lower the load."
            )
            error.retryAfter = wait
            throw error
        }
        guard permit > start else { return .zero }
        willWait(start.duration(to: permit))
        do {
            try await clock.sleep(permit)
        } catch {
            log.withLock { $0.withdraw(permit) }
            throw CertificateError(.cancelled, "The call was cancelled while it waited for the rate window.")
        }
        return start.duration(to: clock.now())
    }

    /// Lets nothing leave until an instant.
    public func close(until instant: ContinuousClock.Instant) {
        log.withLock { $0.close(until: instant) }
    }
}
