import CASandbox
import CertProtocol
import Foundation
import Testing

/// `make soak` runs this with thousands of keys (`CERTHOST_CRASHES`).
@Suite("Processes that die while they order")
struct CrashTests {
    private static let count = ProcessInfo.processInfo.environment["CERTHOST_CRASHES"].flatMap { Int($0) } ?? 24

    @Test(
        "killed at any moment, with answers lost: each key ends with one order, and the journal knows every order",
        arguments: [OrderingCrash.Target.digiCert, .ncp]
    )
    func crashes(_ target: OrderingCrash.Target) async throws {
        try await SandboxedCommand.with { command in
            var crash = try OrderingCrash(command, target, count: Self.count)
            let orders = try await crash.run()
            print("\(target.provider): \(crash.figures)")
            #expect(orders.count == Self.count)

            let list = try await command.runner.run("list", "--provider", target.provider, "--format", "json")
            var atAuthority: [String: Set<String>] = [:]
            for row in try #require(list.json?.array("certificates")) {
                guard let name = row.string("common_name"), name.hasPrefix("crash-") else { continue }
                atAuthority[name, default: []].insert(try #require(row.string("order_id")))
            }
            let journal = try await command.runner.run("journal", "list", "--format", "json")
            let entries = try #require(journal.json?.array("entries"))
            #expect(entries.count == Self.count)
            for index in 0..<Self.count {
                let order = try #require(orders[index])
                #expect(atAuthority[OrderingCrash.name(index)] == [order])
                let entry = entries.first { $0.string("key") == OrderingCrash.key(index) }
                #expect(entry?.string("order_id") == order)
                #expect(["accepted", "reconciled"].contains(entry?.string("state")))
            }
            #expect(atAuthority.count == Self.count)
            #expect(try await command.runner.run("journal", "reconcile").status == 0)
        }
    }
}
