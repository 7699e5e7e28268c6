import CertProtocol
import FoundationEssentials
import Testing

@testable import Host

@Suite("Several providers at once")
struct FanOutTests {
    private func numbered(_ provider: String, _ count: Int) -> MemoryProvider.Listing {
        { request, _ in
            let offset = request.cursor.flatMap { Int($0.value) } ?? 0
            let items = (offset..<min(count, offset + 10)).map {
                Certificate.sample(provider: provider, order: "\($0)")
            }
            var page = Page(items) { $0.orderID ?? "" }
            page.next = items.isEmpty ? nil : Cursor("\(offset + items.count)")
            return page
        }
    }

    private func collect(
        _ events: FanOut<Certificate>
    ) async -> (orders: [String: [String]], outcomes: [String: ProviderOutcome], problems: Int) {
        var orders: [String: [String]] = [:]
        var outcomes: [String: ProviderOutcome] = [:]
        var problems = 0
        for await event in events {
            switch event {
            case .items(let items, let provider): orders[provider, default: []] += items.compactMap(\.orderID)
            case .problems(let rows, _): problems += rows.count
            case .outcome(let outcome):
                #expect(outcomes[outcome.provider] == nil, "a second outcome of \(outcome.provider)")
                outcomes[outcome.provider] = outcome
            }
        }
        return (orders, outcomes, problems)
    }

    @Test("one provider's failure leaves the others whole, and is told with what was read before it")
    func partial() async throws {
        let good = MemoryProvider("good", listing: numbered("good", 35))
        let bad = MemoryProvider("bad") { request, number throws(CertificateError) in
            guard number == 0 else {
                var error = CertificateError(.authentication, "The key was revoked.")
                error.providerCode = "access_denied"
                throw error
            }
            var page = Page([Certificate.sample(provider: "bad", order: "1")]) { $0.orderID ?? "" }
            page.next = Cursor("x")
            return page
        }
        let none = MemoryProvider("none", operations: [])
        let host = try CertificateHost([good, bad, none])
        let result = await collect(try host.listCertificates())
        #expect(result.orders["good"] == (0..<35).map(String.init))
        #expect(result.outcomes["good"]?.kind == .ok)
        #expect(result.outcomes["good"]?.count == 35)
        #expect(result.orders["bad"] == ["1"])
        #expect(result.outcomes["bad"]?.kind == .failed)
        #expect(result.outcomes["bad"]?.count == 1)
        #expect(result.outcomes["bad"]?.error?.provider == "bad")
        #expect(result.outcomes["bad"]?.error?.operation == .listCertificates)
        #expect(result.outcomes["none"]?.kind == .unsupported)
        #expect(result.outcomes["none"]?.error?.capableProviders == ["good", "bad"])
        #expect(none.received.isEmpty)
    }

    @Test("rows that can't be read are handed over, the rest is read, and the provider has failed")
    func rowProblems() async throws {
        let provider = MemoryProvider("p") { request, number in
            var page = Page([Certificate.sample(provider: "p", order: "\(number)")]) { $0.orderID ?? "" }
            if number == 0 {
                page.problems = [RowProblem(reason: "It has no id.", raw: JSONValue(["status": "issued"]))]
                page.next = Cursor("2")
            }
            return page
        }
        let result = await collect(try CertificateHost([provider]).listCertificates())
        #expect(result.orders["p"] == ["0", "1"])
        #expect(result.problems == 1)
        #expect(result.outcomes["p"]?.kind == .failed)
        #expect(result.outcomes["p"]?.problems == 1)
        #expect(result.outcomes["p"]?.error?.code == .malformedResponse)
    }

    @Test("a provider is read at most a few pages ahead of whoever takes the rows")
    func backPressure() async throws {
        let provider = MemoryProvider("p", listing: numbered("p", 100_000))
        var iterator = try CertificateHost([provider]).listCertificates().makeAsyncIterator()
        _ = await iterator.next()
        for _ in 0..<1000 { await Task.yield() }
        #expect(provider.received.count <= 4)
    }

    @Test("whoever stops reading stops the requests")
    func abandoned() async throws {
        let provider = MemoryProvider("p", listing: numbered("p", 1_000_000))
        for await _ in try CertificateHost([provider]).listCertificates() { break }
        var last = -1
        // Once two looks in a row see no further request, the reader has ended.
        while provider.received.count != last {
            last = provider.received.count
            for _ in 0..<1000 { await Task.yield() }
        }
        #expect(last <= 4)
    }

