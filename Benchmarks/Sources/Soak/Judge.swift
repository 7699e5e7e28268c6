import BenchmarkSupport

/// Holds lists and samples against what has to be true of them.
struct Judge {
    let expected: Set<String>
    private(set) var lists = 0
    private var whole = 0
    private var givenUp = 0
    private var errors: [String: Int] = [:]
    private var failures: [String] = []

    /// A list may fail, but only honestly.
    private static let leastShareOfWholeLists = 0.5
    private static let allowedGrowth = 8.0

    init(expected: Set<String>) { self.expected = expected }

    mutating func judge(_ listing: Listing) {
        lists += 1
        if listing.hasRepeats { failures.append("list \(lists) has a row twice") }
        let invented = listing.rows.subtracting(expected).count
        if invented > 0 { failures.append("list \(lists) has \(invented) rows that the sandbox doesn't hold") }
        if listing.wasGivenUp { givenUp += 1 }
        for error in listing.errors { errors[error, default: 0] += 1 }
        guard listing.isOK else { return }
        whole += 1
        let missing = expected.subtracting(listing.rows).count
        if missing > 0 { failures.append("list \(lists) ended well and lacks \(missing) rows") }
    }

    /// Memory and descriptors at the end against those after the first quarter, by which time everything is warm.
    mutating func judge(_ samples: [Footprint]) {
        let quarter = samples.count / 4
        guard quarter >= 2 else {
            say("too few samples to judge memory by")
            return
        }
        let early = samples[quarter..<(2 * quarter)]
        let late = samples.suffix(quarter)
        let (before, after) = (median(early.map(\.memory)), median(late.map(\.memory)))
        say("memory: \(number(before)) MiB in the second quarter, \(number(after)) MiB in the last")
        if after > before * 1.1 + Self.allowedGrowth { failures.append("memory grows") }
        let (open, stillOpen) = (early.map(\.descriptors).max() ?? 0, late.map(\.descriptors).max() ?? 0)
        say("descriptors: at most \(open) in the second quarter, \(stillOpen) in the last")
        // Connections in the pool come and go; a leak would leave one behind for every reset.
        if stillOpen > open + 16 { failures.append("open descriptors grow") }
        let threads = (early.map(\.threads).max() ?? 0, late.map(\.threads).max() ?? 0)
        say("threads: at most \(threads.0) in the second quarter, \(threads.1) in the last")
        if threads.1 > threads.0 + 4 { failures.append("threads grow") }
    }

    /// After the transport is shut down nothing of it may be open. Event loops keep a few descriptors each.
    mutating func judgeDescriptors(start: Int?, end: Int?) {
        guard let start, let end else { return }
        say("descriptors: \(start) before the first connection, \(end) after the transport was shut down")
        if end > start + 24 { failures.append("connections stay open after the shutdown") }
    }

    func report() {
        say("\(lists) lists: \(whole) whole, \(givenUp) given up halfway, \(lists - whole - givenUp) failed")
        for error in errors.sorted(by: { $0.value > $1.value }).prefix(10) { say("  \(error.value) × \(error.key)") }
    }

    mutating func end() -> Int32 {
        if whole == 0 || Double(whole) < Self.leastShareOfWholeLists * Double(lists - givenUp) {
            failures.append("only \(whole) lists were whole")
        }
        guard !failures.isEmpty else {
            say("Passed: every row exactly once in every list that ended well.")
            return 0
        }
        for failure in failures.prefix(20) { say("FAILED: \(failure)") }
        return 1
    }
}
