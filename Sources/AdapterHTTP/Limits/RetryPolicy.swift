/// When a failed read is tried again: exponential back-off with full jitter.
public struct RetryPolicy: Sendable, Hashable {
    /// Further attempts after the first.
    public var retries: Int
    /// The longest wait before the first further attempt; each later one doubles it.
    public var base: Duration
    /// The longest wait there is.
    public var cap: Duration

    /// A policy.
    public init(retries: Int, base: Duration = .milliseconds(500), cap: Duration = .seconds(30)) {
        self.retries = retries
        self.base = base
        self.cap = cap
    }

    /// How long to wait before a further attempt.
    ///
    /// - Parameters:
    ///   - attempt: the attempt that failed, from 1.
    ///   - retryAfter: what the server asked for. It is honoured, and never shortened by chance.
    ///   - random: a number from 0 up to, but not including, 1.
    /// - Returns: the wait.
    public func delay(afterAttempt attempt: Int, retryAfter: Duration?, random: Double) -> Duration {
        if let retryAfter { return retryAfter }
        let doubled = base * (1 << min(attempt - 1, 20))
        return min(doubled, cap) * random
    }
}