    @Test("a cancelled caller gets an outcome of every provider")
    func cancelled() async throws {
        let provider = MemoryProvider("p") { _, _ throws(CertificateError) in
            while !Task.isCancelled { await Task.yield() }
            throw CertificateError(.cancelled, "The call was cancelled.")
        }
        let events = try CertificateHost([provider]).listCertificates()
        let task = Task { await collect(events).outcomes["p"] }
        while provider.received.isEmpty { await Task.yield() }
        task.cancel()
        #expect(await task.value?.error?.code == .cancelled)
    }

    @Test("a list leaves duplicates out and says how many, or fetches them without repeating the primary")
    func notListed() async throws {
        let listing: MemoryProvider.Listing = { _, _ in
            var first = Certificate.sample(provider: "p", order: "1")
            first.notListed = NotListed(duplicates: 2)
            return Page([first, Certificate.sample(provider: "p", order: "2")]) { $0.orderID ?? "" }
        }
        let provider = MemoryProvider("p", operations: [.listCertificates, .listDuplicates], listing: listing)
        let host = try CertificateHost([provider])
        let short = await collect(try host.listCertificates())
        #expect(short.outcomes["p"]?.notListed == NotListed(duplicates: 2))
        #expect(short.outcomes["p"]?.count == 2)
        var ids: [String?] = []
        for await event in try host.listCertificates(includesAllCertificates: true) {
            if case .items(let items, _) = event { ids += items.map(\.certificateID) }
            if case .outcome(let outcome) = event { #expect(outcome.notListed == nil) }
        }
        #expect(ids == ["1", "1-d1", "1-d2", "2"])
    }

    @Test("an order whose duplicates can't be fetched costs only its own, and is told")
    func brokenDuplicates() async throws {
        func host(_ orders: [String]) throws -> (CertificateHost, MemoryProvider) {
            let provider = MemoryProvider("p", operations: [.listCertificates, .listDuplicates]) { _, _ in
                Page(
                    orders.map { order in
                        var certificate = Certificate.sample(provider: "p", order: order)
                        certificate.notListed = NotListed(duplicates: 2)
                        return certificate
                    }
                ) { $0.orderID ?? "" }
            }
            return (try CertificateHost([provider]), provider)
        }
        let (missing, _) = try host(["1", "missing", "odd", "3"])
        let result = await collect(try missing.listCertificates(includesAllCertificates: true))
        #expect(result.orders["p"] == ["1", "1", "1", "missing", "odd", "odd", "3", "3", "3"])
        #expect(result.outcomes["p"]?.kind == .failed)
        #expect(result.outcomes["p"]?.error?.code == .notFound)
        #expect(result.outcomes["p"]?.notListed == NotListed(duplicates: 2))
        #expect(result.problems == 1)
        // A server that is down would fail for the next order too: it isn't asked a thousand times more.
        let many = ["broken"] + (0..<1000).map(String.init)
        let (broken, provider) = try host(many)
        let partial = await collect(try broken.listCertificates(includesAllCertificates: true))
        #expect(Set(partial.orders["p"] ?? []) == Set(many))
        #expect(partial.outcomes["p"]?.error?.code == .unavailable)
        #expect(provider.received.count < 20)
    }

    @Test("counts from outside can't overflow")
    func hugeCounts() async throws {
        let provider = MemoryProvider("p") { _, _ in
            Page(
                ["1", "2"].map { order in
                    var certificate = Certificate.sample(provider: "p", order: order)
                    certificate.notListed = NotListed(duplicates: .max, reissues: -1)
                    return certificate
                }
            ) { $0.orderID ?? "" }
        }
        let result = await collect(try CertificateHost([provider]).listCertificates())
        #expect(result.outcomes["p"]?.notListed == NotListed(duplicates: .max))
    }

    @Test("what isn't listed is told even where the filter wants none of the listed ones")
    func notListedUnderFilter() async throws {
        let provider = MemoryProvider("p") { _, _ in
            var certificate = Certificate.sample(provider: "p", order: "1", names: ["a.example"])
            certificate.notListed = NotListed(duplicates: 3)
            return Page([certificate]) { $0.orderID ?? "" }
        }
        let filter = CertificateFilter(domain: "dup.example")
        let result = await collect(try CertificateHost([provider]).listCertificates(filter))
        #expect(result.outcomes["p"]?.count == 0)
        #expect(result.outcomes["p"]?.notListed == NotListed(duplicates: 3))
    }

    @Test("an adapter whose page doesn't tell its rows apart fails, and loses none silently")
    func keysAndItems() async throws {
        let provider = MemoryProvider("p") { _, _ in
            Page(items: [Certificate.sample(provider: "p", order: "1"), .sample(provider: "p", order: "2")], keys: [1])
        }
        let result = await collect(try CertificateHost([provider]).listCertificates())
        #expect(result.outcomes["p"]?.error?.code == .malformedResponse)
    }

    @Test("a second iteration sends nothing")
    func once() async throws {
        let provider = MemoryProvider("p", listing: numbered("p", 5))
        let events = try CertificateHost([provider]).listCertificates()
        _ = await collect(events)
        let requests = provider.received.count
        #expect(await collect(events).outcomes.isEmpty)
        #expect(provider.received.count == requests)
    }

    @Test("a filter isn't pushed down where duplicates could match that their order doesn't")
    func filterWithDuplicates() async throws {
        let provider = MemoryProvider("p") { request, _ throws(CertificateError) in
            guard request.filter.statuses.isEmpty else {
                throw CertificateError(.invalidRequest, "A filter came along.")
            }
            return Page([Certificate.sample(provider: "p", order: "1", status: .revoked)]) { $0.orderID ?? "" }
        }
        let host = try CertificateHost([provider])
        let filter = CertificateFilter(statuses: [.revoked])
        let all = await collect(try host.listCertificates(filter, includesAllCertificates: true))
        #expect(all.orders["p"] == ["1"])
        let pushed = await collect(try host.listCertificates(filter))
        #expect(pushed.outcomes["p"]?.kind == .failed)
    }
}

@Suite("Which certificates a filter wants")
struct CertificateMatcherTests {
    private let now = CertificateDate("2026-11-22T12:00:00Z")?.startInUTC ?? Date()

