import CertProtocol
import Foundation
import Host
import LocalCAAdapter
import TestSupport
import Testing

/// Lists, lookups, and what is known of a call whose answer was lost.
@Suite("Reading a local CA")
struct ReadingTests {
    @Test("the pages of a list hold each order once, also when orders come while it is read")
    func pages() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            let order = try folder.order()
            for _ in 0..<5 { _ = try await provider.issue(order, context: OperationContext()) }
            var seen: [String] = []
            var cursor: Cursor?
            repeat {
                let page = try await provider.listCertificates(
                    ListCertificatesRequest(pageSize: 2, cursor: cursor), context: OperationContext())
                #expect(page.items.count <= 2 && page.isAscending)
                seen += page.items.compactMap(\.orderID)
                if seen.count < 5 { _ = try await provider.issue(order, context: OperationContext()) }
                cursor = page.next
            } while cursor != nil
            #expect(seen == (1...7).map { "\($0)" })
            let foreign = await failure { () throws(CertificateError) in
                try await provider.listCertificates(
                    ListCertificatesRequest(cursor: Cursor("page=2")), context: OperationContext())
            }
            #expect(foreign?.code == .invalidRequest)
        }
    }

    @Test("an order is found by its id, serial number and thumbprint, however they are spelled")
    func lookups() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            let receipt = try await provider.issue(try folder.order(), context: OperationContext())
            _ = try await provider.issue(try folder.order("other.test"), context: OperationContext())
            let fingerprint = try folder.describe(receipt.certificatesPEM[0], "-fingerprint", "-sha1")
                .split(separator: "=")[1].filter { !$0.isNewline }
            let serial = try #require(receipt.certificateID)
            for reference in [
                OrderReference.order("1"), .serial(serial), .serial(serial.lowercased()), .thumbprint(fingerprint),
                .thumbprint(fingerprint.replacing(":", with: "")),
            ] {
                let order = try await provider.orderDetail(OrderDetailRequest(reference), context: OperationContext())
                #expect(order.orderID == "1" && order.certificates.first?.commonName == "app.test")
                #expect(order.product == "server" && order.productName == "TLS server certificate")
                #expect(LocalCA.Order(order.raw)?.certificate == receipt.certificatesPEM[0])
            }
            for reference in [
                OrderReference.order("3"), .order("0"), .order("../1"), .order(""), .order("1.json"), .order("01"),
                .order("+1"), .serial("00"),
                .serial("xyz"), .thumbprint("0A0B"),
            ] {
                let error = await failure { () throws(CertificateError) in
                    try await provider.orderDetail(OrderDetailRequest(reference), context: OperationContext())
                }
                #expect(error?.code == .notFound, "\(reference)")
            }
        }
    }

    @Test("the authority knows when its certificates end, and says so; the host's filters do the rest")
    func statuses() async throws {
        try await LocalFolder.with { folder in
            let clock = ManualClock(date: Date())
            let provider = try folder.provider(clock: clock.operationClock)
            for (name, days) in ["a.test": 1, "b.test": 10, "c.test": 100] {
                _ = try await provider.issue(
                    try folder.order(name, validity: .days(days)), context: OperationContext())
            }
            clock.advance(by: .seconds(2 * 86_400))
            let configuration = HostConfiguration(
                journalPath: "",
                providers: [
                    ProviderConfiguration(
                        id: "local", adapter: LocalCA.adapterName, limits: [],
                        settings: SettingsValues(["directory": .string(folder.path)]))
                ])
            let host = try CertificateHost(
                configuration: configuration,
                registry: AdapterRegistry([.localCA(clock: clock.operationClock)]), clock: clock.operationClock)
            func names(_ filter: CertificateFilter) async throws -> Set<String> {
                var names: Set<String> = []
                for await event in try host.listCertificates(filter) {
                    if case .items(let items, _) = event { names.formUnion(items.compactMap(\.commonName)) }
                }
                return names
            }
            let now = clock.operationClock.date()
            #expect(try await names(CertificateFilter(statuses: [.expired], now: now)) == ["a.test"])
            #expect(try await names(CertificateFilter(statuses: [.issued], now: now)) == ["b.test", "c.test"])
            #expect(
                try await names(CertificateFilter(expiringBy: now.addingTimeInterval(30 * 86_400), now: now))
                    == ["b.test"])
            #expect(try await names(CertificateFilter(isExpired: true, now: now)) == ["a.test"])
            #expect(try await names(CertificateFilter(domain: "c.*", now: now)) == ["c.test"])
        }
    }

    @Test("a word that a later version wrote is kept")
    func unknownStatus() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            _ = try await provider.issue(try folder.order(), context: OperationContext())
            let record = try folder.text("orders/1.json").replacing(#""issued""#, with: #""suspended""#)
            try record.write(toFile: folder.file("orders/1.json"), atomically: true, encoding: .utf8)
            let order = try await provider.orderDetail(OrderDetailRequest(.order("1")), context: OperationContext())
            #expect(order.status == .unknown("suspended") && order.providerStatus == "suspended")
        }
    }

    @Test("an order is found by the key that it was sent with, a call that was stopped is found not to be there")
    func findOrder() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            let order = try folder.order()
            // The journal says no, right before anything is changed.
            var stopped = OperationContext(journalKey: "stopped")
            stopped.beforeSending = { _ throws(CertificateError) in throw CertificateError(.timeout, "Too late.") }
            let error = await failure { () throws(CertificateError) in try await provider.issue(order, context: stopped)
            }
            #expect(error?.code == .timeout)
            #expect(try folder.files() == ["lock", "orders"])
            let asked = Locked(0)
            var context = OperationContext(principal: "tester", journalKey: "sent")
            context.beforeSending = { _ throws(CertificateError) in asked.withLock { $0 += 1 } }
            let receipt = try await provider.issue(order, context: context)
            #expect(asked.withLock(\.self) == 1)
            for (key, isThere) in ["sent": true, "stopped": false] {
                let lookup = FindOrderRequest(operation: .issue, journalKey: key, sentAt: Date())
                switch try await provider.findOrder(lookup, context: OperationContext()) {
                case .found(let order): #expect(isThere && order.orderID == receipt.orderID)
                case .notFound: #expect(!isThere)
                default: Issue.record("\(key): the authority knows all of its orders")
                }
            }
            #expect(try folder.text("orders/1.json").contains(#""principal": "tester""#))
        }
    }

    @Test("the deadline and a cancellation end the wait for a folder that another one changes, and nothing is done")
    func waiting() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            let order = try folder.order()
            let (entered, enter) = AsyncStream<Void>.makeStream()
            let (left, leave) = AsyncStream<Void>.makeStream()
            var slow = OperationContext(journalKey: "slow")
            slow.beforeSending = { _ throws(CertificateError) in
                enter.finish()
                for await _ in left {}
            }
            let context = slow
            let holder = Task { try await provider.issue(order, context: context) }
            for await _ in entered {}
            let late = await failure { () throws(CertificateError) in
                try await provider.issue(order, context: OperationContext(deadline: .now + .milliseconds(50)))
            }
            #expect(late?.code == .timeout)
            // Cancelled while it waits, which its clock tells.
            let (waits, wait) = AsyncStream<Void>.makeStream()
            var clock = OperationClock.system
            let sleep = clock.sleep
            clock.sleep = { instant in
                wait.finish()
                try await sleep(instant)
            }
            let waiter = try folder.provider(clock: clock)
            let cancelled = Task { () -> CertificateError.Code? in
                await failure { () throws(CertificateError) in
                    try await waiter.issue(order, context: OperationContext())
                }?.code
            }
            for await _ in waits {}
            cancelled.cancel()
            #expect(await cancelled.value == .cancelled)
            leave.finish()
            #expect(try await holder.value.orderID == "1")
            let page = try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())
            #expect(page.items.count == 1)
        }
    }
}
