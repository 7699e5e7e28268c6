import CertProtocol
import Testing

@testable import Host

@Suite("The circuit breaker")
struct CircuitBreakerTests {
    /// What is done to a breaker that opens after 3 failures, for 10 s, doubled up to 40 s; and what it has to say.
    enum Step: Sendable {
        /// A call is let through.
        case passes
        /// A call is refused, and told to come back in so many seconds.
        case refuses(Int)
        /// The oldest call under way ends.
        case ends(CircuitBreaker.Event, CircuitBreaker.Change? = nil)
        /// Time passes.
        case wait(Int)

        static func fails(_ change: CircuitBreaker.Change? = nil) -> Step {
            .ends(.failed(CertificateError(.unavailable, "It is down.")), change)
        }
        static func opens(_ seconds: Int) -> Step { .fails(.opened(pause: .seconds(seconds))) }
    }

    struct Story: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var steps: [Step]

        init(_ description: String, _ steps: [Step]) {
            testDescription = description
            self.steps = steps
        }
    }

    private static let opened: [Step] = [.passes, .fails(), .passes, .fails(), .passes, .opens(10)]

    static let stories: [Story] = [
        Story(
            "stays closed while calls succeed", Array(repeating: [.passes, .ends(.answered)], count: 9).flatMap(\.self)),
        Story("opens at the third failure in a row", opened + [.refuses(10), .wait(4), .refuses(6)]),
        Story(
            "an answer between failures starts the row anew",
            [.passes, .fails(), .passes, .fails(), .passes, .ends(.answered)] + opened
        ),
        Story(
            "what says nothing neither counts nor ends the row",
            [.passes, .fails(), .passes, .ends(.inconclusive), .passes, .fails(), .passes, .ends(.inconclusive)]
                + [.passes, .opens(10)]
        ),
        Story("calls at the same time count one by one", [.passes, .passes, .passes, .fails(), .fails(), .opens(10)]),
        Story(
            "one call probes when the time is over; its success closes",
            opened + [.wait(10), .passes, .refuses(1), .ends(.answered, .closed), .passes, .passes]
        ),
        Story("one instant before the time is over nobody probes", opened + [.wait(9), .refuses(1)]),
        Story(
            "a failed probe doubles the pause, up to the longest",
            opened + [.wait(10), .passes, .opens(20), .refuses(20), .wait(20), .passes, .opens(40)]
                + [.wait(40), .passes, .opens(40)]
        ),
        Story(
            "after closing it takes as many failures as before, and the first pause",
            opened + [.wait(10), .passes, .opens(20), .wait(20), .passes, .ends(.answered, .closed)] + opened
        ),
        Story(
            "a probe that says nothing lets the next call probe",
            opened + [.wait(10), .passes, .ends(.inconclusive), .passes, .refuses(1), .ends(.answered, .closed)]
        ),
        Story(
            "a probe that never comes back is replaced after the longest pause, and its end means nothing then",
            opened + [.wait(10), .passes, .wait(39), .refuses(1), .wait(1), .passes, .ends(.answered), .refuses(1)]
                + [.ends(.answered, .closed)]
        ),
        Story(
            "a call from before the circuit opened neither closes it nor prolongs it",
            [
                .passes, .passes, .passes, .passes, .passes, .fails(), .fails(), .opens(10), .ends(.answered),
                .refuses(10),
            ]
                + [.fails(), .refuses(10), .wait(10), .passes]
        ),
    ]

    @Test("goes through its states as told", arguments: stories)
    func story(_ story: Story) throws {
        var breaker = CircuitBreaker(.init(failures: 3, firstPause: .seconds(10), longestPause: .seconds(40)))
        var now = ContinuousClock.now
        var underway: [CircuitBreaker.Pass] = []
        for (number, step) in story.steps.enumerated() {
            switch step {
            case .passes:
                guard case .pass(let pass) = breaker.admit(at: now) else {
                    Issue.record("Step \(number) was refused.")
                    return
                }
                underway.append(pass)
            case .refuses(let seconds):
                guard case .refusal(let refusal) = breaker.admit(at: now) else {
                    Issue.record("Step \(number) was let through.")
                    return
                }
                #expect(now.duration(to: refusal.nextTry) == .seconds(seconds), "step \(number)")
            case .ends(let event, let change):
                try #require(!underway.isEmpty)
                #expect(breaker.record(event, of: underway.removeFirst(), at: now) == change, "step \(number)")
            case .wait(let seconds): now = now.advanced(by: .seconds(seconds))
            }
        }
    }

    @Test("a refusal names the last failure and how many there were")
    func refusal() throws {
        var breaker = CircuitBreaker(.init(failures: 2))
        let now = ContinuousClock.now
        for words in ["first", "second"] {
            guard case .pass(let pass) = breaker.admit(at: now) else {
                Issue.record("It was refused.")
                return
            }
            _ = breaker.record(.failed(CertificateError(.timeout, words)), of: pass, at: now)
        }
        guard case .refusal(let refusal) = breaker.admit(at: now) else {
            Issue.record("It was let through.")
            return
        }
        #expect(refusal.failures == 2)
        #expect(refusal.lastError.code == .timeout)
        #expect(refusal.lastError.message == "second")
    }

    @Test("a policy's numbers become the nearest that make sense")
    func policy() {
        let odd = CircuitBreaker.Policy(failures: -1, firstPause: .seconds(-5), longestPause: .zero)
        #expect(odd.failures == 1)
        #expect(odd.firstPause == .milliseconds(1))
        #expect(odd.longestPause == odd.firstPause)
        let huge = CircuitBreaker.Policy(firstPause: .seconds(Int64.max / 4), longestPause: .seconds(Int64.max / 4))
        #expect(huge.longestPause == .seconds(86_400))
        #expect(
            CircuitBreaker.Policy.default == .init(failures: 5, firstPause: .seconds(30), longestPause: .seconds(300)))
    }

    /// What a code says about the certificate authority: of a call that had its time, of one that was cut short.
    static let meanings: [(CertificateError.Code, Int?, String, String)] = [
        (.unavailable, 503, "failed", "failed"), (.unavailable, nil, "failed", "failed"),
        (.timeout, nil, "failed", "inconclusive"), (.outcomeUnknown, nil, "failed", "inconclusive"),
        (.authentication, 401, "answered", "answered"), (.permission, 403, "answered", "answered"),
        (.notFound, 404, "answered", "answered"), (.rejected, 409, "answered", "answered"),
        (.verificationFailed, nil, "answered", "answered"), (.invalidRequest, 400, "answered", "answered"),
        (.invalidRequest, nil, "inconclusive", "inconclusive"), (.rateLimited, 429, "inconclusive", "inconclusive"),
        (.malformedResponse, 200, "inconclusive", "inconclusive"), (.cancelled, nil, "inconclusive", "inconclusive"),
        (.unsupported, nil, "inconclusive", "inconclusive"),
        (.invalidConfiguration, nil, "inconclusive", "inconclusive"),
        (.init(rawValue: "of-a-later-version"), nil, "inconclusive", "inconclusive"),
    ]

    @Test("only what says that the authority is down counts", arguments: meanings)
    func meaning(_ code: CertificateError.Code, _ status: Int?, _ whole: String, _ cut: String) {
        var error = CertificateError(code, "")
        error.httpStatus = status
        for (wasCutShort, expected) in [(false, whole), (true, cut)] {
            let name =
                switch CircuitBreaker.Event(error, wasCutShort: wasCutShort) {
                case .answered: "answered"
                case .failed: "failed"
                case .inconclusive: "inconclusive"
                }
            #expect(name == expected, "\(code), cut short: \(wasCutShort)")
        }
    }
}
