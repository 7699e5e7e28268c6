import CertProtocol
import Foundation
import TestSupport
import Testing

/// The files of a local authority, and what happens when they are not as they should be.
@Suite("The folder of a local CA")
struct StorageTests {
    @Test("keys and records are their owner's alone; what is to be copied is no secret")
    func modes() async throws {
        try await LocalFolder.with { folder in
            _ = try await folder.provider().issue(try folder.order(), context: OperationContext())
            #expect(
                try folder.files() == [
                    "authority.pem", "crl.pem", "ledger.json", "lock", "orders", "orders/1.json", "root.pem",
                ])
            for name in ["authority.pem", "ledger.json", "lock", "orders/1.json"] {
                #expect(try folder.mode(name) == 0o600)
            }
            for name in ["", "orders"] { #expect(try folder.mode(name) == 0o700) }
            for name in ["root.pem", "crl.pem"] { #expect(try folder.mode(name) == 0o644) }
            // A key that others can read is not signed with.
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o644], ofItemAtPath: folder.file("authority.pem"))
            let (order, provider) = (try folder.order(), try folder.provider())
            let open = await failure { () throws(CertificateError) in
                try await provider.issue(order, context: OperationContext())
            }
            #expect(open?.code == .invalidConfiguration && open?.message.contains("chmod 600") == true)
            // A record holds no key.
            #expect(try !folder.text("orders/1.json").contains("PRIVATE"))
        }
    }

    @Test("reading makes nothing: an authority that isn't there has no orders, and is in good health")
    func nothingMade() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            let page = try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())
            #expect(page.items.isEmpty && page.total == 0 && page.next == nil)
            try await provider.checkHealth(HealthCheckRequest(), context: OperationContext())
            let lookup = FindOrderRequest(operation: .issue, journalKey: "none", sentAt: Date())
            guard case .notFound = try await provider.findOrder(lookup, context: OperationContext()) else {
                Issue.record("There is no such order.")
                return
            }
            #expect(!FileManager.default.fileExists(atPath: folder.path))
        }
    }

    @Test("the authority is never made anew over what is left of one")
    func neverOverwritten() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            let order = try folder.order()
            _ = try await provider.issue(order, context: OperationContext())
            let authority = try folder.text("authority.pem")
            for damage in [nil, "", "nonsense", String(authority.prefix(900)), authority.replacing("A", with: "B")] {
                if let damage {
                    try damage.write(toFile: folder.file("authority.pem"), atomically: true, encoding: .utf8)
                    try folder.protect("authority.pem")
                } else {
                    try FileManager.default.removeItem(atPath: folder.file("authority.pem"))
                }
                let error = await failure { () throws(CertificateError) in
                    try await provider.issue(order, context: OperationContext())
                }
                #expect(error?.code == .invalidConfiguration)
                #expect(error?.message.contains("authority.pem") == true)
                #expect(error?.message.contains("PRIVATE") == false)
                let health = await failure { () throws(CertificateError) in
                    try await provider.checkHealth(HealthCheckRequest(), context: OperationContext())
                }
                #expect(health?.code == .invalidConfiguration)
                #expect((try? folder.text("authority.pem")) == damage)
            }
            try authority.write(toFile: folder.file("authority.pem"), atomically: true, encoding: .utf8)
            try folder.protect("authority.pem")
            let chain = try await provider.issue(order, context: OperationContext()).certificatesPEM
            try folder.openSSL.verify(chain, root: folder.text("root.pem"))
        }
    }

    @Test("what was made from the authority is made again where it is missing, the same root")
    func madeAgain() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            _ = try await provider.issue(try folder.order(), context: OperationContext())
            let root = try folder.text("root.pem")
            for name in ["root.pem", "crl.pem"] { try FileManager.default.removeItem(atPath: folder.file(name)) }
            let chain = try await provider.issue(try folder.order(), context: OperationContext()).certificatesPEM
            #expect(try folder.text("root.pem") == root)
            #expect(try folder.isGood(chain))
        }
    }

    @Test("what a crash left half-written is in nobody's way")
    func leftovers() async throws {
        try await LocalFolder.with { folder in
            let orders = folder.file("orders")
            try FileManager.default.createDirectory(atPath: orders, withIntermediateDirectories: true)
            for name in [".half", "crl.stale", "orders/.half"] {
                try "half".write(toFile: folder.file(name), atomically: true, encoding: .utf8)
            }
            let chain = try await folder.provider().issue(try folder.order(), context: OperationContext())
                .certificatesPEM
            try folder.openSSL.verify(chain, root: folder.text("root.pem"))
            #expect(try folder.mode("authority.pem") == 0o600)
            #expect(try folder.isGood(chain))
        }
    }

    @Test("a damaged record is a row that can't be read, and hides no other")
    func damagedRecord() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            for name in ["a", "b", "c", "d"] {
                _ = try await provider.issue(
                    try folder.order("\(name).test"), context: OperationContext(journalKey: name))
            }
            let third = try folder.text("orders/3.json")
            try String(third.prefix(100)).write(toFile: folder.file("orders/2.json"), atomically: true, encoding: .utf8)
            try third.write(toFile: folder.file("orders/4.json"), atomically: true, encoding: .utf8)
            let page = try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())
            #expect(page.items.map(\.orderID) == ["1", "3"])
            #expect(page.problems.count == 2 && page.total == 4)
            #expect(page.problems[0].raw.string("content")?.hasPrefix("{") == true)
            #expect(page.problems[1].reason.contains("says that it is order 3"))
            let error = await failure { () throws(CertificateError) in
                try await provider.orderDetail(OrderDetailRequest(.order("2")), context: OperationContext())
            }
            #expect(error?.code == .malformedResponse && error?.message.contains("orders/2.json") == true)
            // What came of a call can't be told while it may be what is damaged.
            for (key, isThere) in ["c": true, "b": false, "never": false] {
                let lookup = FindOrderRequest(operation: .issue, journalKey: key, sentAt: Date())
                switch try await provider.findOrder(lookup, context: OperationContext()) {
                case .found(let order): #expect(isThere && order.orderID == "3")
                case .cannotTell: #expect(!isThere)
                default: Issue.record("\(key) is not known to be absent")
                }
            }
            // The number of a damaged record is not given again.
            #expect(try await provider.issue(try folder.order(), context: OperationContext()).orderID == "5")
        }
    }

    @Test("where the folder can't be used, nothing is issued and the reason is told")
    func unusable() async throws {
        try await LocalFolder.with { folder in
            let provider = try folder.provider()
            let order = try folder.order()
            // A file where the folder should be: a folder that is merely read-only stops no superuser.
            try FileManager.default.createDirectory(
                atPath: folder.outerPath + "/state", withIntermediateDirectories: true)
            try "a file".write(toFile: folder.path, atomically: true, encoding: .utf8)
            for attempt in 0..<2 {
                let error = await failure { () throws(CertificateError) in
                    if attempt == 0 {
                        try await provider.checkHealth(HealthCheckRequest(), context: OperationContext())
                    } else {
                        _ = try await provider.issue(order, context: OperationContext())
                    }
                }
                #expect(error?.code == .invalidConfiguration)
                #expect(error?.message.contains(folder.path) == true)
            }
            // A file where the orders should be.
            try FileManager.default.removeItem(atPath: folder.path)
            _ = try await provider.issue(order, context: OperationContext())
            let orders = folder.file("orders")
            try FileManager.default.moveItem(atPath: orders, toPath: orders + ".aside")
            try "a file".write(toFile: orders, atomically: true, encoding: .utf8)
            let error = await failure { () throws(CertificateError) in
                try await provider.issue(order, context: OperationContext())
            }
            #expect(error?.code == .invalidConfiguration && error?.message.contains(orders) == true)
            #expect(error?.message.hasSuffix("Nothing was issued or revoked.") == true)
            try FileManager.default.removeItem(atPath: orders)
            try FileManager.default.moveItem(atPath: orders + ".aside", toPath: orders)
            let page = try await provider.listCertificates(ListCertificatesRequest(), context: OperationContext())
            #expect(page.items.count == 1)
        }
    }
}
