import CertProtocol
import Testing

@testable import Host

@Suite("Reading ahead")
struct ReadAheadTests {
    private func cursors(_ numbers: some Sequence<Int>) -> [Cursor] { numbers.map { Cursor("\($0)") } }

    @Test("as many pages as there is room for are requested, in order, and one more whenever one is taken")
    func window() {
        var pages = ReadAhead<Int>(limit: 3)
        #expect(pages.plan(Cursor("0"), then: []) == cursors([0]))
        pages.arrived(Cursor("0"), 0)
        #expect(pages.take(Cursor("0")) == 0)
        #expect(pages.plan(Cursor("1"), then: cursors(2...9)) == cursors([1, 2, 3]))
        pages.arrived(Cursor("2"), 2)
        #expect(pages.take(Cursor("1")) == nil)
        pages.arrived(Cursor("1"), 1)
        #expect(pages.take(Cursor("1")) == 1)
        #expect(pages.plan(Cursor("2"), then: cursors(3...9)) == cursors([4]))
        #expect(pages.take(Cursor("2")) == 2)
    }

    @Test("pages that don't belong to the list any more are dropped, and the next one is always requested")
    func dropped() {
        var pages = ReadAhead<Int>(limit: 2)
        #expect(pages.plan(Cursor("1"), then: cursors([2, 3])) == cursors([1, 2]))
        pages.arrived(Cursor("1"), 1)
        _ = pages.take(Cursor("1"))
        // The list goes on elsewhere. Page 2 is still under way and takes its room until it arrives.
        #expect(pages.plan(Cursor("7"), then: cursors([8])) == cursors([7]))
        pages.arrived(Cursor("2"), 2)
        #expect(pages.take(Cursor("2")) == nil)
        pages.arrived(Cursor("7"), 7)
        #expect(pages.take(Cursor("7")) == 7)
        #expect(pages.plan(Cursor("8"), then: cursors([9])) == cursors([8, 9]))
    }

    @Test("a page that is named twice is requested once")
    func named() {
        var pages = ReadAhead<Int>(limit: 8)
        #expect(pages.plan(Cursor("1"), then: cursors([1, 2, 2])) == cursors([1, 2]))
        #expect(pages.plan(Cursor("1"), then: cursors([2])).isEmpty)
    }

    /// A list by offset whose pages take as long as they need; rows may be removed while it is read.
    private func list(
        rows: Int, limit: Int, overlap: Int, removedAfter: Int? = nil, gauge: Gauge = Gauge()
    ) -> MemoryProvider {
        MemoryProvider("p") { request, number in
            gauge.enter()
            // Later requests overtake earlier ones.
            for _ in 0..<(number % 7) * 20 { await Task.yield() }
            gauge.leave()
            let offset = request.cursor.flatMap { Int($0.value) } ?? 0
            let removed = removedAfter.map { number >= $0 ? 4 : 0 } ?? 0
            let all = (removed..<rows)
            let slice = all.dropFirst(offset).prefix(limit)
            var page = Page(
                items: slice.map { Certificate.sample(provider: "p", order: "\($0)") },
                keys: slice.map { UInt64($0) + 1 },
                isAscending: true
            )
            page.overlap = offset == 0 ? 0 : overlap
            page.rewind = offset == 0 ? nil : Cursor("\(max(0, offset - limit / 2))")
            page.total = all.count
            if offset + slice.count < all.count, !slice.isEmpty {
                let next = offset + slice.count - overlap
                page.next = Cursor("\(next)")
                page.upcoming = (1...16).map { next + $0 * (limit - overlap) }.filter { $0 + overlap < all.count }.map {
                    Cursor("\($0)")
                }
            }
            return page
        }
    }

    private func orders(_ host: CertificateHost) async throws -> [String] {
        var orders: [String] = []
        for await event in try host.listCertificates() {
            switch event {
            case .items(let items, _): orders += items.compactMap(\.orderID)
            case .outcome(let outcome): #expect(outcome.kind == .ok, "\(String(describing: outcome.error))")
            case .problems: Issue.record("There are no problems.")
            }
        }
        return orders
    }

