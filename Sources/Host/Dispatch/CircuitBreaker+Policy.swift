extension CircuitBreaker {
    /// When calls to a provider that is down fail at once, rather than after its timeout.
    ///
    /// ```swift
    /// let host = try CertificateHost(
    ///     configuration: configuration, registry: registry, circuitBreaker: .init(failures: 3, firstPause: .seconds(10))
    /// )
    /// ```
    ///
    /// Failures are `unavailable`, `timeout` and `outcome_unknown`: what says that the certificate authority is down. An answer
    /// of whatever kind (`authentication`, `not_found`, `rejected`…) says that it is there, and ends a row of failures. The
    /// rest says neither: `rate_limited`, which the rate windows deal with, `malformed_response`, which may be about one
    /// record, `cancelled`, a `timeout` of a caller that gave less time than the provider's configuration does, and what
    /// fails before anything is sent.
    public struct Policy: Sendable, Hashable {
        /// The failures in a row that open the circuit. A call counts once, whatever its retries; 1 at least.
        public let failures: Int
        /// How long nothing is sent after that.
        public let firstPause: Duration
        /// Each failed probe doubles the pause, up to this.
        public let longestPause: Duration

        /// A policy: by default 5 failures in a row, a pause of 30 s, doubled up to 5 min.
        ///
        /// Numbers that make none become the nearest that do.
        public init(failures: Int = 5, firstPause: Duration = .seconds(30), longestPause: Duration = .seconds(300)) {
            self.failures = max(1, failures)
            self.firstPause = min(max(.milliseconds(1), firstPause), .seconds(86_400))
            self.longestPause = min(max(self.firstPause, longestPause), .seconds(86_400))
        }

        /// 5 failures in a row, a pause of 30 s, doubled up to 5 min.
        public static let `default` = Policy()
    }
}
