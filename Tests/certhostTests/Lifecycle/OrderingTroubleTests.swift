import CASandbox
import CertProtocol
import Foundation
import Testing

@Suite("When ordering is interrupted")
struct OrderingTroubleTests {
    private static func issue(_ key: String? = nil, product: String = "ssl_plus", name: String = "shop") -> [String] {
        [
            "issue", "--provider", "digicert", "--product", product, "--organization", "112233", "--domain",
            "\(name).example.com", "--csr", "shop.csr", "--yes", "--format", "json",
        ] + (key.map { ["--idempotency-key", $0] } ?? [])
    }

    /// A command with a signing request. Calls have the usual time, because a busy machine is slow, unless a test has to see
    /// one end.
    private func with(timeout: String = "30s", _ body: (SandboxedCommand) async throws -> Void) async throws {
        try await SandboxedCommand.with { command in
            try command.runner.write(
                command.sandbox.pluginsYAML().replacing(
                    "adapter: digicert\n", with: "adapter: digicert\n    timeout: \(timeout)\n    retries: 0\n"
                )
            )
            try OpenSSLRequest.write(command.runner.folder, "shop.csr", names: ["shop.example.com"])
            try await body(command)
        }
    }

    private func orders(_ command: SandboxedCommand, _ name: String = "shop") async throws -> Set<String> {
        let list = try await command.runner.run("list", "--provider", "digicert", "--format", "json")
        let rows = list.json?.array("certificates")?.filter { $0.string("common_name") == "\(name).example.com" } ?? []
        return Set(rows.compactMap { $0.string("order_id") })
    }

