public import CertProtocol

/// The rate windows of one credential. Callers leave in the order they came.
///
/// Providers that use the same credential count together, through `SharedResources`.
public final class RateLimiter: Sendable {
    private let log: SharedLog
    private let claim: Int
    private let clock: OperationClock

    /// A limiter over windows.
    public convenience init(_ windows: [RateWindow], clock: OperationClock = .system) {
        self.init(windows, SharedLog(), clock: clock)
    }

    private init(_ windows: [RateWindow], _ log: SharedLog, clock: OperationClock) {
        self.log = log
        self.clock = clock
        claim = log.withLock { $0.claim(windows) }
    }

    deinit { log.withLock { [claim] in $0.withdraw(claim: claim) } }

    /// The limiter of a credential, which counts together with those of all other providers of a host that use it. Of windows
    /// with the same length the tighter holds, while the provider that asked for it exists.
    ///
    /// What has been counted belongs to the credential: it stays when a provider's configuration changes.
    public static func shared(
        scope: String, credential: Secret, context: AdapterContext, clock: OperationClock
    ) -> RateLimiter {
        let log = context.shared.value(scope: scope, credential: credential) { SharedLog() }
        return RateLimiter(context.limits, log, clock: clock)
    }

    /// What a credential has sent, for all that use it.
    private final class SharedLog: Sendable {
        private let log = Locked(RateWindowLog())

        func withLock<Result: Sendable>(_ body: (inout RateWindowLog) -> Result) -> Result { log.withLock(body) }
    }

    /// A request's place in the windows.
    public struct Turn: Sendable {
        /// How long the request waited for it.
        public let waited: Duration
        let ticket: UInt64
    }

    /// Waits until a request may leave, and counts it. Tell ``finished(_:)`` when its answer has come, or that none will.
    ///
    /// - Parameters:
    ///   - longest: how long to wait at most.
    ///   - willWait: told, before a wait, how long it is going to be.
    /// - Returns: the place.
    /// - Throws: `rate_limited` where the wait would be longer, `cancelled` where the task was cancelled.
    public func acquire(
        atMost longest: Duration, willWait: (Duration) -> Void = { _ in }
    ) async throws(CertificateError) -> Turn {
        let start = clock.now()
        // The place is taken before the wait, so that callers leave in the order they came.
        var (ticket, permit) = log.withLock { $0.take(at: start) }
        var now = start
        while true {
            guard permit > now else { return Turn(waited: start.duration(to: clock.now()), ticket: ticket) }
            let wait = start.duration(to: permit)
            guard wait <= longest else {
                log.withLock { $0.withdraw(ticket) }
                var error = CertificateError(
                    .rateLimited,
                    "The rate window of this credential opens in \(wait.wholeSeconds) s only. Try again then, or lower the "
                        + "load."
                )
                error.retryAfter = wait
                throw error
            }
            willWait(now.duration(to: permit))
            do {
                try await clock.sleep(permit)
            } catch {
                log.withLock { $0.withdraw(ticket) }
                throw CertificateError(.cancelled, "The call was cancelled while it waited for the rate window.")
            }
            // Answers that came meanwhile may have moved the place. Having slept until an instant, it is that instant.
            now = max(clock.now(), permit)
            permit = log.withLock { [now] log in
                let permit = log.permit(of: ticket, at: now)
                log.move(ticket, to: permit)
                return permit
            }
        }
    }

    /// Notes that a request has been answered, or lost: from now on it counts from now.
    public func finished(_ turn: Turn) {
        log.withLock { $0.move(turn.ticket, to: clock.now()) }
    }

    /// Lets nothing leave until an instant.
    public func close(until instant: ContinuousClock.Instant) {
        log.withLock { $0.close(until: instant) }
    }
}