    private func wanted(_ filter: CertificateFilter, _ certificate: Certificate) -> Bool {
        CertificateMatcher(filter).matches(certificate)
    }

    @Test(
        "names match by glob, in any script, whatever their case",
        arguments: [
            ("example.com", ["example.com"], true), ("EXAMPLE.com.", ["example.com"], true),
            ("*.example.com", ["a.b.example.com"], true), ("*.example.com", ["example.com"], false),
            ("*.example.com", ["*.example.com"], true), ("www.*", ["x.org", "www.x.org"], true),
            ("*", ["anything"], true), ("a*c.com", ["abbc.com"], true), ("a*c.com", ["abb.com"], false),
            ("*.도메인.kr", ["www.xn--hq1bm8jm9l.kr"], true), ("도메인.kr", ["xn--hq1bm8jm9l.kr"], true),
            ("*aba*", ["ab"], false), ("example.com", ["notexample.com"], false),
        ] as [(String, [String], Bool)]
    )
    func domains(_ glob: String, _ names: [String], _ expected: Bool) {
        let certificate = Certificate.sample(provider: "p", order: "1", names: names)
        #expect(wanted(CertificateFilter(domain: glob), certificate) == expected)
    }

    @Test(
        "expiry is measured from the start of the day in UTC",
        arguments: [
            ("2026-11-22", false, true), ("2026-11-23", true, false), ("2026-12-22", true, false),
            ("2026-12-23", false, false), ("2026-11-22T12:00:00Z", false, true), ("2026-11-22T12:00:01Z", true, false),
            (nil, false, false),
        ] as [(String?, Bool, Bool)]
    )
    func expiry(_ notAfter: String?, _ isExpiring: Bool, _ isExpired: Bool) {
        let certificate = Certificate.sample(provider: "p", order: "1", notAfter: notAfter)
        let limit = now.addingTimeInterval(30 * 86_400)
        #expect(wanted(CertificateFilter(expiringBy: limit, now: now), certificate) == isExpiring)
        #expect(wanted(CertificateFilter(isExpired: true, now: now), certificate) == isExpired)
        #expect(
            wanted(CertificateFilter(expiringBy: limit, isExpired: true, now: now), certificate)
                == (isExpiring || isExpired)
        )
    }

    @Test("an unknown status is found as unknown, whatever its word")
    func unknownStatus() {
        let certificate = Certificate.sample(provider: "p", order: "1", status: .unknown("frozen"))
        #expect(wanted(CertificateFilter(statuses: [.unknown("")]), certificate))
        #expect(!wanted(CertificateFilter(statuses: [.issued]), certificate))
    }
}