    @Test(
        "an answer that is lost is 4 and says what to do; reconciling finds the order, and the key never orders again")
    func lostAnswer() async throws {
        try await with(timeout: "5s") { command in
            command.sandbox.inject(.lostAnswer, on: .digiCert.mutations, times: 1)
            // The lookup after it fails too.
            command.sandbox.inject(.serverError(503), on: .digiCert, from: 1)
            let lost = try await command.runner.run(Self.issue("mine"))
            #expect(lost.status == 4)
            #expect(lost.output.isEmpty)
            let error = try #require(lost.errorRecords.last?["error"])
            #expect(error.string("code") == "outcome_unknown")
            #expect(error.string("journal_key") == "mine")
            // Another one of the same names isn't sent either, unless someone insists.
            let other = try await command.runner.run(Self.issue().filter { $0 != "json" && $0 != "--format" })
            #expect(other.status == 4)
            #expect(other.errors.contains("certhost journal reconcile mine"))
            command.sandbox.clearFaults()

            var reconciled = try await command.runner.run("journal", "reconcile", "mine", "--format", "json")
            while reconciled.status == 4 {
                try await Task.sleep(for: .milliseconds(200))
                reconciled = try await command.runner.run("journal", "reconcile", "mine", "--format", "json")
            }
            #expect(reconciled.status == 0)
            let entry = try #require(reconciled.json?.array("entries")?.first)
            #expect(entry.string("state") == "reconciled")
            #expect(entry.string("created_at")?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
            let again = try await command.runner.run(Self.issue("mine"))
            #expect(again.status == 0)
            #expect(again.json?["receipt"]?.string("order_id") == entry.string("order_id"))
            #expect(try await orders(command) == [try #require(entry.string("order_id"))])
            let shown = try await command.runner.run("journal", "show", "mine", "--format", "json").json?["entry"]
            #expect(
                shown?.array("audit_records")?.compactMap { $0.string("phase") } == ["before", "after", "reconciled"])
        }
    }

    @Test("an answer that is lost is looked up at once: the order is handed over as if nothing had happened")
    func lookedUp() async throws {
        try await with { command in
            command.sandbox.inject(.lostAnswer, on: .digiCert.mutations, times: 1)
            let result = try await command.runner.run(Self.issue("mine"))
            #expect(result.status == 0)
            #expect(result.json?["receipt"]?.string("state") == "issued")
            #expect(try await orders(command).count == 1)
        }
    }

    @Test("the same key with other content is 64; without a key the same order again is refused, and --again insists")
    func duplicates() async throws {
        try await with { command in
            let first = try await command.runner.run(Self.issue("mine"))
            #expect(first.status == 0)
            let other = try await command.runner.run(Self.issue("mine") + ["--validity", "2y"])
            #expect(other.status == 64)
            #expect(other.errorRecords.last?["error"]?.string("code") == "invalid_request")
            let again = try await command.runner.run(Self.issue())
            #expect(again.status == 1)
            let error = try #require(again.errorRecords.last?["error"])
            #expect(error.string("code") == "rejected")
            #expect(error.string("order_id") == first.json?["receipt"]?.string("order_id"))
            #expect(try await command.runner.run(Self.issue() + ["--again"]).status == 0)
            #expect(try await orders(command).count == 2)
        }
    }

    @Test("two processes with the same key at the same moment make one order")
    func twins() async throws {
        try await with { command in
            let twins = try [command.runner.start(Self.issue("twin")), command.runner.start(Self.issue("twin"))]
            var found: Set<String> = []
            for twin in twins {
                let result = try await twin.result()
                #expect(result.status == 0, "\(result.errors)")
                found.insert(try #require(result.json?["receipt"]?.string("order_id")))
            }
            #expect(found.count == 1)
            #expect(try await orders(command) == found)
        }
    }

    @Test("Ctrl-C while an order is on its way: what came of it isn't known, and the status is 4")
    func interrupted() async throws {
        try await with { command in
            command.sandbox.inject(.hang, on: .digiCert, times: nil)
            let started = try command.runner.start(Self.issue("mine"))
            #expect(try await started.hasSaid("Sending to digicert"))
            while command.sandbox.requestCount == 0 { try await Task.sleep(for: .milliseconds(10)) }
            started.process.interrupt()
            #expect(try await started.hasSaid("Nobody has an answer"))
            // The lookup hangs as well; the second Ctrl-C doesn't wait for it.
            command.sandbox.clearFaults()
            started.process.interrupt()
            let result = try await started.result()
            #expect([4, 130].contains(result.status))
            let entry = try await command.runner.run("journal", "show", "mine", "--format", "json").json?["entry"]
            #expect(["outcome_unknown", "sent"].contains(entry?.string("state")))
        }
    }

    @Test("a wait that is interrupted has printed the order, and goes on with the same key")
    func resumed() async throws {
        try await with { command in
            let issue = Self.issue("mine", product: "ssl_dv_geotrust") + ["--wait", "--out", "shop.crt"]
            let started = try command.runner.start(issue)
            #expect(try await started.hasSaid("looking again in"))
            started.process.interrupt()
            let result = try await started.result()
            #expect(result.status == 130)
            let order = try #require(result.json?["receipt"]?.string("order_id"))
            #expect(!FileManager.default.fileExists(atPath: command.runner.folder.path + "/shop.crt"))
            #expect(try await command.runner.run("validation", "check", "digicert/\(order)").status == 0)
            let resumed = try await command.runner.run(issue)
            #expect(resumed.status == 0)
            #expect(resumed.json?["receipt"]?.string("order_id") == order)
            #expect(resumed.json?["receipt"]?.string("state") == "issued")
            #expect(FileManager.default.fileExists(atPath: command.runner.folder.path + "/shop.crt"))
            #expect(try await orders(command) == [order])
        }
    }

    @Test("a key that was made for an order belongs to it when the command is started again, and to no other")
    func keyAgain() async throws {
        try await with { command in
            let issue = [
                "issue", "--provider", "digicert", "--product", "ssl_plus", "--organization", "112233", "--domain",
                "shop.example.com", "--generate-key", "--key-out", "shop.key", "--yes", "--format", "json",
            ]
            let first = try await command.runner.run(issue + ["--idempotency-key", "mine"])
            let again = try await command.runner.run(issue + ["--idempotency-key", "mine"])
            #expect(again.status == 0)
            #expect(again.output == first.output)
            #expect(try await command.runner.run(issue + ["--idempotency-key", "other"]).status == 64)
            try FileManager.default.removeItem(atPath: command.runner.folder.path + "/shop.key")
            #expect(try await command.runner.run(issue + ["--idempotency-key", "mine"]).status == 64)
            #expect(!FileManager.default.fileExists(atPath: command.runner.folder.path + "/shop.key"))
            #expect(try await orders(command).count == 1)
        }
    }

    @Test("a journal that can't be written stops the order before it is sent, with status 78")
    func journalUnwritable() async throws {
        try await with { command in
            try command.runner.write("not a journal", to: "broken.sqlite")
            try command.runner.write(command.sandbox.pluginsYAML() + "journal: {path: broken.sqlite}\n")
            let result = try await command.runner.run(Self.issue("mine"))
            #expect(result.status == 78)
            #expect(command.sandbox.requestCount == 0)
        }
    }
}
