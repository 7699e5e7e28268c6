import CASandbox
import CertProtocol
import Foundation
import Testing

@testable import certhost

@Suite("What ordering commands ask, show and refuse")
struct OrderingGrammarTests {
    private static let issue = [
        "issue", "--provider", "digicert", "--product", "ssl_plus", "--organization", "112233", "--domain",
        "shop.example.com",
    ]
    private static let generated = ["--generate-key", "--key-out", "new.key"]

    @Test(
        "the value of --generate-key may be left out",
        arguments: [
            (["issue", "--generate-key", "--key-out", "k"], ["issue", "--generate-key=ec-p256", "--key-out", "k"]),
            (["--generate-key", "rsa-2048", "--out", "o"], ["--generate-key", "rsa-2048", "--out", "o"]),
            (["reissue", "--generate-key", "ca/1"], ["reissue", "--generate-key=ec-p256", "ca/1"]),
            (["issue", "--generate-key"], ["issue", "--generate-key=ec-p256"]),
            (["--generate-key=P384", "x"], ["--generate-key=P384", "x"]),
            (["--", "--generate-key"], ["--", "--generate-key"]),
        ]
    )
    func optionalValue(_ given: [String], _ filled: [String]) {
        #expect(OptionalValue.filled(in: given, with: "ec-p256") == filled)
    }

    @Test(
        "wrong usage is 64, and nobody is asked",
        arguments: [
            issue + ["--yes"], issue + ["--generate-key", "--yes"], issue + ["--key-out", "k", "--yes"],
            issue + generated + ["--csr", "x.csr", "--yes"], issue + ["--csr", "missing.csr", "--yes"],
            issue + ["--generate-key", "rsa-1024", "--key-out", "k", "--yes"],
            issue + generated + ["--validity", "soon", "--yes"],
            issue + generated + ["--out", "no-such-folder/x", "--yes"], issue + generated + ["--out", ".", "--yes"],
            issue + ["--generate-key", "--key-out", "taken.key", "--yes"],
            issue + generated + ["--domain", "not a name", "--yes"],
            ["issue", "--product", "ssl_plus", "--csr", "x.csr", "--yes"],
            issue + generated + ["--idempotency-key", "with space", "--yes"],
            // Without --yes, and nobody to ask.
            issue + generated, ["revoke", "digicert/123456", "--whole-order", "--reason", "superseded"],
            ["cancel", "digicert/123455"], ["approvals", "approve", "digicert/198"],
            ["approvals", "reject", "digicert/198"], ["extend", "ncp/900001", "--validity", "1y"],
            ["delete", "ncp/100001"], ["reissue", "digicert/123456", "--generate-key", "--key-out", "k"],
            ["renew", "digicert/123456", "--generate-key", "--key-out", "k"],
            ["duplicate", "digicert/123456", "--generate-key", "--key-out", "k"],
            // Scope and reason.
            ["revoke", "digicert/123456", "--reason", "superseded", "--yes"],
            ["revoke", "digicert/123456", "--whole-order", "--yes"],
            ["revoke", "digicert/1", "--whole-order", "--certificate", "2", "--reason", "superseded", "--yes"],
            ["revoke", "ncp/900001", "--whole-order", "--reason", "keyCompromise", "--yes"],
            ["revoke", "digicert/123456", "--whole-order", "--reason", "boredom", "--yes"],
            ["auto-renewal", "perhaps", "ncp/1"], ["extend", "ncp/900001", "--yes"],
            ["download", "digicert/123456", "--format-out", "jks"], ["download", "ncp/1", "--format-out", "p7b"],
            ["journal", "list", "--state", "lost"], ["validation", "show", "digicert"],
            ["import", "--provider", "ncp", "--name", "a-name", "--certificate", "none", "--key", "none"],
        ]
    )
    func usage(_ arguments: [String]) async throws {
        try await SandboxedCommand.with { command in
            try command.runner.write("", to: "taken.key")
            for format in ["table", "json"] {
                let result = try await command.runner.run(arguments + ["--format", format])
                #expect(result.status == 64, "\(arguments): \(result.errors)")
                #expect(result.output.isEmpty)
                #expect(!result.errors.isEmpty)
            }
            #expect(command.sandbox.requestCount == 0)
            #expect(!FileManager.default.fileExists(atPath: command.runner.folder.path + "/new.key"))
        }
    }

    @Test(
        "what a provider doesn't offer is 1, before any request and any file",
        arguments: [
            ["renew", "ncp/900001", "--generate-key", "--key-out", "k", "--yes"],
            ["duplicate", "ncp/900001", "--generate-key", "--key-out", "k"], ["cancel", "ncp/900001", "--yes"],
            ["delete", "digicert/1"], ["auto-renewal", "on", "digicert/1"],
            ["extend", "digicert/1", "--validity", "1y", "--yes"], ["validation", "set-method", "ncp/900001", "D"],
            ["approvals", "approve", "ncp/1", "--yes"], ["approvals", "list", "--provider", "ncp"],
        ]
    )
    func unsupported(_ arguments: [String]) async throws {
        try await SandboxedCommand.with { command in
            let result = try await command.runner.run(arguments + ["--format", "json"])
            #expect(result.status == 1)
            #expect(result.errorRecords.last?["error"]?.string("code") == "unsupported")
            #expect(command.sandbox.requestCount == 0)
            #expect(!FileManager.default.fileExists(atPath: command.runner.folder.path + "/k"))
        }
    }

