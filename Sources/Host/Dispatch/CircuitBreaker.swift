internal import CertProtocol

/// Whether a provider is worth asking: a pure state machine over instants.
///
/// Closed, every call passes. After so many failures in a row it opens: nobody asks for a while. Then one call is let through
/// to probe (half-open); its success closes the circuit, its failure opens it again for twice as long.
///
/// ``Policy`` is what an embedder sets; the rest is the host's.
public struct CircuitBreaker: Sendable {
    /// Permission for one call, handed back with what became of it.
    struct Pass: Sendable, Hashable {
        /// What has changed since the pass was given makes it stale: a call from before the circuit opened says nothing about
        /// the time after.
        fileprivate let generation: UInt64
    }

    /// Why a call isn't let through.
    struct Refusal: Sendable {
        /// When one will be, at the earliest.
        var nextTry: ContinuousClock.Instant
        /// The failures in a row so far.
        var failures: Int
        /// The last of them.
        var lastError: CertificateError
    }

    /// What is said to a call that asks.
    enum Admission: Sendable {
        case pass(Pass)
        case refusal(Refusal)
    }

    /// What a call says about the certificate authority.
    enum Event: Sendable {
        /// It is there: it did as asked, or refused for a reason of its own.
        case answered
        /// It is down, or fails on its side.
        case failed(CertificateError)
        /// Nothing.
        case inconclusive
    }

    /// What an event has changed, for whoever watches.
    enum Change: Sendable, Hashable {
        case opened(pause: Duration)
        case closed
    }

    private enum State {
        case closed(failures: Int)
        case open(until: ContinuousClock.Instant, pause: Duration)
        case halfOpen(probeSince: ContinuousClock.Instant?, pause: Duration)
    }

    private let policy: Policy
    private var state = State.closed(failures: 0)
    private var generation: UInt64 = 0
    private var failures = 0
    private var lastError: CertificateError?

    /// A closed circuit.
    init(_ policy: Policy) { self.policy = policy }

    /// Whether a call may be made now.
    mutating func admit(at now: ContinuousClock.Instant) -> Admission {
        switch state {
        case .closed: return .pass(Pass(generation: generation))
        case .open(let until, let pause):
            if now < until { return refusal(until: until) }
            return probe(at: now, pause)
        case .halfOpen(let since, let pause):
            // An adapter that never comes back from its probe mustn't keep the circuit open for ever.
            if let since, now < since.advanced(by: policy.longestPause) {
                return refusal(until: now.advanced(by: .seconds(1)))
            }
            return probe(at: now, pause)
        }
    }

    /// Takes in what became of a call.
    mutating func record(_ event: Event, of pass: Pass, at now: ContinuousClock.Instant) -> Change? {
        guard pass.generation == generation else { return nil }
        switch (state, event) {
        case (.closed, .answered):
            close()
            return nil
        case (.closed(let count), .failed(let error)):
            failures = count + 1
            lastError = error
            guard failures >= policy.failures else {
                state = .closed(failures: failures)
                return nil
            }
            return open(for: policy.firstPause, at: now)
        case (.halfOpen, .answered):
            generation &+= 1
            close()
            return .closed
        case (.halfOpen(_, let pause), .failed(let error)):
            failures += 1
            lastError = error
            return open(for: min(pause * 2, policy.longestPause), at: now)
        case (.halfOpen(_, let pause), .inconclusive):
            // The probe has found nothing out, so the next call is one.
            state = .halfOpen(probeSince: nil, pause: pause)
            return nil
        case (.closed, .inconclusive), (.open, _): return nil
        }
    }

    private mutating func close() {
        state = .closed(failures: 0)
        failures = 0
        lastError = nil
    }

    private mutating func open(for pause: Duration, at now: ContinuousClock.Instant) -> Change {
        generation &+= 1
        state = .open(until: now.advanced(by: pause), pause: pause)
        return .opened(pause: pause)
    }

    private mutating func probe(at now: ContinuousClock.Instant, _ pause: Duration) -> Admission {
        generation &+= 1
        state = .halfOpen(probeSince: now, pause: pause)
        return .pass(Pass(generation: generation))
    }

    private func refusal(until nextTry: ContinuousClock.Instant) -> Admission {
        let unknown = CertificateError(.unavailable, "The provider failed.")
        return .refusal(Refusal(nextTry: nextTry, failures: failures, lastError: lastError ?? unknown))
    }
}
