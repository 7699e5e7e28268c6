internal import CertProtocol

/// Reads a paged list to its end: a pure state machine. Pages go in, what is new in them and the next step come out.
///
/// A list ends at a page without rows, at a page that brings none that this part of the list hasn't shown, or where the
/// provider says so. Rows are told apart by their keys. Where the certificate authority sorts by them, the last one and those
/// of the latest pages are all that has to be remembered; otherwise a set of 64-bit numbers is.
struct ListReader: Sendable {
    /// What a page brought.
    struct Step: Sendable {
        /// The offsets of the items that are new.
        var newItems: [Int] = []
        /// The offsets of the problems that are new.
        var newProblems: [Int] = []
        /// The page to read next; `nil` at the end.
        var next: Cursor?
        /// Why what is read of the list will not be the whole of it.
        var shortfall: String?
    }

    /// What the state machine needs to know of a page.
    struct PageSummary: Sendable {
        var keys: [UInt64]
        var problemKeys: [UInt64]
        var isAscending: Bool
        var next: Cursor?
        var nextPart: Cursor?
        var overlap: Int
        var rewind: Cursor?
        var total: Int?
    }

    /// Which keys were delivered.
    private enum Delivered: Sendable {
        case nothing
        case ascending(RecentKeys)
        /// For each key the last part that showed it.
        case unordered([UInt64: Int])
    }

    private var delivered = Delivered.nothing
    private var part = 0
    private var rowsInPart = 0
    private var isFirstOfPart = true
    private var rewinds = 0
    /// The rows that can't be read of the page before: all that tells one page of them from the next.
    private var lastProblems: [UInt64] = []
    /// The unreadable rows of earlier parts, which a later part may show again.
    private var problemsOfEarlierParts: Set<UInt64> = []
    private var problemsOfPart: Set<UInt64> = []
    /// The pages in a row that had nothing readable, each of them something new.
    private var unreadablePages = 0

    /// A list may have a page of rows that can't be read, but a server that sends nothing else is given up.
    private static let mostUnreadablePages = 64
    /// A gap is closed by reading pages again from further and further back, but not for ever.
    private static let mostRewinds = 64

    mutating func receive(_ page: PageSummary) -> Step {
        var step = Step()
        let rows = page.keys.count + page.problemKeys.count
        guard rows > 0 else {
            if isFirstOfPart, let total = page.total, total > 0 {
                step.shortfall = "The certificate authority claims \(total) rows and shows none."
            }
            return endOfPart(page, step)
        }
        isFirstOfPart = false

        if hasGap(before: page) {
            if let rewind = page.rewind, rewinds < Self.mostRewinds {
                rewinds += 1
                step.next = rewind
                return step
            }
            step.shortfall = "Rows were removed while the list was read, and the gap could not be closed."
        }

        // Rows without an id can't be told apart, so a page of them is new as long as it differs from the one before.
        let bringsProblems = !page.problemKeys.isEmpty && page.problemKeys != lastProblems
        let novelKeys = takeKeys(of: page, &step)
        lastProblems = page.problemKeys
        guard novelKeys > 0 || bringsProblems else { return nothingNew(page, step, rows: rows) }
        step.newProblems = page.problemKeys.indices.filter { !problemsOfEarlierParts.contains(page.problemKeys[$0]) }
        problemsOfPart.formUnion(page.problemKeys)
        rowsInPart += novelKeys + page.problemKeys.count
        rewinds = 0
        unreadablePages = novelKeys > 0 ? 0 : unreadablePages + 1
        guard unreadablePages < Self.mostUnreadablePages else {
            step.shortfall =
                "The list was given up: \(unreadablePages) pages in a row had rows that can't be read, and no others."
            return endOfPart(page, step)
        }
        guard let next = page.next else { return endOfPart(page, step) }
        step.next = next
        return step
    }