    @Test("a dry run shows the plan, and sends and writes nothing")
    func dryRun() async throws {
        try await SandboxedCommand.with { command in
            let before = try FileManager.default.subpathsOfDirectory(atPath: command.runner.folder.path)
            let arguments =
                Self.issue + ["--domain", "WWW.example.com", "--validity", "1y", "--dry-run"] + Self.generated
            let table = try await command.runner.run(arguments)
            #expect(table.status == 0)
            for text in ["digicert", "ssl_plus", "shop.example.com, www.example.com", "ec-p256", "1y", "random"] {
                #expect(table.output.contains(text), "\(text)")
            }
            let json = try await command.runner.run(arguments + ["--idempotency-key", "mine", "--format", "json"])
            let plan = try #require(json.json?["plan"])
            #expect(plan.string("journal_key") == "mine")
            #expect(plan.string("common_name") == "shop.example.com")
            #expect(plan.array("dns_names")?.compactMap(\.stringValue) == ["www.example.com"])
            let held = try await command.runner.run(
                "renew", "digicert/123456", "--generate-key", "--key-out", "k", "--domain", "a.example.com", "--dry-run"
            )
            #expect(held.status == 0)
            #expect(command.sandbox.requestCount == 0)
            let after = try FileManager.default.subpathsOfDirectory(atPath: command.runner.folder.path)
            #expect(Set(after.filter { !$0.hasSuffix(".out") && !$0.hasSuffix(".err") }) == Set(before))
        }
    }

    @Test("without --provider the routes decide, and the command says so")
    func routed() async throws {
        try await SandboxedCommand.with { command in
            try command.runner.write(
                command.sandbox.pluginsYAML() + """
                    routes:
                      - when: {domains: ["*.kr"]}
                        use: [{provider: ncp, product: NCP_PAID_DV_01}, digicert]

                    """
            )
            let result = try await command.runner.run(
                ["issue", "--product", "ssl_dv_geotrust", "--domain", "shop.example.kr", "--yes", "--format", "json"]
                    + Self.generated
            )
            #expect(result.status == 0)
            #expect(
                result.errors.contains("ncp (NAVER Cloud Platform Certificate Manager), product NCP_PAID_DV_01; then"))
            #expect(result.json?["receipt"]?.string("provider") == "ncp")
        }
    }

    @Test("a signing request for names that the order lacks is refused before it costs money")
    func csrNames() async throws {
        try await SandboxedCommand.with { command in
            try OpenSSLRequest.write(command.runner.folder, "x.csr", names: ["shop.example.com", "more.example.com"])
            let result = try await command.runner.run(Self.issue + ["--csr", "x.csr", "--yes"])
            #expect(result.status == 64)
            #expect(result.errors.contains("more.example.com"))
            let whole = try await command.runner.run(
                Self.issue + ["--domain", "more.example.com", "--csr", "x.csr", "--dry-run"])
            #expect(whole.status == 0)
            #expect(command.sandbox.requestCount == 0)
        }
    }

    @Test("a key of its own product is made by the authority: no signing request is asked for")
    func withoutRequest() async throws {
        try await SandboxedCommand.with { command in
            let result = try await command.runner.run(
                "issue", "--provider", "ncp", "--product", "CLOUD_BASIC", "--domain", "cdn.example.com", "--yes",
                "--format", "json"
            )
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.json?["receipt"]?.string("state") == "pending")
        }
    }

    @Test("on a terminal it asks, showing what will happen; only a yes goes on", arguments: ["yes", "no", ""])
    func question(_ answer: String) async throws {
        try await SandboxedCommand.with { command in
            let line = (Self.issue + Self.generated + ["--out", "new.crt"]).joined(separator: " ")
            let started = try command.runner.start(
                ["-qefc", "stty cols 80; exec \(CommandRunner.executable.path) \(line)", "screen"],
                environment: ["TERM": "xterm"], executable: URL(fileURLWithPath: "/usr/bin/script"),
                input: answer + "\n"
            )
            let result = try await started.result()
            for text in ["shop.example.com", "ssl_plus", "ec-p256", "may cost money", "Type yes to go on:"] {
                #expect(result.output.contains(text), "\(text)")
            }
            let isYes = answer == "yes"
            #expect((result.status == 0) == isYes)
            #expect((command.sandbox.requestCount > 0) == isYes)
            for file in ["new.key", "new.crt"] {
                #expect(FileManager.default.fileExists(atPath: "\(command.runner.folder.path)/\(file)") == isYes)
            }
        }
    }

    @Test("the embedded sandbox has a journal of its own beside the real one")
    func embedded() async throws {
        let runner = try CommandRunner()
        defer { try? FileManager.default.removeItem(at: runner.folder) }
        try runner.write(
            """
            version: 1
            sandbox: embedded
            journal: {path: real.sqlite}
            providers:
              digicert: {adapter: digicert, settings: {api_key: unused-not-a-secret}}

            """
        )
        let arguments = Self.issue + Self.generated + ["--yes", "--idempotency-key", "mine", "--format", "json"]
        #expect(try await runner.run(arguments).status == 0)
        let entry = try await runner.run("journal", "show", "mine", "--format", "json").json?["entry"]
        #expect(entry?.string("state") == "accepted")
        let files = try FileManager.default.contentsOfDirectory(atPath: runner.folder.path)
        #expect(files.contains("real.sandbox.sqlite"))
        #expect(!files.contains("real.sqlite"))
    }
}