    @Test("known pages are read at once, no more than concurrency allows, and delivered in order")
    func concurrent() async throws {
        let gauge = Gauge()
        let provider = list(rows: 1000, limit: 20, overlap: 2, gauge: gauge)
        #expect(try await orders(CertificateHost([provider])) == (0..<1000).map(String.init))
        #expect((2...4).contains(gauge.most))
        // Nothing is read twice.
        #expect(Set(provider.received).count == provider.received.count)
    }

    @Test("the next page is asked for when one has come, not when it has been decoded", .timeLimit(.minutes(1)))
    func decoding() async throws {
        let provider = SlowDecoder(pages: 6)
        let host = try CertificateHost(factories: [provider.factory], concurrency: 2)
        #expect(try await orders(host) == (0..<6).map(String.init))
    }

    @Test("rows removed while pages are under way hide none that was there throughout", arguments: [1, 3, 9, 20])
    func drift(_ request: Int) async throws {
        let provider = list(rows: 1000, limit: 20, overlap: 2, removedAfter: request)
        let found = try await orders(CertificateHost([provider]))
        #expect(Set(found).count == found.count)
        #expect(Set(found).isSuperset(of: (4..<1000).map(String.init)))
    }

    @Test("a failure surfaces when its page's turn comes: everything before it is delivered")
    func failure() async throws {
        let provider = MemoryProvider("p") { request, _ throws(CertificateError) in
            let number = request.cursor.flatMap { Int($0.value) } ?? 0
            if number == 3 { throw CertificateError(.unavailable, "The page is broken.") }
            for _ in 0..<50 { await Task.yield() }
            var page = Page([Certificate.sample(provider: "p", order: "\(number)")]) { $0.orderID ?? "" }
            page.next = Cursor("\(number + 1)")
            page.upcoming = (2...6).map { Cursor("\(number + $0)") }
            return page
        }
        var found: [String] = []
        for await event in try CertificateHost([provider]).listCertificates() {
            if case .items(let items, _) = event { found += items.compactMap(\.orderID) }
            if case .outcome(let outcome) = event { #expect(outcome.error?.code == .unavailable) }
        }
        #expect(found == ["0", "1", "2"])
    }
}

/// A provider whose second and third page come, and are decoded only once the fourth has been asked for.
private final class SlowDecoder: CertificateProvider {
    let capabilities = ProviderCapabilities(operations: [.listCertificates])
    private let pages: Int
    private let undecoded = [1: AsyncStream<Void>.makeStream(), 2: AsyncStream<Void>.makeStream()]

    init(pages: Int) { self.pages = pages }

    func listCertificates(
        _ request: ListCertificatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        let number = request.cursor.flatMap { Int($0.value) } ?? 0
        if number == 3 { for page in undecoded.values { page.continuation.finish() } }
        context.observe?(
            .request(.init(method: "GET", pathTemplate: "/page", attempt: 1, status: 200, duration: .zero)))
        if let decoding = undecoded[number] { for await _ in decoding.stream {} }
        var page = Page([Certificate.sample(provider: "slow", order: "\(number)")]) { $0.orderID ?? "" }
        if number + 1 < pages {
            page.next = Cursor("\(number + 1)")
            page.upcoming = (number + 2..<max(number + 2, pages)).map { Cursor("\($0)") }
        }
        return page
    }

    var factory: AdapterFactory {
        AdapterFactory(name: "slow", title: "Slow", settings: SettingsDeclaration([]), defaultLimits: []) {
            _, _ throws(CertificateError) in self
        }
    }
}

/// How many are inside at a time.
final class Gauge: Sendable {
    private let state = Locked((now: 0, most: 0))

    var most: Int { state.withLock(\.most) }

    func enter() {
        state.withLock { state in
            state.now += 1
            state.most = max(state.most, state.now)
        }
    }

    func leave() { state.withLock { $0.now -= 1 } }
}