    private mutating func nothingNew(_ page: PageSummary, _ step: Step, rows: Int) -> Step {
        var step = step
        if rewinds > 0, rewinds < Self.mostRewinds, let next = page.next {
            // Reading again from further back, everything so far was known.
            rewinds += 1
            step.next = next
            return step
        }
        if rows > page.overlap, let total = page.total, total > rowsInPart {
            step.shortfall =
                "The certificate authority repeats a page: it claims \(total) rows and showed \(rowsInPart)."
        }
        return endOfPart(page, step)
    }

    private func hasGap(before page: PageSummary) -> Bool {
        guard case .ascending(let recent) = delivered, page.isAscending, page.overlap > 0, let first = page.keys.first
        else { return false }
        return first > recent.last
    }

    /// Picks the items that are new to the list, and counts those that are new to this part of it.
    private mutating func takeKeys(of page: PageSummary, _ step: inout Step) -> Int {
        switch delivered {
        case .nothing:
            guard !page.keys.isEmpty else { return 0 }
            delivered = page.isAscending ? .ascending(RecentKeys()) : .unordered([:])
            return takeKeys(of: page, &step)
        case .ascending(var recent):
            delivered = .nothing  // Leaves `recent` its only owner.
            defer { delivered = .ascending(recent) }
            for (offset, key) in page.keys.enumerated() {
                switch recent.insert(key) {
                case .new: step.newItems.append(offset)
                case .known: break
                case .forgotten:
                    // Where pages are read again from further back, old keys are meant to come.
                    guard rewinds == 0 else { break }
                    step.newItems.append(offset)
                    step.shortfall =
                        "The certificate authority does not keep the order that was asked for, so rows may be missing or "
                        + "appear twice."
                }
            }
            return step.newItems.count
        case .unordered(var seen):
            delivered = .nothing
            defer { delivered = .unordered(seen) }
            var novel = 0
            for (offset, key) in page.keys.enumerated() {
                let previous = seen.updateValue(part, forKey: key)
                if previous == nil { step.newItems.append(offset) }
                if previous != part { novel += 1 }
            }
            return novel
        }
    }

    private mutating func endOfPart(_ page: PageSummary, _ step: Step) -> Step {
        var step = step
        step.next = page.nextPart
        part += 1
        problemsOfEarlierParts.formUnion(problemsOfPart)
        problemsOfPart = []
        lastProblems = []
        rowsInPart = 0
        isFirstOfPart = true
        rewinds = 0
        unreadablePages = 0
        return step
    }
}

/// The latest keys of an ascending list. Whatever lies between the oldest of them and the newest, and isn't one of them,
/// hasn't been delivered.
struct RecentKeys: Sendable {
    /// What a key is to the list so far.
    enum Answer: Sendable {
        case new, known
        /// Older than what is remembered.
        case forgotten
    }

    /// More than four pages of the largest size.
    private static let capacity = 4096

    private(set) var last: UInt64 = 0
    private var keys: Set<UInt64> = []
    /// The remembered keys in the order they came; the oldest stands at `start`.
    private var order: [UInt64] = []
    private var start = 0
    /// Keys at or below this one may have been delivered and forgotten.
    private var forgottenUpTo: UInt64?

    mutating func insert(_ key: UInt64) -> Answer {
        if keys.contains(key) { return .known }
        if let forgottenUpTo, key <= forgottenUpTo { return .forgotten }
        if order.count < Self.capacity {
            order.append(key)
        } else {
            let oldest = order[start]
            keys.remove(oldest)
            forgottenUpTo = max(forgottenUpTo ?? oldest, oldest)
            order[start] = key
            start = (start + 1) % Self.capacity
        }
        keys.insert(key)
        last = max(last, key)
        return .new
    }
}

extension ListReader.PageSummary {
    init<Item>(_ page: Page<Item>) {
        keys = page.keys
        problemKeys = page.problems.map { StableHash.of($0.raw.text) }
        isAscending = page.isAscending
        next = page.next
        nextPart = page.nextPart
        overlap = page.overlap
        rewind = page.rewind
        total = page.total
    }
}
