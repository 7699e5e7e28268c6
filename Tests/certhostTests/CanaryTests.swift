import CertProtocol
import Foundation
import IssuanceVerification
import TestSupport
import Testing

/// No credential comes out, whatever goes wrong: every subcommand that there is, run as a process.
@Suite("Credentials in what the command prints")
struct CanaryTests {
    /// What each subcommand is given besides the common options. One that is missing here fails the test.
    private static let arguments: [String: [String]] = [
        "providers": ["--check"],
        "list": ["--all-certificates"],
        "order": ["digicert/1"],
        "duplicates": ["digicert/1"],
        "subaccount-orders": [],
        "changes": ["--since", "1h"],
        "products": [],
        "organizations": [],
        "issue": ["--provider", "digicert", "--product", "ssl_plus"] + ordering,
        "renew": ["digicert/1", "--product", "ssl_plus"] + ordering,
        "reissue": ["digicert/1"] + ordering,
        "duplicate": ["digicert/1"] + ordering,
        "extend": ["ncp/1", "--validity", "1y", "--again", "--yes"],
        "validation show": ["digicert/1"],
        "validation check": ["digicert/1"],
        "validation set-method": ["digicert/1", "email"],
        "approvals list": [],
        "approvals approve": ["digicert/1", "--yes"],
        "approvals reject": ["digicert/1", "--yes"],
        "download": ["digicert/1"],
        "revoke": ["digicert/1", "--whole-order", "--reason", "superseded", "--yes"],
        "cancel": ["digicert/1", "--yes"],
        "import": ["--provider", "ncp", "--name", "an-import", "--certificate", "a.csr", "--key", "a.key", "--again"],
        "delete": ["ncp/1", "--name", "a-name", "--yes"],
        "auto-renewal": ["on", "ncp/1"],
        "journal list": [],
        "journal show": ["none"],
        "journal reconcile": [],
        "route explain": ["--domain", "a.example.kr"],
        "config check": ["--online"],
        "config schema": [],
        "config show": [],
        // On a port that is taken, so that it ends.
        "sandbox": ["--port", "PORT"],
        "adapter new": ["canary-ca"],
        "help": [],
    ]

    private static let ordering = ["--domain", "a.example.kr", "--csr", "a.csr", "--again", "--yes"]

    /// A server that gives back whatever it was sent, in every way that an answer has.
    private static func echo() throws -> LoopbackServer {
        try LoopbackServer { request, number in
            let status = ["200 OK", "403 Forbidden", "500 Oops", "302 Found", "400 Bad", "429 Slow down"][number % 6]
            let text = request.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing(
                "\r\n", with: "\\n")
            let body =
                number % 12 < 6
                ? #"{"errors":[{"code":"\#(text)","message":"\#(text)"}],"error":{"errorCode":"1","message":"\#(text)"}}"#
                : "<html>\(request)</html>"
            let header = request.replacing("\r\n", with: " ")
            return .write(
                LoopbackServer.answer(
                    status, body, headers: "Location: https://evil.example/\(header)\r\nx-ncp-trace-id: \(header)\r\n"))
        }
    }

