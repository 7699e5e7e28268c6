internal import CertProtocol

/// Reads a paged list to its end: a pure state machine. Pages go in, what is new in them and the next step come out.
///
/// A list ends at a page without rows, at a page that brings none that this part of the list hasn't shown, or where the
/// provider says so. Rows are told apart by their keys. Where the certificate authority sorts by them, the last one is all
/// that has to be remembered; otherwise a set of 64-bit numbers is.
struct ListReader: Sendable {
    /// What a page brought.
    struct Step: Sendable {
        /// The offsets of the items that are new.
        var newItems: [Int] = []
        /// The offsets of the problems that are new.
        var newProblems: [Int] = []
        /// The page to read next; `nil` at the end.
        var next: Cursor?
        /// Why what was read is not the whole list.
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

    private var part = 0
    /// The last key delivered, while every page so far was sorted.
    private var lastKey: UInt64?
    private var isSorted = true
    /// For each key delivered, the last part that showed it; used once a page is not sorted.
    private var seen: [UInt64: Int] = [:]
    private var seenProblems: [UInt64: Int] = [:]
    private var rowsInPart = 0
    private var rewinds = 0

    /// A gap is closed by reading pages again from further and further back, but not for ever.
    private static let mostRewinds = 64

    mutating func receive(_ page: PageSummary) -> Step {
        var step = Step()
        let rows = page.keys.count + page.problemKeys.count
        guard rows > 0 else { return endOfPart(page, step) }

        if let rewind = page.rewind, hasGap(before: page), rewinds < Self.mostRewinds {
            rewinds += 1
            step.next = rewind
            return step
        }

        var isNovel = false
        for (offset, key) in page.problemKeys.enumerated() {
            if seenProblems[key] == nil { step.newProblems.append(offset) }
            if seenProblems.updateValue(part, forKey: key) != part { isNovel = true }
        }
        let known = isSorted ? sortedNovelty(of: page, &step) : unsortedNovelty(of: page, &step)
        isNovel = isNovel || known
        rowsInPart += step.newItems.count + step.newProblems.count

        if !isNovel {
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
        rewinds = 0
        guard let next = page.next else { return endOfPart(page, step) }
        step.next = next
        return step
    }

    private func hasGap(before page: PageSummary) -> Bool {
        guard isSorted, page.isAscending, page.overlap > 0, let lastKey, let first = page.keys.first else {
            return false
        }
        return first > lastKey
    }

    private mutating func sortedNovelty(of page: PageSummary, _ step: inout Step) -> Bool {
        guard page.isAscending else {
            isSorted = false
            return unsortedNovelty(of: page, &step)
        }
        for (offset, key) in page.keys.enumerated() where lastKey.map({ key > $0 }) ?? true {
            step.newItems.append(offset)
            lastKey = key
        }
        return !step.newItems.isEmpty
    }

    private mutating func unsortedNovelty(of page: PageSummary, _ step: inout Step) -> Bool {
        var isNovel = false
        for (offset, key) in page.keys.enumerated() {
            let previous = seen.updateValue(part, forKey: key)
            if previous == nil { step.newItems.append(offset) }
            if previous != part { isNovel = true }
        }
        return isNovel
    }

    private mutating func endOfPart(_ page: PageSummary, _ step: Step) -> Step {
        var step = step
        step.next = page.nextPart
        part += 1
        rowsInPart = 0
        rewinds = 0
        return step
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
