internal import CertProtocol
internal import Logging
internal import Metrics

/// The circuit breaker of one provider, shared by all copies of a host.
final class ProviderCircuit: Sendable {
    private let providerID: String
    private let title: String
    private let breaker: Locked<CircuitBreaker>

    init(providerID: String, title: String, policy: CircuitBreaker.Policy) {
        self.providerID = providerID
        self.title = title
        breaker = Locked(CircuitBreaker(policy))
    }

    /// Lets a call through.
    ///
    /// - Throws: `unavailable`, without traffic, while the circuit is open: with the last failure's words, and in `retryAfter`
    ///   the time to the next try.
    func admit(at now: ContinuousClock.Instant) throws(CertificateError) -> CircuitBreaker.Pass {
        switch breaker.withLock({ $0.admit(at: now) }) {
        case .pass(let pass): return pass
        case .refusal(let refusal):
            Counter(label: "certhost.circuit.refused", dimensions: [("provider", providerID)]).increment()
            throw error(refusal, now)
        }
    }

    /// Takes in what became of a call.
    func record(
        _ event: CircuitBreaker.Event, of pass: CircuitBreaker.Pass, at now: ContinuousClock.Instant, logger: Logger
    ) {
        switch breaker.withLock({ $0.record(event, of: pass, at: now) }) {
        case nil: break
        case .opened(let pause):
            Counter(label: "certhost.circuit.opened", dimensions: [("provider", providerID)]).increment()
            var metadata: Logger.Metadata = ["provider.id": "\(providerID)", "wait.ms": "\(pause.milliseconds)"]
            if case .failed(let error) = event { metadata["error.code"] = "\(error.code.rawValue)" }
            logger.debug("circuit opened", metadata: metadata)
        case .closed: logger.debug("circuit closed", metadata: ["provider.id": "\(providerID)"])
        }
    }

    private func error(_ refusal: CircuitBreaker.Refusal, _ now: ContinuousClock.Instant) -> CertificateError {
        let wait = now.duration(to: refusal.nextTry)
        let last = refusal.lastError
        let times = refusal.failures == 1 ? "failed" : "failed \(refusal.failures) times in a row"
        var error = CertificateError(
            .unavailable,
            "Nothing was sent: \(title) has \(times) and is tried again in \(wait.wholeSeconds) s at the earliest. "
                + "The last failure was \(last.code.rawValue): \(last.message)"
        )
        error.retryAfter = wait
        error.providerCode = last.providerCode
        error.providerMessage = last.providerMessage
        error.underlying = last
        return error
    }
}

extension CircuitBreaker.Event {
    /// What a failed call says about the certificate authority.
    ///
    /// - Parameters:
    ///   - error: how the call failed.
    ///   - wasCutShort: whether the caller ended it, by cancelling or by a deadline tighter than the provider's own timeout.
    init(_ error: CertificateError, wasCutShort: Bool) {
        switch error.code {
        case .unavailable: self = .failed(error)
        // Who gives a slow certificate authority no time learns nothing about it.
        case .timeout, .outcomeUnknown: self = wasCutShort ? .inconclusive : .failed(error)
        case .authentication, .permission, .notFound, .rejected, .verificationFailed: self = .answered
        // Without a status it was found wrong before anything was sent.
        case .invalidRequest: self = error.httpStatus == nil ? .inconclusive : .answered
        default: self = .inconclusive
        }
    }
}
