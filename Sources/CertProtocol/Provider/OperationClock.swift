public import FoundationEssentials

/// The time, as a value that tests can replace.
public struct OperationClock: Sendable {
    /// The instant that deadlines and waits are measured by.
    public var now: @Sendable () -> ContinuousClock.Instant
    /// The date that signatures carry.
    public var date: @Sendable () -> Date
    /// Sleeps until an instant; throws `CancellationError` when the task is cancelled.
    public var sleep: @Sendable (ContinuousClock.Instant) async throws -> Void

    /// A clock.
    public init(
        now: @escaping @Sendable () -> ContinuousClock.Instant,
        date: @escaping @Sendable () -> Date,
        sleep: @escaping @Sendable (ContinuousClock.Instant) async throws -> Void
    ) {
        self.now = now
        self.date = date
        self.sleep = sleep
    }

    /// The machine's own clocks.
    public static let system = OperationClock(
        now: { .now },
        date: { Date() },
        sleep: { instant in try await Task.sleep(until: instant, clock: .continuous) }
    )
}
