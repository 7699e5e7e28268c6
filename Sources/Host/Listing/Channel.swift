internal import CertProtocol

/// A bounded queue between tasks: senders wait while it is full, the one receiver waits while it is empty.
final class Channel<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var senders: [(element: Element, continuation: CheckedContinuation<Bool, Never>)] = []
        var receiver: CheckedContinuation<Element?, Never>?
        var isFinished = false
    }

    /// What becomes of an element that is sent.
    private enum Action {
        case answer(Bool)
        case deliver(CheckedContinuation<Element?, Never>)
        case wait
    }

    private let capacity: Int
    private let state = Locked(State())

    init(capacity: Int) { self.capacity = capacity }

    /// Hands over an element once there is room; `false` when the channel has ended.
    func send(_ element: Element) async -> Bool {
        await withCheckedContinuation { (continuation: CheckedContinuation<Bool, Never>) in
            let action = state.withLock { state -> Action in
                if state.isFinished { return .answer(false) }
                if let receiver = state.receiver {
                    state.receiver = nil
                    return .deliver(receiver)
                }
                if state.elements.count < capacity {
                    state.elements.append(element)
                    return .answer(true)
                }
                state.senders.append((element, continuation))
                return .wait
            }
            switch action {
            case .answer(let isTaken): continuation.resume(returning: isTaken)
            case .deliver(let receiver):
                receiver.resume(returning: element)
                continuation.resume(returning: true)
            case .wait: break
            }
        }
    }

    /// The next element; `nil` once the channel has ended and is empty.
    ///
    /// Cancelling the receiving task doesn't end the wait: the senders notice their own cancellation, and their last words
    /// are still wanted.
    func receive() async -> Element? {
        await withCheckedContinuation { (continuation: CheckedContinuation<Element?, Never>) in
            let (answer, sender) = state.withLock { state -> (Element??, CheckedContinuation<Bool, Never>?) in
                if !state.elements.isEmpty {
                    let element = state.elements.removeFirst()
                    guard !state.senders.isEmpty else { return (.some(element), nil) }
                    let sender = state.senders.removeFirst()
                    state.elements.append(sender.element)
                    return (.some(element), sender.continuation)
                }
                // There is one receiver; a second one at the same time has nothing to expect.
                if state.isFinished || state.receiver != nil { return (.some(nil), nil) }
                state.receiver = continuation
                return (nil, nil)
            }
            sender?.resume(returning: true)
            if let answer { continuation.resume(returning: answer) }
        }
    }

    /// Ends the channel: elements that wait are still received, senders that wait are turned away.
    func finish() {
        let (senders, receiver) = state.withLock { state in
            state.isFinished = true
            let result = (state.senders, state.receiver)
            state.senders = []
            state.receiver = nil
            return result
        }
        for sender in senders { sender.continuation.resume(returning: false) }
        receiver?.resume(returning: nil)
    }
}
