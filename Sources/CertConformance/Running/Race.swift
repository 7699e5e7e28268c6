internal import CertProtocol

/// What `body` gives within a time; `nil` where it takes longer.
///
/// Nobody waits for a body that has lost: it is cancelled, and one that ignores that would otherwise keep its caller for as
/// long as it likes.
func race<Result: Sendable>(
    _ limit: Duration, _ body: @escaping @Sendable () async -> Result
) async -> Result? {
    let finish = Finish<Result>()
    let work = Task { finish.with(await body()) }
    let timer = Task {
        try? await Task.sleep(for: limit)
        finish.with(nil)
    }
    let result = await withTaskCancellationHandler {
        await withCheckedContinuation { finish.wait($0) }
    } onCancel: {
        finish.with(nil)
    }
    work.cancel()
    timer.cancel()
    return result
}

/// The first of several ends.
private final class Finish<Result: Sendable>: Sendable {
    private enum State {
        case open
        case waiting(CheckedContinuation<Result?, Never>)
        case ended(Result?)
    }

    private let state = Locked<State>(.open)

    func wait(_ continuation: CheckedContinuation<Result?, Never>) {
        let ended: Result?? = state.withLock { state in
            guard case .ended(let result) = state else {
                state = .waiting(continuation)
                return .none
            }
            return .some(result)
        }
        if let ended { continuation.resume(returning: ended) }
    }

    func with(_ result: Result?) {
        let waiting: CheckedContinuation<Result?, Never>? = state.withLock { state in
            switch state {
            case .open:
                state = .ended(result)
                return nil
            case .waiting(let continuation):
                state = .ended(result)
                return continuation
            case .ended: return nil
            }
        }
        waiting?.resume(returning: result)
    }
}
