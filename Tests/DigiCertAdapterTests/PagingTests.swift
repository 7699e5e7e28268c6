import AdapterHTTP
import CertProtocol
import DigiCertAdapter
import Testing

struct PagingTests {
    private func page(
        _ body: String, size: Int? = nil, cursor: Cursor? = nil
    ) async throws -> (page: Page<Certificate>, path: String) {
        let transport = RecordingTransport(body)
        let page = try await makeProvider(transport).listCertificates(
            ListCertificatesRequest(pageSize: size, cursor: cursor), context: context
        )
        return (page, transport.paths.first ?? "")
    }

    @Test(
        "a page is asked for by limit, offset and order, within DigiCert's limits",
        arguments: [(nil, 1000), (50, 50), (5000, 1000), (0, 1), (-7, 1)] as [(Int?, Int)]
    )
    func query(size: Int?, limit: Int) async throws {
        let (_, path) = try await page(orders([], total: 0, limit: limit), size: size)
        #expect(path == "/services/v2/order/certificate?limit=\(limit)&offset=0&sort=order_id")
    }

    @Test("the next page starts some rows before the end, and the pages after it are named as far as the total tells")
    func overlap() async throws {
        let (first, _) = try await page(orders(1...100, total: 300, limit: 100), size: 100)
        #expect(first.overlap == 0)
        #expect(first.rewind == nil)
        #expect(first.isAscending)
        #expect(first.keys.count == 100)
        #expect(first.total == 300)
        #expect(first.upcoming.count == 2)

        let (second, path) = try await page(orders(96...195, total: 300, limit: 100), cursor: first.next)
        #expect(path.contains("limit=100&offset=95&"))
        #expect(second.overlap == 5)
        #expect(second.next == first.upcoming.first)

        let (third, thirdPath) = try await page(orders(191...290, total: 300, limit: 100), cursor: second.next)
        #expect(thirdPath.contains("offset=190&"))
        #expect(third.upcoming.isEmpty)
        let (last, lastPath) = try await page(orders(286...300, total: 300, limit: 100), cursor: third.next)
        #expect(lastPath.contains("offset=285&"))
        #expect(last.next == nil)
    }

    @Test("a gap is closed by a page that starts up to half a page earlier and shares more rows")
    func rewind() async throws {
        let (second, _) = try await page(orders(1...100, total: 300, limit: 100), cursor: Cursor("95:100:5"))
        let (rewound, path) = try await page(orders(46...145, total: 300, limit: 100), cursor: second.rewind)
        #expect(path.contains("limit=100&offset=45&"))
        #expect(rewound.overlap == 55)
        let (again, start) = try await page(orders(1...100, total: 300, limit: 100), cursor: rewound.rewind)
        #expect(start.contains("offset=0&"))
        #expect(again.rewind == nil)
    }

    @Test("a server that hands out smaller pages than asked for is followed in its steps")
    func clamped() async throws {
        let (first, _) = try await page(orders(1...50, total: 120, limit: 50), size: 1000)
        let (_, path) = try await page(orders(46...95, total: 120, limit: 50), cursor: first.next)
        #expect(path.contains("limit=50&offset=45&"))
    }

    @Test(
        "the list ends only where a short page and the total agree, or where nothing comes",
        arguments: [
            (orders(1...3, total: 3, limit: 10), true), (orders(1...3, total: 2, limit: 10), true),
            (orders(1...3, total: 4, limit: 10), false), (orders(1...3, total: nil, limit: 10), false),
            (orders(1...3, total: 3, limit: nil), false), (orders(1...10, total: 10, limit: 10), false),
            (orders(1...3, total: 3, limit: 3), false), (orders([], total: 50, limit: 10), true),
        ]
    )
    func end(body: String, isEnd: Bool) async throws {
        #expect((try await page(body, size: 10).page.next == nil) == isEnd)
    }

    @Test("the next page always begins further on, however short this one was")
    func progress() async throws {
        for rows in 1...12 {
            let (page, _) = try await page(orders(1...rows, total: 900, limit: 100), cursor: Cursor("200:100:5"))
            let (_, path) = try await self.page(orders([], total: 900, limit: 100), cursor: page.next)
            #expect(path.contains("offset=\(200 + max(1, rows - 5))&"))
        }
    }

    @Test("no more than sixteen further pages are named, whatever the total claims", arguments: [100_000, Int.max])
    func lookAhead(total: Int) async throws {
        let (page, _) = try await page(orders(1...1000, total: total, limit: 1000))
        #expect(page.upcoming.count == 16)
        #expect(Set(page.upcoming).count == 16)
    }

