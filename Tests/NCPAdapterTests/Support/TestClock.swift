import CertProtocol
import FoundationEssentials

/// A clock that moves only when somebody sleeps.
final class TestClock: Sendable {
    private struct State {
        var instant = ContinuousClock.now
        var date: Date
    }

    private let state: Locked<State>

    init(milliseconds: Int64 = 1_772_327_730_000) {
        state = Locked(State(date: Date(timeIntervalSince1970: Double(milliseconds) / 1000)))
    }

    var operationClock: OperationClock {
        OperationClock(
            now: { self.state.withLock(\.instant) },
            date: { self.state.withLock(\.date) },
            sleep: { instant in
                self.state.withLock { state in
                    let length = state.instant.duration(to: instant)
                    state.instant = instant
                    state.date += Double(length.milliseconds) / 1000
                }
            }
        )
    }
}
