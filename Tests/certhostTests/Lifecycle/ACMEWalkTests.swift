import CertProtocol
import Foundation
import HTTPTransport
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The command as a user runs it, against an ACME server that nobody here wrote.
@Suite("The command at an ACME server", .enabled(if: Pebble.isInstalled, Comment(rawValue: Pebble.absence)))
struct ACMEWalkTests {
    /// What a test works with.
    private struct Bench {
        let pebble: Pebble
        let runner: CommandRunner
        let transport: AsyncHTTPTransport
        let openSSL: OpenSSL

        func path(_ name: String) -> String { runner.folder.appending(path: name).path }

        func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

        func program(_ name: String, _ script: String) throws {
            try runner.write(script, to: name)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path(name))
        }

        /// Writes a configuration with that program, or without any.
        func configure(hook: String?, timeout: String = "60s") throws {
            let hook = hook.map { "\n      hook_command: \(path($0))" } ?? ""
            try runner.write(
                """
                version: 1
                ca_file: \(pebble.tlsRoot)
                providers:
                  acme:
                    adapter: acme
                    timeout: \(timeout)
                    settings:
                      directory: \(pebble.directory)
                      terms_agreed: true
                      contact: operator@example.test
                      state: \(path("state"))\(hook)
                """)
        }

        /// Runs a command that has to succeed, and returns what it says as JSON.
        func run(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) async throws -> JSONValue {
            let result = try await runner.run(arguments + ["--format", "json"])
            #expect(result.status == 0, "\(arguments): \(result.errors)", sourceLocation: sourceLocation)
            return try #require(result.json, sourceLocation: sourceLocation)
        }
    }

    private func withBench(_ body: (Bench) async throws -> Void) async throws {
        try await Pebble.with { pebble in
            let bench = Bench(
                pebble: pebble, runner: try CommandRunner(), transport: AsyncHTTPTransport(), openSSL: try OpenSSL())
            let result: Result<Void, any Error>
            do { result = .success(try await body(bench)) } catch { result = .failure(error) }
            await bench.transport.shutdown()
            bench.openSSL.remove()
            try? FileManager.default.removeItem(at: bench.runner.folder)
            try result.get()
        }
    }

    @Test("issue, order, download, and revoke by the certificate's own key; the journal knows what can't be listed")
    func walk() async throws {
        try await withBench { bench in
            try bench.program("hook", bench.pebble.hookScript(log: bench.path("hook.log")))
            try bench.configure(hook: "hook")
            let health = try await bench.run("providers", "--check")
            #expect(health.array("providers")?.first?.object("health")?.string("outcome") == "ok")
            let receipt = try await bench.run(
                "issue", "--provider", "acme", "--product", "dv", "--generate-key", "--key-out", "a.key", "--domain",
                "a.example.test", "--domain", "*.b.example.test", "--out", "a.pem", "--yes"
            ).object("receipt")
            #expect(receipt?.string("state") == "issued")
            let id = try #require(receipt?.string("order_id"))
            let chain = try #require(receipt?.strings("certificates_pem"))
            try bench.openSSL.verify(chain, root: try await bench.pebble.root(through: bench.transport))
            #expect(try bench.text("a.pem") == chain.joined())

            #expect(try await bench.run("order", "acme/\(id)").object("order")?.string("status") == "issued")
            _ = try await bench.run("download", "acme/\(id)", "--format-out", "pem", "--out", "leaf.pem")
            #expect(try bench.text("leaf.pem") == chain[0])
            let list = try await bench.runner.run("list", "--provider", "acme", "--format", "json")
            #expect(list.status == 1, "ACME lists nothing")
            let entries = try await bench.run("journal", "list").array("entries")
            #expect(entries?.map { $0.string("order_id") } == [id] && entries?.first?.string("state") == "accepted")

            let revoked = try await bench.run(
                "revoke", "acme/\(id)", "--whole-order", "--reason", "keyCompromise", "--key", "a.key",
                "--certificate-file", "a.pem", "--yes")
            #expect(revoked.object("receipt")?.string("state") == "done")
            let serial =
                try bench.openSSL.run(["x509", "-noout", "-serial"], input: chain[0])
                .split(separator: "=").last.map { $0.lowercased().filter(\.isHexDigit) } ?? ""
            #expect(try await bench.pebble.status(ofSerial: serial, through: bench.transport).contains("Revoked"))
        }
    }

    @Test("without a program the proof is shown and published by hand; check goes on to the certificate")
    func byHand() async throws {
        try await withBench { bench in
            try bench.configure(hook: nil)
            let issue = [
                "issue", "--provider", "acme", "--product", "dv", "--generate-key", "--key-out", "h.key", "--domain",
                "hand.example.test", "--idempotency-key", "hand-1", "--yes", "--format", "json",
            ]
            let receipt = try await bench.runner.run(issue).json?.object("receipt")
            #expect(receipt?.string("state") == "pending" && receipt?.strings("awaiting") == ["domain_validation"])
            let id = try #require(receipt?.string("order_id"))
            let table = try await bench.runner.run("validation", "show", "acme/\(id)")
            #expect(
                table.output.contains(
                    "Publish on the web server:\nhttp://hand.example.test/.well-known/acme-challenge/"))
            #expect(!table.output.contains("Publish in the zone"))
            let shown = try await bench.run("validation", "show", "acme/\(id)").array("validations")?.first
            let token = try #require(shown?.string("record_name")?.split(separator: "/").last)
            let content = try #require(shown?.string("record_value"))
            try await bench.pebble.tell(
                "/add-http01", #"{"token":"\#(token)","content":"\#(content)"}"#, through: bench.transport)
            let checked = try await bench.run("validation", "check", "acme/\(id)").array("validations")?.first
            #expect(checked?.string("status") == "valid")
            // The same key again is the same order, followed to its end.
            let again = try await bench.runner.run(issue + ["--wait", "--out", "h.pem"])
            #expect(again.status == 0 && again.json?.object("receipt")?.string("state") == "issued", "\(again.errors)")
            try bench.openSSL.verify(
                again.json?.object("receipt")?.strings("certificates_pem") ?? [],
                root: try await bench.pebble.root(through: bench.transport))
        }
    }

    @Test("a command that is killed while it publishes: the journal finds its order, and the next look takes it on")
    func killed() async throws {
        try await withBench { bench in
            try bench.program("stuck", "#!/bin/sh\necho $$ > '\(bench.path("pid"))'\nexec sleep 600\n")
            try bench.configure(hook: "stuck", timeout: "5s")
            let started = try bench.runner.start([
                "issue", "--provider", "acme", "--product", "dv", "--generate-key", "--key-out", "k.key", "--domain",
                "killed.example.test", "--idempotency-key", "killed-1", "--yes",
            ])
            var program: Int32?
            for _ in 0..<3000 where program == nil {
                program = (try? bench.text("pid")).flatMap { Int32($0.filter(\.isNumber)) }
                try await Task.sleep(for: .milliseconds(20))
            }
            kill(started.process.processIdentifier, SIGKILL)
            _ = try await started.result()
            // Nobody waits for a program whose starter was killed.
            kill(try #require(program), SIGKILL)

            try bench.program("hook", bench.pebble.hookScript(log: bench.path("hook.log")))
            try bench.configure(hook: "hook")
            var id: String?
            for _ in 0..<120 where id == nil {
                // It is looked up once the time that it had is over.
                _ = try await bench.runner.run("journal", "reconcile", "killed-1")
                id = try await bench.run("journal", "list").array("entries")?.first?.string("order_id")
                if id == nil { try await Task.sleep(for: .milliseconds(500)) }
            }
            let order = try #require(id)
            var status: String?
            for _ in 0..<120 where status != "issued" {
                status = try await bench.run("order", "acme/\(order)").object("order")?.string("status")
            }
            #expect(status == "issued")
        }
    }
}
