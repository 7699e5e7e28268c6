import CASandbox
import CertProtocol
import Foundation
import TestSupport
import Testing

@Suite("When things go wrong")
struct FailureTests {
    @Test("a wrong key for one authority leaves the other's certificates, names the failure, and exits with 3")
    func wrongKey() async throws {
        try await SandboxedCommand.with { command in
            let good = command.sandbox.pluginsYAML()
            let key = try #require(command.sandbox.adapterSettings["digicert"]?["api_key"])
            try command.runner.write(good.replacing(key, with: "wrong-key-not-a-secret"))
            let result = try await command.runner.run("list", "--format", "json")
            #expect(result.status == 3)
            let document = try #require(result.json)
            #expect(document.array("certificates")?.allSatisfy { $0.string("provider") == "ncp" } == true)
            #expect(document.array("certificates")?.isEmpty == false)
            let outcome = try #require(document.array("providers")?.first)
            #expect(outcome.string("outcome") == "failed")
            #expect(outcome["error"]?.string("code") == "authentication")
            #expect(outcome["error"]?.string("provider_code") == "access_denied|access_denied_invalid_key")
            #expect(outcome["error"]?.string("operation") == "list-certificates")
            let table = try await command.runner.run("list")
            #expect(table.status == 3)
            #expect(table.output.contains("ncp/900001"))
            #expect(table.errors.contains("access_denied|access_denied_invalid_key"))

            let secret = try #require(command.sandbox.adapterSettings["ncp"]?["secret_key"])
            try command.runner.write(good.replacing(secret, with: "wrong-secret-not-a-secret"))
            let other = try await command.runner.run("list", "--format", "json")
            #expect(other.status == 3)
            #expect(other.json?.array("providers")?.last?["error"]?.string("provider_code") == "gateway:200")
            #expect(other.json?.array("providers")?.last?["error"]?.string("code") == "authentication")
        }
    }

