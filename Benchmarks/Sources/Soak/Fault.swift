internal import Synchronization

/// What a proxy does to one answer.
enum Fault: String, CaseIterable, Sendable {
    /// The connection is reset before a byte of the answer.
    case resetBefore = "reset before the answer"
    /// The connection is reset in the middle of the answer.
    case resetDuring = "reset during the answer"
    /// The connection is closed in the middle of the answer.
    case closedDuring = "closed during the answer"
    /// The whole answer comes, and the connection is closed without a word.
    case closedAfter = "closed after the answer"
    /// 503 with HTML, as a gateway answers.
    case unavailable = "503"
    /// 429 with `Retry-After`.
    case tooManyWithTime = "429 with Retry-After"
    /// 429 without it.
    case tooMany = "429"
    /// The answer comes late.
    case late = "late"
    /// The answer comes in small pieces.
    case drip = "slow drip"
}

/// Faults by chance: the same ones for the same seed, as far as requests come in the same order.
final class FaultDice: Sendable {
    private struct State {
        var random: SplitMix
        var thrown: [Fault: Int] = [:]
        var requests = 0
    }

    private let state: Mutex<State>
    private let percent: Int

    init(seed: UInt64, percent: Int) {
        state = Mutex(State(random: SplitMix(state: seed)))
        self.percent = percent
    }

    /// What befalls the next request; `nil` for nothing. With it comes a number from 0 up to 1, for whatever the fault
    /// needs one for.
    func roll() -> (fault: Fault?, amount: Double) {
        state.withLock { state in
            state.requests += 1
            let isFaulty = Int.random(in: 0..<100, using: &state.random) < percent
            let amount = Double.random(in: 0..<1, using: &state.random)
            guard isFaulty, let fault = Fault.allCases.randomElement(using: &state.random) else { return (nil, amount) }
            state.thrown[fault, default: 0] += 1
            return (fault, amount)
        }
    }

    /// How many requests came, and what befell them.
    var summary: String {
        state.withLock { state in
            let faults = Fault.allCases.map { "\(state.thrown[$0] ?? 0) \($0.rawValue)" }
            return "\(state.requests) requests: \(faults.joined(separator: ", "))"
        }
    }
}

/// SplitMix64: small, and the same on every machine.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
