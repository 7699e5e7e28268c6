internal import CertProtocol

/// A line on the terminal that tells how far a long command has got, and what it waits for; nothing where nobody would see
/// it.
final class Progress: Sendable {
    private struct State {
        var counts: [(provider: String, count: Int)] = []
        var wait: String?
        var shownAt: ContinuousClock.Instant?
        var isShown = false
    }

    private let stream: StandardStream?
    private let start = ContinuousClock.now
    private let state = Locked(State())

    init(_ console: Console) {
        // Records that go to the same terminal as they arrive are progress enough.
        let streams = console.format != .table && console.output.isTerminal
        stream = console.error.isTerminal && !streams ? console.error : nil
    }

    /// Records have come.
    func add(_ count: Int, from provider: String) {
        update { state in
            state.wait = nil
            if let index = state.counts.firstIndex(where: { $0.provider == provider }) {
                state.counts[index].count += count
            } else {
                state.counts.append((provider, count))
            }
            return ContinuousClock.now - start > .seconds(1)
        }
    }

    /// Something happened within a call.
    func note(_ event: OperationEvent) {
        switch event {
        case .waiting(let wait) where wait >= .seconds(1):
            update { state in
                state.wait = "waiting \(wait.wholeSeconds) s for the rate window"
                return true
            }
        case .retry(_, let pause, let code) where pause >= .seconds(1):
            update { state in
                state.wait = "\(code): trying again in \(pause.wholeSeconds) s"
                return true
            }
        default: break
        }
    }

    /// Takes the line away.
    func clear() {
        guard let stream else { return }
        let isShown = state.withLock { state in
            defer { state.isShown = false }
            return state.isShown
        }
        guard isShown else { return }
        stream.write("\r\u{1B}[K")
        stream.flush()
    }

    /// Changes what is known and, where that is worth it and the last line isn't too young, shows it.
    private func update(_ change: (inout State) -> Bool) {
        guard let stream else { return }
        let line = state.withLock { state -> String? in
            let now = ContinuousClock.now
            let isYoung = state.shownAt.map { now - $0 < .milliseconds(200) } ?? false
            guard change(&state), !isYoung || state.wait != nil else { return nil }
            state.shownAt = now
            state.isShown = true
            let counts = state.counts.map { "\($0.provider) \($0.count)" }
            return (counts + [state.wait].compactMap(\.self)).joined(separator: ", ")
        }
        guard let line else { return }
        stream.write("\r\u{1B}[K… \(PlainText.singleLine(line))")
        stream.flush()
    }
}
