public import CertProtocol

/// How often a pending order is looked at.
public struct FollowPolicy: Sendable, Hashable {
    /// The first pause.
    public var firstPause: Duration
    /// Each pause is longer than the one before by half, up to this.
    public var longestPause: Duration

    /// A policy; by default 5 s up to 5 min. A validation by a person takes hours, one by DNS minutes.
    public init(firstPause: Duration = .seconds(5), longestPause: Duration = .seconds(300)) {
        self.firstPause = max(.milliseconds(10), firstPause)
        self.longestPause = max(self.firstPause, longestPause)
    }
}

/// What happens while an order is followed.
@nonexhaustive
public enum FollowEvent: Sendable {
    /// The order is still pending; it is looked at again after the pause.
    case pending(Receipt, pause: Duration)
    /// The order couldn't be looked at; it is tried again after the pause.
    case trouble(CertificateError, pause: Duration)
}

/// The pauses between looks: growing by half, with jitter, and never shorter than what the certificate authority asks for.
struct Pacing {
    private let longest: Duration
    private var next: Duration

    init(_ policy: FollowPolicy) {
        longest = policy.longestPause
        next = policy.firstPause
    }

    /// The next pause, for what the certificate authority asks for and a random number from 0 up to 1.
    mutating func pause(retryAfter: Duration?, random: Double) -> Duration {
        // A fifth more or less, so that many that wait don't ask in step.
        let pause = next * (0.8 + 0.4 * random)
        next = min(longest, next * 1.5)
        return max(pause, retryAfter ?? .zero)
    }
}