    @Test("what an authority doesn't offer is refused before any request, naming who does")
    func refused() async throws {
        try await SandboxedCommand.with { command in
            let result = try await command.runner.run("duplicates", "ncp/900001", "--format", "json")
            #expect(result.status == 1)
            let error = try #require(result.errorRecords.last?["error"])
            #expect(
                error.members.map(\.name) == [
                    "code", "provider", "operation", "message", "provider_code", "http_status", "retry_after",
                    "capability", "capable_providers", "journal_key", "order_id",
                ]
            )
            #expect(error.string("code") == "unsupported")
            #expect(error.string("capability") == "list-duplicates")
            #expect(error["capable_providers"]?.text == #"["digicert"]"#)
            let named = try await command.runner.run("subaccount-orders", "--provider", "ncp")
            #expect(named.status == 1)
            #expect(command.sandbox.requestCount == 0)
            let unnamed = try await command.runner.run("subaccount-orders")
            #expect(unnamed.status == 0)
        }
    }

    @Test(
        "wrong usage is 64, without asking anyone",
        arguments: [
            ["order", "nobody/1"], ["order", "digicert"], ["order", "digicert/"], ["order", "digicert/abc"],
            ["list", "--status", "good"], ["list", "--provider", "nobody"], ["list", "--format", "xml"],
            ["changes", "--since", "8d"], ["changes"], ["changes", "--since", "yesterday"], ["nonsense"],
            ["list", "--nonsense"],
            ["order", "digicert/xyz", "--by", "serial"], ["route", "explain", "--domain", "a b", "--validation", "ov"],
            ["list", "--expiring-within", "0d"], ["sandbox", "--orders", "-1"],
            ["sandbox", "--latency", "soon"],
        ]
    )
    func usage(_ arguments: [String]) async throws {
        try await SandboxedCommand.with { command in
            let result = try await command.runner.run(arguments)
            #expect(result.status == 64, "\(arguments)")
            #expect(result.output.isEmpty)
            #expect(!result.errors.isEmpty)
            #expect(command.sandbox.requestCount == 0)
        }
    }

    @Test("a missing file, an unknown environment and a broken file are 78")
    func configuration() async throws {
        let runner = try CommandRunner()
        let missing = try await runner.run("list")
        #expect(missing.status == 78)
        #expect(missing.errors.contains("plugins.yaml"))
        try runner.write("version: 1\nproviders: {}\n")
        let unknown = try await runner.run("list", "-e", "nowhere", "--format", "json")
        #expect(unknown.status == 78)
        #expect(unknown.errorRecords.last?["error"]?.string("code") == "invalid_configuration")
        try runner.write("version: 1\nproviders: [")
        #expect(try await runner.run("config", "check").status == 78)
        #expect(try await runner.run("config", "check").output.contains("plugins.yaml:2:12: error:"))
    }

    @Test("wrong usage is told as JSON where JSON was asked for")
    func usageAsJSON() async throws {
        try await SandboxedCommand.with { command in
            for arguments in [
                ["order", "digicert"], ["list", "--status", "good"], ["changes", "--since", "x"],
                ["list", "--domain", "[a"],
            ] {
                let result = try await command.runner.run(arguments + ["--format", "json"])
                #expect(result.status == 64)
                #expect(result.errorRecords.count == 1)
                #expect(result.errorRecords.first?["error"]?.string("code") == "invalid_request")
            }
        }
    }

    @Test(
        "a key that can't be one, a file of roots that holds none, and a pipe that gives nothing are configuration errors"
    )
    func unusable() async throws {
        let runner = try CommandRunner()
        try runner.write("junk\n", to: "junk.pem")
        try runner.write("key\n\n", to: "key")
        try runner.write(
            """
            version: 1
            ca_file: junk.pem
            providers:
              a: {adapter: digicert, settings: {api_key: "${env:KEY}"}}
              b: {adapter: digicert, settings: {api_key: "${file:key}"}}
              c: {adapter: digicrt, settings: {api_key: "${env:ABSENT_ONE}"}}
              d: {adapter: digicert, settings: {api_key: "${env:ABSENT_TWO:-${env:KEY}}"}}
              e: {adapter: digicert, enabled: false, settings: {api_key: "${env:ABSENT_THREE}"}}
            """
        )
        let result = try await runner.run("config", "check", "--format", "json", environment: ["KEY": "CANARY a\nb"])
        #expect(result.status == 78)
        let findings = try #require(result.json?.array("findings"))
        let expected = [
            ("ca_file", "invalid-ca-file"), ("providers.a.settings.api_key", "unusable-secret"),
            ("providers.b.settings.api_key", "unusable-secret"), ("providers.c.adapter", "unknown-adapter"),
            ("providers.c.settings.api_key", "unset-variable"), ("providers.d.settings.api_key", "nested-reference"),
        ]
        #expect(
            findings.map { "\($0.string("path") ?? "") \($0.string("code") ?? "")" } == expected.map { "\($0) \($1)" })
        #expect(!result.output.contains("CANARY"))
        #expect(mkfifo(runner.folder.appending(path: "pipe").path, 0o600) == 0)
        let pipe = try await runner.run("list", "-c", "pipe", "--timeout", "1s")
        #expect(pipe.status == 78)
    }

    @Test("a disabled provider needs no credentials, and is shown")
    func disabled() async throws {
        let runner = try CommandRunner()
        try runner.write(
            """
            version: 1
            providers:
              old: {adapter: digicert, enabled: false, settings: {api_key: "${env:ABSENT}"}}
            """
        )
        let result = try await runner.run("providers", "--format", "json")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.json?.array("providers")?.first?["enabled"]?.booleanValue == false)
        #expect(try await runner.run("order", "old/1").status == 64)
    }

    @Test("duplicates that can be read are printed, those that can't are told one by one")
    func oddDuplicates() async throws {
        let server = try LoopbackServer { _, _ in
            .write(LoopbackServer.answer("200 OK", #"{"certificates":[{"id":1,"status":"issued"},{"x":1},null]}"#))
        }
        defer { server.stop() }
        let runner = try CommandRunner()
        try runner.write(SandboxedCommand.digiCert(port: server.port))
        let result = try await runner.run("duplicates", "digicert/5", "--format", "json")
        #expect(result.status == 1)
        #expect(result.json?.array("certificates")?.map { $0.string("certificate_id") } == ["1"])
        #expect(result.errorRecords.compactMap { $0["problem"]?["raw"]?.text } == [#"{"x":1}"#, "null"])
        #expect(result.errorRecords.last?["error"]?.string("code") == "malformed_response")
    }

    /// What a certificate authority that lies, or is ill, answers to every request.
    private static let illnesses: [(name: String, answer: [UInt8], code: String)] = [
        ("HTML with 200", LoopbackServer.answer("200 OK", "<html>maintenance</html>"), "malformed_response"),
        ("an empty body", LoopbackServer.answer("200 OK", ""), "malformed_response"),
        ("truncated JSON", LoopbackServer.answer("200 OK", #"{"orders":[{"id":1"#), "malformed_response"),
        ("a list of something else", LoopbackServer.answer("200 OK", #"["orders"]"#), "malformed_response"),
        ("an object without a list", LoopbackServer.answer("200 OK", "{}"), "malformed_response"),
        (
            "orders that are no list", LoopbackServer.answer("200 OK", #"{"orders":"none","page":{"total":1}}"#),
            "malformed_response"
        ),
        (
            "a row without an id",
            LoopbackServer.answer(
                "200 OK", #"{"orders":[{"status":"issued"}],"page":{"total":1,"limit":1000,"offset":0}}"#),
            "malformed_response"
        ),
        ("HTML with 502", LoopbackServer.answer("502 Bad Gateway", "<html>"), "unavailable"),
        (
            "a redirect", LoopbackServer.answer("302 Found", "", headers: "Location: https://evil.example/\r\n"),
            "malformed_response"
        ),
        (
            "errors as an object",
            LoopbackServer.answer(
                "403 Forbidden", #"{"errors":{"code":"access_denied|missing_permission","message":"No."}}"#),
            "permission"
        ),
        ("a cut connection", Array("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".utf8), "unavailable"),
    ]

    @Test("an answer that can't be read is an error, never a short list", arguments: illnesses.indices)
    func ill(_ index: Int) async throws {
        let illness = Self.illnesses[index]
        let server = try LoopbackServer { _, _ in .write(illness.answer) }
        defer { server.stop() }
        let runner = try CommandRunner()
        try runner.write(SandboxedCommand.digiCert(port: server.port))
        let result = try await runner.run("list", "--format", "json")
        #expect(result.status == 1, "\(illness.name)")
        #expect(result.json?.array("providers")?.first?["error"]?.string("code") == illness.code, "\(illness.name)")
        #expect(!result.errors.contains("evil.example/x"))
    }

    @Test("a page that repeats for ever ends, and what it claims to hold back is told")
    func repeatingPage() async throws {
        let page =
            #"{"orders":[{"id":1,"status":"issued"},{"id":2,"status":"issued"}],"page":{"total":500,"limit":2,"offset":0}}"#
        let server = try LoopbackServer { _, _ in .write(LoopbackServer.answer("200 OK", page)) }
        defer { server.stop() }
        let runner = try CommandRunner()
        try runner.write(SandboxedCommand.digiCert(port: server.port))
        let result = try await runner.run("list", "--format", "json")
        #expect(result.json?.array("certificates")?.compactMap { $0.string("order_id") } == ["1", "2"])
        #expect(result.json?.array("providers")?.first?["error"]?.string("code") == "malformed_response")
        #expect(result.status == 1)
        // The first page, and those that four requests at a time read ahead.
        #expect(server.received.count <= 1 + 2 * 4 - 1)
    }

    @Test("a total that lies loses no row", arguments: [0, 1, 3, 1000])
    func lyingTotal(_ total: Int) async throws {
        let server = try LoopbackServer { request, _ in
            let offset = request.firstMatch(of: /offset=(\d+)/).flatMap { Int($0.1) } ?? 0
            let rows = (1...7).dropFirst(offset).prefix(3).map { #"{"id":\#($0),"status":"issued"}"# }
            let body =
                #"{"orders":[\#(rows.joined(separator: ","))],"page":{"total":\#(total),"limit":3,"offset":\#(offset)}}"#
            return .write(LoopbackServer.answer("200 OK", body))
        }
        defer { server.stop() }
        let runner = try CommandRunner()
        try runner.write(SandboxedCommand.digiCert(port: server.port))
        let result = try await runner.run("list", "--format", "ndjson")
        #expect(result.records.compactMap { $0.string("order_id") } == (1...7).map(String.init))
        #expect(result.status == 0)
    }

    @Test("Ctrl-C in the middle ends with 130, and --timeout with a timeout")
    func interruption() async throws {
        let server = try LoopbackServer { _, _ in .hang }
        defer { server.stop() }
        let runner = try CommandRunner()
        try runner.write(SandboxedCommand.digiCert(port: server.port))
        let started = try runner.start(["list"])
        while server.received.isEmpty { await Task.yield() }
        started.process.interrupt()
        #expect(try await started.result().status == 130)
        #expect(started.process.terminationReason == .exit)
        let late = try await runner.run("order", "digicert/1", "--timeout", "300ms", "--format", "json")
        #expect(late.status == 1)
        #expect(late.errorRecords.last?["error"]?.string("code") == "timeout")
        let slow = SandboxedCommand.digiCert(port: server.port).replacing("retries: 0", with: "timeout: 300ms")
        try runner.write(slow)
        let provider = try await runner.run("list", "--format", "ndjson")
        #expect(provider.status == 1)
        #expect(provider.errorRecords.last?["outcome"]?["error"]?.string("code") == "timeout")
    }

    @Test("nobody there: unavailable, with what to look at")
    func nobody() async throws {
        let server = try LoopbackServer { _, _ in .hang }
        server.stop()
        let runner = try CommandRunner()
        try runner.write(SandboxedCommand.digiCert(port: server.port))
        let result = try await runner.run("list")
        #expect(result.status == 1)
        #expect(result.errors.contains("refused"))
        #expect(result.errors.contains("127.0.0.1:\(server.port)"))
    }

    @Test("a full disk is told, and the exit status isn't 0")
    func fullDisk() async throws {
        try await SandboxedCommand.with(orders: 50) { command in
            let full = URL(fileURLWithPath: "/dev/full")
            for format in ["json", "ndjson", "csv", "table"] {
                let result = try await command.runner.run("list", "--format", format, output: full)
                #expect(result.status == 1, "\(format)")
                #expect(result.errors.contains("could not be written"))
            }
        }
    }

    @Test("a closed pipe ends quietly")
    func closedPipe() async throws {
        try await SandboxedCommand.with(orders: 3000) { command in
            let shell = try command.runner.start(
                ["-c", "\(CommandRunner.executable.path) list --provider digicert --format ndjson | head -n 1"],
                executable: URL(fileURLWithPath: "/bin/sh")
            )
            let text = try await shell.result().errors
            #expect(!text.lowercased().contains("error"), "\(text)")
            #expect(!text.contains("Fatal"))
        }
    }
}
