import CertProtocol
import Testing

@testable import Host

/// A certificate authority's list as rows come and go, read through the state machine.
private struct Reading {
    var reader = ListReader()
    var delivered: [UInt64] = []
    var requests = 0
    var shortfall: String?

    /// Reads to the end over `page`, which answers a cursor (an offset) at a moment (the number of the request).
    mutating func run(_ page: (Int, Int) -> ListReader.PageSummary) {
        var cursor = 0
        while requests < 500 {
            let summary = page(cursor, requests)
            requests += 1
            let step = reader.receive(summary)
            delivered += step.newItems.map { summary.keys[$0] }
            shortfall = shortfall ?? step.shortfall
            guard let next = step.next.flatMap({ Int($0.value) }) else { return }
            cursor = next
        }
        Issue.record("The list never ended.")
    }
}

/// A page by offset that overlaps the one before by `overlap` rows.
private func page(
    of rows: [UInt64], at cursor: Int, limit: Int, overlap: Int, total: Int? = nil, ascending: Bool = true
) -> ListReader.PageSummary {
    let keys = Array(rows.dropFirst(cursor).prefix(limit))
    let isEnd = keys.count < limit && cursor + keys.count >= total ?? rows.count
    return ListReader.PageSummary(
        keys: keys, problemKeys: [], isAscending: ascending,
        next: keys.isEmpty || isEnd ? nil : Cursor("\(max(cursor + 1, cursor + keys.count - overlap))"),
        overlap: cursor == 0 ? 0 : overlap, rewind: cursor == 0 ? nil : Cursor("\(max(0, cursor - limit / 2))"),
        total: total ?? rows.count
    )
}

@Suite("How a paged list is read")
struct ListReaderTests {
    private let rows = (1...95).map(UInt64.init)

    @Test("every row once, in order, with pages that overlap", arguments: [0, 2, 5])
    func whole(_ overlap: Int) {
        var reading = Reading()
        reading.run { cursor, _ in page(of: rows, at: cursor, limit: 10, overlap: overlap) }
        #expect(reading.delivered == rows)
        #expect(reading.shortfall == nil)
    }

    @Test("rows removed while the list is read hide no row that was there throughout", arguments: [1, 3, 7, 30])
    func removed(_ count: Int) {
        var reading = Reading()
        reading.run { cursor, request in
            // Before the fifth request, rows that were delivered already are removed, so that all that follows moves up.
            let now = request < 4 ? rows : Array(rows.dropFirst(count))
            return page(of: now, at: cursor, limit: 10, overlap: 2)
        }
        #expect(reading.delivered == rows)
    }

    @Test("rows added at the end are delivered, none twice")
    func added() {
        var reading = Reading()
        reading.run { cursor, request in
            page(of: rows + (0..<UInt64(request)).map { 1000 + $0 }, at: cursor, limit: 10, overlap: 2)
        }
        #expect(Set(reading.delivered).count == reading.delivered.count)
        #expect(reading.delivered.starts(with: rows))
    }

    @Test("a page that repeats for ever ends the list, and isn't passed off as whole where more is claimed")
    func repeating() {
        var reading = Reading()
        reading.run { _, _ in
            var repeated = page(of: rows, at: 0, limit: 10, overlap: 0, total: 95)
            repeated.next = Cursor("10")
            return repeated
        }
        #expect(reading.delivered == Array(rows.prefix(10)))
        #expect(reading.requests == 2)
        #expect(reading.shortfall?.contains("95") == true)
    }

    @Test("a server that answers every page with everything has been read whole")
    func ignoresPaging() {
        var reading = Reading()
        reading.run { _, _ in
            ListReader.PageSummary(
                keys: rows.reversed(), problemKeys: [], isAscending: false, next: Cursor("2"), overlap: 0, total: 95
            )
        }
        #expect(reading.delivered == rows.reversed())
        #expect(reading.shortfall == nil)
    }

    @Test("a total that is too small or missing loses nothing", arguments: [nil, 0, 3, 10, 11] as [Int?])
    func smallTotal(_ total: Int?) {
        var reading = Reading()
        reading.run { cursor, _ in
            var summary = page(of: rows, at: cursor, limit: 10, overlap: 0)
            summary.total = total
            summary.next = summary.keys.isEmpty ? nil : Cursor("\(cursor + summary.keys.count)")
            return summary
        }
        #expect(reading.delivered == rows)
    }

    @Test("a total that is too big ends at the empty page")
    func bigTotal() {
        var reading = Reading()
        reading.run { cursor, _ in page(of: rows, at: cursor, limit: 10, overlap: 0, total: 5000) }
        #expect(reading.delivered == rows)
        #expect(reading.shortfall == nil)
    }

    @Test("where rows aren't sorted, a row on two pages is delivered once")
    func unsorted() {
        var reading = Reading()
        let shuffled: [UInt64] = [5, 3, 9, 9, 3, 1, 7, 5, 2]
        reading.run { cursor, _ in page(of: shuffled, at: cursor, limit: 3, overlap: 0, ascending: false) }
        #expect(reading.delivered == [5, 3, 9, 1, 7, 2])
    }