    /// A server whose records are good ones, and hold what it was sent in fields that are documented and in one that isn't.
    private static func confidingServer() throws -> LoopbackServer {
        try LoopbackServer { request, _ in
            let text = request.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing(
                "\r\n", with: "\\n")
            let certificate =
                #""certificateNo":7,"common_name":"\#(text)","commonName":"\#(text)","statusCode":1,"status":"issued""#
            let row =
                #"{"id":7,\#(certificate),"note":"\#(text)","name":"\#(text)","certificate":{"id":7,\#(certificate)}}"#
            // One page of each list.
            let isLater = request.contains(/[?&](page=([2-9]|1\d)|offset=[1-9])/)
            let lists = ["orders", "certificates", "products", "organizations", "sslCertificateList"]
            let body = lists.map { #""\#($0)":[\#(isLater ? "" : row)]"# }.joined(separator: ",")
            return .write(
                LoopbackServer.answer(
                    "200 OK",
                    #"{"returnCode":"0","id":7,"status":"issued","page":{"total":1,"limit":1000,"offset":0},\#(body),"note":"\#(text)"}"#
                ))
        }
    }

    /// Runs a subcommand in each of its formats and looks at everything that it prints.
    @discardableResult
    private static func run(
        _ leaf: CommandTree.Leaf, with runner: CommandRunner, port: Int, formats: [String]? = nil,
        environment: [String: String]
    ) async throws -> [Int32] {
        if !FileManager.default.fileExists(atPath: runner.folder.path + "/a.csr") {
            let key = try GeneratedKey()
            try runner.write(try key.signingRequest(for: ["a.example.kr"]), to: "a.csr")
            try PrivateKeyFile.write(key.privateKeyPEM, to: runner.folder.path + "/a.key")
        }
        let own = try #require(arguments[leaf.name], "the test knows no arguments for “\(leaf.name)”")
        var line = leaf.name.split(separator: " ").map(String.init)
        line += own.map { $0 == "PORT" ? "\(port)" : $0 }
        if leaf.isVerbose { line += ["-v", "--timeout", "30s"] }
        if leaf.hasRaw { line.append("--raw") }
        var statuses: [Int32] = []
        for format in leaf.formats.isEmpty ? [nil] : (formats ?? leaf.formats).map(Optional.some) {
            let result = try await runner.run(line + (format.map { ["--format", $0] } ?? []), environment: environment)
            expectClean(result, "\(line) \(format ?? "")")
            statuses.append(result.status)
        }
        return statuses
    }

    private static func expectClean(_ result: CommandRunner.Result, _ what: String) {
        for canary in CanaryProgram.all {
            for text in [result.output, result.errors] {
                if let trace = canary.trace(in: text) { Issue.record("\(what) shows \(trace):\n\(text)") }
            }
        }
    }

    @Test("every subcommand, in every format and with -v, against a server that echoes what it is sent")
    func echoed() async throws {
        let echo = try Self.echo()
        defer { echo.stop() }
        let runner = try CommandRunner()
        try runner.write(CanaryProgram.configuration(port: echo.port) + CanaryProgram.acme(port: echo.port))
        try runner.write(CanaryProgram.secret.text + "\n", to: "secret")
        let tree = try await CommandTree(runner)
        #expect(Set(tree.leaves.map(\.name)) == Set(Self.arguments.keys))
        #expect(tree.leaves.first { $0.name == "list" }?.formats == ["table", "json", "ndjson", "csv"])
        for leaf in tree.leaves {
            try await Self.run(leaf, with: runner, port: echo.port, environment: CanaryProgram.variables)
        }
        // The test would prove nothing if the credentials had never been sent.
        #expect(echo.received.contains { $0.contains(CanaryProgram.digiCert.text) })
        #expect(echo.received.contains { $0.contains(CanaryProgram.access.text) })
    }

    @Test("every subcommand, in every format, with records that hold what the server was sent")
    func confided() async throws {
        let server = try Self.confidingServer()
        defer { server.stop() }
        let runner = try CommandRunner()
        try runner.write(CanaryProgram.configuration(port: server.port) + CanaryProgram.acme(port: server.port))
        try runner.write(CanaryProgram.secret.text, to: "secret")
        for leaf in try await CommandTree(runner).leaves {
            try await Self.run(leaf, with: runner, port: server.port, environment: CanaryProgram.variables)
        }
        // The record itself is shown, only without the credential.
        let list = try await runner.run("list", "--format", "json", "--raw", environment: CanaryProgram.variables)
        #expect(list.output.contains("<redacted>"), "\(list.output)\(list.errors)")
        #expect(list.json?.array("certificates")?.first?.string("order_id") == "7")
    }

    @Test("every subcommand, through a proxy whose address has a password in it")
    func proxied() async throws {
        let echo = try Self.echo()
        defer { echo.stop() }
        let runner = try CommandRunner()
        try runner.write(CanaryProgram.configuration(port: echo.port) + CanaryProgram.acme(port: echo.port))
        try runner.write(CanaryProgram.secret.text, to: "secret")
        var environment = CanaryProgram.variables
        environment["HTTPS_PROXY"] = "http://user:\(CanaryProgram.proxy.text)@127.0.0.1:1"
        for leaf in try await CommandTree(runner).leaves {
            try await Self.run(
                leaf, with: runner, port: echo.port, formats: ["table", "json"], environment: environment)
        }
    }

    /// Files with the credential itself in them, each broken in its own way. `KEY` is a line of settings' own.
    private static let broken: [String] = {
        let key = CanaryProgram.digiCert.text
        let value = "'\(key)'"
        let settings = [
            "{api_key: \(value)}", "{api_key: [\(value)]}", "{api_key: {is: \(value)}}", "{api-key: \(value)}",
            "{apikey: \(value), region: mars}", "{secret: \(value)}", "\(value)", "[\(value)]", "{\(value)}",
            "{api_key: !secret \(value)}",
            "{api_key: \"${env:NONE:-\(key.filter { $0 != "\"" && $0 != "\\" })}\"}",
            "{api_key: '${\(key)}'}", "{api_key: '${\(key)'}",
            "{api_key: '${file:secret}\(key)'}",
            "{api_key: \(value), api_key: \(value)}", "{api_key: &key \(value), region: *key}",
            "{api_key: \(value), <<: *k}",
            "{api_key: \(value), region: [}", "{api_key: \(value)", "{api_key: '\(key)}",
            "{api_key \(value)}",
            "\n      api_key: |\n        first\n        \(key)\n      region: 7",
            "\n      api_key: >\n        \(key)\n\n       \tx", "\n\t  api_key: \(value)",
            "\n      api_key: \(value) \u{1}", "\n      region: moon # the old key: \(key)",
            "{api_key: '${env:SPACED}'}", "{api_key: '${file:spaced}'}",
            "{api_key: '${env:DC}', base_url: 'https://user:\(key)@ca.example/v2'}",
            "{api_key: '${env:DC}', base_url: '${env:URL}'}",
            "{api_key: '${env:DC}', base_url: 'ca.example', region: '${env:DC}'}",
        ]
        var files = settings.map { "version: 1\nproviders:\n  digicert:\n    adapter: digicert\n    settings: \($0)\n" }
        files += [
            "version: 1\nproviders:\n  digicert: {adapter: digicert, api_key: \(value)}\n",
            "version: 1\nproviders:\n  - {adapter: digicert, settings: {api_key: \(value)}}\n",
            "version: 1\nproviders:\n  digicert: {adapter: unheard, settings: {api_key: \(value), token: \(value)}}\n",
            "version: 1\nproviders:\n  n: {adapter: ncp, settings: {access_key: \(value), secret_key: \(value), zone: x}}\n",
            "version: 1\nproviders: {d: {adapter: digicert}}\nenvironments: {p: {providers: {d: {settings: {api_key: \(value)}}}}}\n",
            "version: 1\nproxy: 'http://user:\(key)@proxy:1'\nproviders: {}\n",
            "version: 1\nproxy: '${env:URL}'\nca_file: '${env:DC}'\njournal: {path: '${env:DC}', x: 1}\nproviders: {}\n",
            "version: '${env:DC}'\nenvironment: '${env:DC}'\nproviders: {}\nroutes: [{use: ['${env:DC}']}]\n",
        ]
        return files
    }()

    @Test("every kind of broken file that has the credential in it", arguments: broken.indices)
    func literal(_ index: Int) async throws {
        let runner = try CommandRunner()
        defer { try? FileManager.default.removeItem(at: runner.folder) }
        try runner.write(Self.broken[index])
        try runner.write("a key", to: "secret")
        let key = CanaryProgram.digiCert.text
        try runner.write("\(key) \(key)", to: "spaced")
        let environment = [
            "DC": key, "SPACED": "\(key)\n\(key)", "URL": "https://user:\(key)@ca.example",
        ]
        for arguments in [["config", "check"], ["config", "check", "--format", "json"], ["config", "show", "-v"]] {
            let result = try await runner.run(arguments, environment: environment)
            Self.expectClean(result, "\(arguments) of\n\(Self.broken[index])")
            #expect(result.status == 78, "\(Self.broken[index])\n\(result.output)")
        }
    }

    @Test("every subcommand over a broken file that has the credential in it")
    func brokenEverywhere() async throws {
        let runner = try CommandRunner()
        try runner.write(Self.broken[0] + "nonsense: 1\n")
        let taken = try LoopbackServer { _, _ in .reset }
        defer { taken.stop() }
        for leaf in try await CommandTree(runner).leaves {
            let statuses = try await Self.run(
                leaf, with: runner, port: taken.port, environment: CanaryProgram.variables)
            // The schema is the same whatever the file says: it is not read.
            if leaf.isVerbose, leaf.name != "config schema" {
                #expect(statuses.allSatisfy { $0 == 78 }, "\(leaf.name) \(statuses)")
            }
        }
    }

    @Test("the backtrace of a crash in the middle of a call")
    func crash() async throws {
        let server = try LoopbackServer { _, _ in .hang }
        defer { server.stop() }
        let runner = try CommandRunner()
        try runner.write(CanaryProgram.configuration(port: server.port) + CanaryProgram.acme(port: server.port))
        try runner.write(CanaryProgram.secret.text, to: "secret")
        var environment = CanaryProgram.variables
        // Without symbols it takes a moment, with them minutes; registers and memory are shown either way.
        environment["SWIFT_BACKTRACE"] =
            "enable=yes,interactive=no,color=no,symbolicate=off,threads=all,registers=all,cache=no,output-to=stderr"
        let started = try runner.start(["list", "-v"], environment: environment)
        while server.received.count < 2, started.process.isRunning { await Task.yield() }
        kill(started.process.processIdentifier, SIGABRT)
        // A signal from outside ends the program only where the backtrace doesn't catch it.
        func printed() throws -> String { try String(contentsOf: started.errors, encoding: .utf8) }
        while try !printed().contains("Backtrace took"), started.process.isRunning {
            try await Task.sleep(for: .milliseconds(20))
        }
        kill(started.process.processIdentifier, SIGKILL)
        let result = try await started.result()
        #expect(result.errors.contains("Program crashed"), "\(result.errors)")
        Self.expectClean(result, "a crash")
    }
}
