internal import Foundation

/// What a run prints: tables, figures against their budgets, and in the end whether all were kept.
public struct Report {
    private var missed: [String] = []

    /// An empty report.
    public init() {}

    /// Whether every figure has kept its budget so far.
    public var isWithinBudgets: Bool { missed.isEmpty }

    /// Starts a section.
    public func title(_ text: String) { say("\n\(text)\n") }

    /// Prints a line of a table, right-aligned.
    public func row(_ cells: [String], width: Int = 12) {
        say(cells.map { String(repeating: " ", count: max(0, width - $0.count)) + $0 }.joined(separator: "  "))
    }

    /// Prints a figure that has to stay at or below a budget, or at or above a floor.
    public mutating func figure(_ name: String, _ value: Double, unit: String = "", atMost budget: Double) {
        figure(name, value, unit, isKept: value <= budget, "budget at most \(number(budget))\(unit)")
    }

    /// Prints a figure that has to stay at or above a floor.
    public mutating func figure(_ name: String, _ value: Double, unit: String = "", atLeast floor: Double) {
        figure(name, value, unit, isKept: value >= floor, "budget at least \(number(floor))\(unit)")
    }

    /// Prints a figure without a budget.
    public func figure(_ name: String, _ value: Double, unit: String = "") {
        say("  \(name): \(number(value))\(unit)")
    }

    /// Prints the end; the exit status.
    public func end() -> Int32 {
        guard !missed.isEmpty else {
            say("\nEvery figure is within its budget.")
            return 0
        }
        say("\nOver budget: \(missed.joined(separator: "; ")).")
        return 1
    }

    private mutating func figure(_ name: String, _ value: Double, _ unit: String, isKept: Bool, _ budget: String) {
        say("  \(name): \(number(value))\(unit)  [\(budget): \(isKept ? "kept" : "MISSED")]")
        if !isKept { missed.append("\(name) \(number(value))\(unit)") }
    }
}

/// Prints a line at once, also where the output is a pipe.
public func say(_ text: String, terminator: String = "\n") {
    FileHandle.standardOutput.write(Data((text + terminator).utf8))
}

/// A number with as many decimals as say something.
public func number(_ value: Double) -> String {
    let decimals = value.magnitude >= 100 ? 0 : value.magnitude >= 10 ? 1 : 2
    return String(format: "%.\(decimals)f", value)
}

/// The middle one of some numbers; not a number where there are none.
public func median(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : values.sorted()[values.count / 2]
}

extension Duration {
    /// The duration in seconds.
    public var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