    @Test("a server that doesn't sort, however late it shows, loses no row and repeats none", arguments: [2, 3])
    func sortingStops(_ limit: Int) {
        for keys in [[10, 20, 30, 25, 5, 40], [5, 6, 3, 9], [1, 2, 2, 3, 4], [9, 8, 7, 6, 5]] as [[UInt64]] {
            var reading = Reading()
            reading.run { cursor, _ in
                let rows = keys.dropFirst(cursor).prefix(limit)
                let ascending = zip(rows, rows.dropFirst()).allSatisfy { $0 <= $1 }
                return page(of: keys, at: cursor, limit: limit, overlap: 0, ascending: ascending)
            }
            #expect(reading.delivered.sorted() == Set(keys).sorted())
        }
    }

    @Test(
        "rows out of order that are too old to be told from repeats are delivered, and the list isn't passed off as whole"
    )
    func unsortedFarBack() {
        let keys = (1...6000).map { UInt64($0) + 10 } + [3]
        var reading = Reading()
        reading.run { cursor, _ in page(of: keys, at: cursor, limit: 1000, overlap: 5) }
        #expect(reading.delivered.last == 3)
        #expect(Set(reading.delivered).count == keys.count)
        #expect(reading.shortfall != nil)
    }

    @Test("a row inserted among those already delivered doesn't repeat any of them")
    func inserted() {
        var reading = Reading()
        reading.run { cursor, request in
            let now = request < 3 ? rows : (rows + [15_000, 15_001].map { UInt64($0) / 1000 }).sorted()
            return page(of: now.map { $0 * 10 }, at: cursor, limit: 10, overlap: 2)
        }
        #expect(Set(reading.delivered).count == reading.delivered.count)
        #expect(Set(reading.delivered).isSuperset(of: rows.map { $0 * 10 }))
    }

    @Test("a gap that can't be closed is told")
    func openGap() {
        var reading = Reading()
        var offset: UInt64 = 0
        reading.run { cursor, request in
            offset += 100
            return ListReader.PageSummary(
                keys: [offset, offset + 1], problemKeys: [], isAscending: true, next: request > 200 ? nil : Cursor("1"),
                overlap: cursor == 0 ? 0 : 1, rewind: Cursor("1"), total: nil
            )
        }
        #expect(reading.shortfall?.contains("gap") == true)
    }

    @Test("an empty list that claims rows is told")
    func emptyWithTotal() {
        var reading = Reading()
        reading.run { _, _ in
            ListReader.PageSummary(keys: [], problemKeys: [], isAscending: false, overlap: 0, total: 5000)
        }
        #expect(reading.shortfall?.contains("5000") == true)
    }

    @Test("a list of two parts is merged, the first wins, and a part that repeats the other isn't its end")
    func parts() {
        var reader = ListReader()
        func part(_ keys: [UInt64], next: String?, nextPart: String?) -> ListReader.PageSummary {
            ListReader.PageSummary(
                keys: keys, problemKeys: [], isAscending: false, next: next.map { Cursor($0) },
                nextPart: nextPart.map { Cursor($0) }, overlap: 0
            )
        }
        let first = reader.receive(part([1, 2], next: "a2", nextPart: "b1"))
        #expect(first.newItems == [0, 1])
        let end = reader.receive(part([], next: nil, nextPart: "b1"))
        #expect(end.next == Cursor("b1"))
        // All of it was shown by the first part, and still the second part goes on.
        let known = reader.receive(part([1, 2], next: "b2", nextPart: nil))
        #expect(known.newItems.isEmpty)
        #expect(known.next == Cursor("b2"))
        let more = reader.receive(part([2, 3], next: "b3", nextPart: nil))
        #expect(more.newItems == [1])
        #expect(reader.receive(part([2, 3], next: "b4", nextPart: nil)).next == nil)
    }

    @Test("what a part shows again of an earlier one counts as shown, so that a repeated page is no shortfall")
    func totalsOfParts() {
        var reader = ListReader()
        func part(_ keys: [UInt64], next: String?, nextPart: String?) -> ListReader.PageSummary {
            ListReader.PageSummary(
                keys: keys, problemKeys: [], isAscending: false, next: next.map { Cursor($0) },
                nextPart: nextPart.map { Cursor($0) }, overlap: 0, total: keys.count
            )
        }
        for (keys, nextPart) in [([1, 2], "b1"), ([1, 2, 3], nil)] as [([UInt64], String?)] {
            _ = reader.receive(part(keys, next: "x", nextPart: nextPart))
            let repeated = reader.receive(part(keys, next: "y", nextPart: nextPart))
            #expect(repeated.shortfall == nil)
            #expect(repeated.next?.value == nextPart)
        }
    }

    @Test("rows that can't be read are counted one by one, and a page of them doesn't end the list")
    func problems() {
        var reader = ListReader()
        var bad = ListReader.PageSummary(
            keys: [], problemKeys: [77, 77, 77], isAscending: true, next: Cursor("2"), overlap: 0
        )
        #expect(reader.receive(bad).newProblems == [0, 1, 2])
        bad.problemKeys = [77, 77]
        let second = reader.receive(bad)
        #expect(second.newProblems == [0, 1])
        #expect(second.next == Cursor("2"))
        // The same page once more: a server that repeats itself, not further rows.
        let third = reader.receive(bad)
        #expect(third.newProblems.isEmpty)
        #expect(third.next == nil)
    }

    @Test("a server that sends nothing but rows that can't be read, ever new ones, is given up")
    func unreadable() {
        var reading = Reading()
        reading.run { cursor, request in
            ListReader.PageSummary(
                keys: [], problemKeys: [UInt64(request)], isAscending: false, next: Cursor("\(cursor + 1)"), overlap: 0)
        }
        #expect(reading.requests < 100)
        #expect(reading.shortfall?.contains("can't be read") == true)
    }
}