    @Test(
        "rows that don't ascend are not claimed to, so that none is taken for a repeat",
        arguments: [[3, 2, 1], [1, 3, 2]])
    func unsorted(ids: [Int]) async throws {
        #expect(try await !page(orders(ids, total: nil, limit: nil)).page.isAscending)
    }

    @Test("rows that can't be read count as rows")
    func problemsCount() async throws {
        let (first, _) = try await page(#"{"orders":[{"id":1},7,8],"page":{"total":9,"limit":3,"offset":0}}"#, size: 3)
        let (_, path) = try await page(orders([], total: 9, limit: 3), cursor: first.next)
        // Three rows came, the last of which is shown again.
        #expect(path.contains("offset=2&"))
    }

    @Test(
        "pages of few rows share a row too, so that one that vanishes is noticed",
        arguments: [(1, 1), (2, 1), (9, 8)])
    func smallPages(size: Int, offset: Int) async throws {
        let (page, _) = try await page(orders(1...size, total: 90, limit: size), size: size)
        let (_, path) = try await self.page(orders([], total: 90, limit: size), cursor: page.next)
        #expect(path.contains("offset=\(offset)&"))
    }

    @Test(
        "a list without rows is empty where the answer says so",
        arguments: [
            #"{"page":{"total":0,"limit":1000,"offset":0}}"#, #"{"orders":null,"page":{"total":0}}"#, #"{"page":{}}"#,
            #"{"orders":[],"page":{"total":0,"limit":1000,"offset":0}}"#, #"{"orders":[]}"#,
        ]
    )
    func empty(body: String) async throws {
        let (page, _) = try await page(body)
        #expect(page.items.isEmpty)
        #expect(page.next == nil)
    }

    @Test(
        "an answer that is no list is an error, never an empty account",
        arguments: [
            "{}", "[]", "null", "7", "", "<html>", #"{"orders":{}}"#, #"{"orders":"none"}"#, #"{"orders":null}"#,
            #"{"page":{"total":12,"limit":1000,"offset":0}}"#, #"{"orders":[{"id":1}"#, #"{"errors":[]}"#,
        ]
    )
    func malformed(body: String) async throws {
        let error = await failure { () async throws(CertificateError) in
            do {
                _ = try await page(body)
            } catch {
                throw CertificateError.wrapping(error)
            }
        }
        #expect(error?.code == .malformedResponse)
        #expect(error?.httpStatus == 200)
    }

    @Test("nothing changed is an empty object or array, and only for changes", arguments: ["{}", "[]"])
    func noChanges(body: String) async throws {
        let provider = try makeProvider(RecordingTransport(body))
        #expect(try await provider.listChanges(ListChangesRequest(since: .seconds(5)), context: context).items.isEmpty)
        let error = await failure { () async throws(CertificateError) in
            _ = try await provider.listDuplicates(ListDuplicatesRequest(orderID: "1"), context: context)
        }
        #expect(error?.code == .malformedResponse)
    }

    @Test("a list that has one page takes no cursor, and asks nothing for one")
    func onePage() async throws {
        let transport = RecordingTransport("{}")
        let provider = try makeProvider(transport)
        let cursor = Cursor("0:1000:0")
        let errors = [
            await failure { () async throws(CertificateError) in
                _ = try await provider.listDuplicates(.init(orderID: "1", cursor: cursor), context: context)
            },
            await failure { () async throws(CertificateError) in
                _ = try await provider.listReissues(.init(orderID: "1", cursor: cursor), context: context)
            },
            await failure { () async throws(CertificateError) in
                _ = try await provider.listChanges(.init(since: .seconds(5), cursor: cursor), context: context)
            },
            await failure { () async throws(CertificateError) in
                _ = try await provider.listProducts(.init(cursor: cursor), context: context)
            },
        ]
        for error in errors { #expect(error?.code == .invalidRequest) }
        #expect(transport.requests.isEmpty)
    }

    @Test(
        "a cursor of another list is refused without traffic",
        arguments: ["", "1", "1:2", "a:b:c", "-1:10:0", "0:0:0", "0:1001:0", "9223372036854775807:10:0", "0:10:-1"]
    )
    func foreignCursor(text: String) async throws {
        let transport = RecordingTransport("{}")
        let provider = try makeProvider(transport)
        let error = await failure { () async throws(CertificateError) in
            _ = try await provider.listCertificates(
                ListCertificatesRequest(cursor: Cursor(text)), context: context
            )
        }
        #expect(error?.code == .invalidRequest)
        #expect(transport.requests.isEmpty)
    }
}
