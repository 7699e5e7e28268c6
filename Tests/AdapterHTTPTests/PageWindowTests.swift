import AdapterHTTP
import CertProtocol
import HTTPTypes
import Testing

/// Lists of 1, 2, 3, … by offset and limit, read as an adapter reads them.
@Suite("Pages by offset and limit")
struct PageWindowTests {
    private static func window(
        _ cursor: Cursor? = nil, size: Int? = nil, largest: Int = 100
    ) throws(CertificateError) -> PageWindow {
        try PageWindow(cursor, pageSize: size, largestLimit: largest, authority: "Sample CA")
    }

    private static func page(
        _ window: PageWindow, rows: some Sequence<Int>, total: Int? = nil, echoedLimit: Int? = nil,
        isSorted: Bool = true
    ) -> Page<Int> {
        let rows = Array(rows)
        var page = Page(items: rows, keys: rows.map(UInt64.init))
        page.total = total
        window.complete(&page, rows: rows.count, echoedLimit: echoedLimit, isSorted: isSorted)
        return page
    }

    @Test(
        "a new list is asked for from its start, with as many rows as are wanted and allowed",
        arguments: [(nil, 100), (7, 7), (101, 100), (0, 1), (-3, 1)] as [(Int?, Int)])
    func first(size: Int?, limit: Int) throws {
        let window = try Self.window(size: size)
        #expect(window.offset == 0)
        #expect(window.overlap == 0)
        #expect(window.applied(to: "/certificates").pathAndQuery == "/certificates?limit=\(limit)&offset=0")
    }

    @Test("a limit that allows no row at all is taken as one row")
    func nonsense() throws {
        #expect(try Self.window(size: 20, largest: -5).limit == 1)
    }

    @Test("a window is what its cursor says")
    func cursor() throws {
        let window = try Self.window(Cursor("95:100:5"))
        #expect([window.offset, window.limit, window.overlap] == [95, 100, 5])
        #expect(window.cursor == Cursor("95:100:5"))
        // The size of a page belongs to a list as a whole, since offsets depend on it.
        #expect(try Self.window(Cursor("95:50:5"), size: 20).limit == 50)
    }

    @Test(
        "a cursor that no window has named is refused, with the list's owner in the message",
        arguments: [
            "", "1", "1:2", "1:2:3:4", "a:b:c", "-1:10:0", "0:0:0", "0:101:0", "9223372036854775807:10:0", "0:10:-1",
        ])
    func foreign(_ text: String) {
        let error = #expect(throws: CertificateError.self) { try Self.window(Cursor(text)) }
        #expect(error?.code == .invalidRequest)
        #expect(error?.message == "The cursor is not one of a Sample CA list.")
    }

    @Test(
        "whoever follows the pages sees every row, and the last rows of each page again at the start of the next",
        arguments: [1, 2, 9, 10, 37, 100, 101, 250], [1, 7, 50, 100])
    func walk(total: Int, size: Int) throws {
        var seen: Set<Int> = []
        var window = try Self.window(size: size)
        var previous: [Int] = []
        for _ in 0...total {
            let rows = (1...total).dropFirst(window.offset).prefix(window.limit)
            let page = Self.page(window, rows: rows, total: total, echoedLimit: window.limit)
            #expect(page.overlap > 0 || window.offset == 0 || size == 1)
            #expect(page.items.prefix(page.overlap) == previous.suffix(page.overlap))
            seen.formUnion(page.items)
            previous = page.items
            guard let next = page.next else { break }
            window = try Self.window(next)
        }
        #expect(seen == Set(1...total))
    }

