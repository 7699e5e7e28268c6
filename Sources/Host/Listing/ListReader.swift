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
    /// The rows that can't be read of the page before: all that tells one page of them from the next.
    private var lastProblems: [UInt64] = []
    /// The unreadable rows of earlier parts, which a later part may show again.
    private var problemsOfEarlierParts: Set<UInt64> = []
    private var problemsOfPart: Set<UInt64> = []
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

        // Rows without an id can't be told apart, so a page of them is new as long as it differs from the one before.
        let bringsProblems = !page.problemKeys.isEmpty && page.problemKeys != lastProblems
        let novelKeys = isSorted ? sortedNovelty(of: page, &step) : unsortedNovelty(of: page, &step)
        let isNovel = novelKeys > 0 || bringsProblems
        if isNovel {
            step.newProblems = page.problemKeys.indices.filter {
                !problemsOfEarlierParts.contains(page.problemKeys[$0])
            }
            problemsOfPart.formUnion(page.problemKeys)
            rowsInPart += novelKeys + page.problemKeys.count
        }
        lastProblems = page.problemKeys

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

    /// Picks the items that are new to the list, and counts those that are new to this part of it.
    private mutating func sortedNovelty(of page: PageSummary, _ step: inout Step) -> Int {
        guard page.isAscending else {
            isSorted = false
            return unsortedNovelty(of: page, &step)
        }
        for (offset, key) in page.keys.enumerated() where lastKey.map({ key > $0 }) ?? true {
            step.newItems.append(offset)
            lastKey = key
        }
        return step.newItems.count
    }

    private mutating func unsortedNovelty(of page: PageSummary, _ step: inout Step) -> Int {
        var novel = 0
        for (offset, key) in page.keys.enumerated() {
            let previous = seen.updateValue(part, forKey: key)
            if previous == nil { step.newItems.append(offset) }
            if previous != part { novel += 1 }
        }
        return novel
    }

    private mutating func endOfPart(_ page: PageSummary, _ step: Step) -> Step {
        var step = step
        step.next = page.nextPart
        part += 1
        problemsOfEarlierParts.formUnion(problemsOfPart)
        problemsOfPart = []
        lastProblems = []
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
