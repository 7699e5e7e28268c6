/// How long, how hard, and with which luck.
struct Options {
    var seconds = 180
    var seed: UInt64 = 1
    var orders = 2000
    /// How many of a hundred requests meet a fault.
    var percent = 10

    static let usage = "usage: soak [--seconds N] [--seed N] [--orders N] [--faults PERCENT]"

    init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard let number = rest.popFirst().flatMap({ Int($0) }), number >= 0 else { return nil }
            switch name {
            case "--seconds": seconds = number
            case "--seed": seed = UInt64(number)
            case "--orders": orders = number
            case "--faults": percent = min(number, 90)
            default: return nil
            }
        }
    }

    var arguments: [String] {
        ["--seconds", "\(seconds)", "--seed", "\(seed)", "--orders", "\(orders)", "--faults", "\(percent)"]
    }
}
