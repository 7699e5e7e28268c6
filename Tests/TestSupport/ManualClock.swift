public import CertProtocol
public import FoundationEssentials

/// A clock that stands still until somebody sleeps, and then is there at once. Every sleep is noted.
public final class ManualClock: Sendable {
    private struct State {
        var now: ContinuousClock.Instant
        var slept: [Duration] = []
    }

    private let start: ContinuousClock.Instant
    private let startDate: Date
    private let state: Locked<State>

    /// A clock that starts at a date.
    public init(date: Date = Date(timeIntervalSince1970: 1_772_327_730)) {
        start = .now
        startDate = date
        state = Locked(State(now: start))
    }

    /// The clock as the code under test takes it.
    public var operationClock: OperationClock {
        OperationClock(
            now: { self.state.withLock(\.now) },
            date: { self.startDate.addingTimeInterval(Double(self.elapsed.milliseconds) / 1000) },
            sleep: { instant in
                try Task.checkCancellation()
                self.state.withLock { state in
                    state.slept.append(state.now.duration(to: instant))
                    state.now = max(state.now, instant)
                }
            }
        )
    }

    /// How far the clock has moved.
    public var elapsed: Duration { state.withLock { start.duration(to: $0.now) } }

    /// How long each sleep was.
    public var slept: [Duration] { state.withLock(\.slept) }

    /// The instant it is.
    public var now: ContinuousClock.Instant { state.withLock(\.now) }

    /// Moves the clock.
    public func advance(by duration: Duration) { state.withLock { $0.now = $0.now.advanced(by: duration) } }
}