    @Test("the pages after the next are those that come up one after the other, sixteen at most")
    func upcoming() throws {
        let first = Self.page(try Self.window(), rows: 1...100, total: 400, echoedLimit: 100)
        var walked: [Cursor] = []
        var next = first.next
        while let cursor = next {
            walked.append(cursor)
            let window = try Self.window(cursor)
            let rows = (1...400).dropFirst(window.offset).prefix(window.limit)
            next = Self.page(window, rows: rows, total: 400, echoedLimit: 100).next
        }
        #expect(first.upcoming == Array(walked.dropFirst()))
        for total in [100_000, Int.max] {
            #expect(Self.page(try Self.window(), rows: 1...100, total: total, echoedLimit: 100).upcoming.count == 16)
        }
    }

    @Test("a page that is read again to close a gap starts up to half a page earlier, and shares as many rows more")
    func rewind() throws {
        var window = try Self.window(Cursor("95:100:5"))
        var starts: [Int] = []
        while let cursor = Self.page(window, rows: 1...100, total: 300).rewind {
            let earlier = try Self.window(cursor)
            #expect(earlier.offset + earlier.overlap == window.offset + window.overlap)
            window = earlier
            starts.append(window.offset)
        }
        #expect(starts == [45, 0])
    }

    @Test(
        "a list ends where nothing comes, or where a short page and the total agree",
        arguments: [
            (0, 50, 10, true), (0, nil, nil, true), (3, 3, 10, true), (3, 2, 10, true), (3, 4, 10, false),
            (3, nil, 10, false), (3, 3, nil, false), (10, 10, 10, false), (3, 3, 3, false),
        ] as [(Int, Int?, Int?, Bool)])
    func end(rows: Int, total: Int?, echoed: Int?, isEnd: Bool) throws {
        let page = Self.page(try Self.window(size: 10), rows: (0..<rows), total: total, echoedLimit: echoed)
        #expect((page.next == nil) == isEnd)
    }

    @Test("a server that hands out smaller pages than asked for is followed in its steps", arguments: [50, 0, -1])
    func clamped(echoed: Int) throws {
        let page = Self.page(try Self.window(), rows: 1...50, total: 120, echoedLimit: echoed)
        let cursor = try #require(page.next)
        let next = try Self.window(cursor)
        #expect(next.limit == (echoed > 0 ? 50 : 100))
        #expect(next.offset == 50 - next.overlap)
    }

    @Test("rows that don't ascend, or weren't asked to, are not claimed to")
    func order() throws {
        let window = try Self.window()
        #expect(Self.page(window, rows: [1, 2, 2, 3]).isAscending)
        #expect(!Self.page(window, rows: [1, 3, 2]).isAscending)
        #expect(!Self.page(window, rows: [1, 2, 3], isSorted: false).isAscending)
    }

    @Test("a row that can't be read is a problem of its page, once, and without credentials")
    func problems() throws {
        let secret = "visibly-fake-secret"
        let rows = try ["7", #"{"id":1}"#, #"{"name":"visibly-fake-secret"}"#, #"{"id":2}"#].map {
            try JSONValue(parsing: $0)
        }
        func page(overlap: Int) -> Page<String> {
            Page(reading: rows, overlap: overlap, redactor: Redactor([Secret(secret)])) { row in
                row.integer("id").map { (UInt64(bitPattern: $0), "row \($0)") }
            }
        }
        let first = page(overlap: 0)
        #expect(first.items == ["row 1", "row 2"])
        #expect(first.keys == [1, 2])
        #expect(first.problems.map(\.reason) == ["The row is not an object.", "The row has no readable id."])
        #expect(!first.problems.contains { $0.raw.text.contains(secret) })
        #expect(first.next == nil)
        // The page before showed the first row too, and has told of it.
        #expect(page(overlap: 1).problems.map(\.reason) == ["The row has no readable id."])
    }

    @Test("a call with a body of JSON says that it is JSON")
    func json() {
        let call = HTTPCall(.put, "/orders/\("1")", effect: .mutation, json: ["status": "canceled"])
        #expect(call.headers[.contentType] == "application/json")
        #expect(call.body == Array(#"{"status":"canceled"}"#.utf8))
        #expect(call.effect == .mutation)
    }
}
