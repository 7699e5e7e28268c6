import CASandbox
import CertProtocol
import Foundation
import TestSupport
import Testing

/// `certhost config`, as a process.
struct ConfigCommandTests {
    private static let findingKeys = [
        "severity", "code", "file", "line", "column", "path", "message", "found", "allowed", "suggestion",
    ]

    @Test("check --online asks each enabled provider once, and says who answered")
    func online() async throws {
        try await SandboxedCommand.with { command in
            let offline = try await command.runner.run("config", "check")
            #expect(offline.status == 0 && offline.output == "plugins.yaml: no findings\n")
            #expect(command.sandbox.requestCount == 0)
            let table = try await command.runner.run("config", "check", "--online")
            #expect(table.status == 0, "\(table.errors)")
            #expect(command.sandbox.requestCount == 2)
            let lines = table.output.split(separator: "\n")
            #expect(lines.first == "plugins.yaml: no findings")
            #expect(lines.dropFirst().map { $0.prefix { $0 != "(" } } == ["digicert: ok ", "ncp: ok "])
            let json = try await command.runner.run("config", "check", "--online", "--format", "json")
            #expect(json.status == 0 && json.output == #"{"findings":[]}"# + "\n")
        }
    }

    @Test(
        "a provider that doesn't work is an error of the configuration, at the provider's place",
        arguments: [
            (
                "403 Forbidden", #"{"errors":[{"code":"access_denied|access_denied_invalid_key","message":"No."}]}"#,
                "provider-authentication", "access_denied|access_denied_invalid_key"
            ),
            (
                "403 Forbidden", #"{"errors":[{"code":"access_denied|missing_permission","message":"No."}]}"#,
                "provider-permission", "access_denied|missing_permission"
            ),
            ("503 Service Unavailable", "", "provider-unavailable", "503"),
            ("200 OK", "<html>", "provider-malformed-response", "digicert"),
        ])
    func refused(_ status: String, _ body: String, _ code: String, _ words: String) async throws {
        let server = try LoopbackServer { _, _ in .write(LoopbackServer.answer(status, body)) }
        defer { server.stop() }
        let runner = try CommandRunner()
        try runner.write(
            SandboxedCommand.digiCert(
                port: server.port, extra: "  old: {adapter: digicert, enabled: false, settings: {api_key: x}}\n"
            ).replacing("settings: {api_key: x}", with: "settings: {api_key: \"${env:ABSENT}\"}"))
        let result = try await runner.run("config", "check", "--online", "--format", "json")
        #expect(result.status == 78)
        let findings = try #require(result.json?.array("findings"))
        #expect(findings.count == 1)
        let finding = try #require(findings.first)
        #expect(finding.members.map(\.name) == Self.findingKeys)
        #expect(finding.string("code") == code && finding.string("severity") == "error")
        #expect(finding.string("path") == "providers.digicert" && finding["line"]?.text == "3")
        #expect(finding.string("file") == "plugins.yaml" && finding["column"]?.text == "3")
        #expect(finding.string("message")?.contains(words) == true)
        #expect(server.received.count == 1)
        let table = try await runner.run("config", "check", "--online")
        #expect(table.status == 78)
        #expect(table.output.contains("plugins.yaml:3:3: error: “digicert”: "))
        #expect(table.output.contains("\ndigicert: failed (") && table.output.hasSuffix("\nold: disabled, not asked\n"))
    }

    @Test("nobody is asked while something else is wrong; with the embedded sandbox it answers")
    func order() async throws {
        let server = try LoopbackServer { _, _ in .hang }
        defer { server.stop() }
        let runner = try CommandRunner()
        try runner.write(SandboxedCommand.digiCert(port: server.port, extra: "defaults: {timeout: soon}"))
        let wrong = try await runner.run("config", "check", "--online")
        #expect(wrong.status == 78 && wrong.output.contains("invalid-duration"))
        #expect(server.received.isEmpty)
        try runner.write(
            SandboxedCommand.digiCert(port: server.port, extra: "environments: {sandbox: {sandbox: embedded}}"))
        let sandboxed = try await runner.run("config", "check", "--online", "-e", "sandbox", "--format", "ndjson")
        #expect(sandboxed.status == 0 && sandboxed.output.isEmpty)
        #expect(sandboxed.errors.contains("sandbox"))
        #expect(server.received.isEmpty)
        let late = try await runner.run("config", "check", "--online", "--timeout", "300ms", "--format", "json")
        #expect(late.status == 78)
        #expect(late.json?.array("findings")?.map { $0.string("code") } == ["provider-timeout"])
    }

    @Test("an environment's own file is used, shown with its places, and checked where it isn't chosen")
    func environmentFile() async throws {
        let runner = try CommandRunner()
        try runner.write(
            """
            version: 1
            providers:
              digicert: {adapter: digicert, settings: {api_key: "${file:key}", base_url: "${env:ROOT}"}}
            """)
        try runner.write("providers:\n  digicert: {retries: 9, settings: {region: eu}}\n", to: "plugins.prod.yaml")
        try runner.write("CANARY-key-4Tz\n", to: "key")
        let environment = ["ROOT": "https://canary-host-8Wd.example/v2"]
        let shown = try await runner.run("config", "show", "-e", "prod", environment: environment)
        #expect(shown.status == 0, "\(shown.errors)")
        #expect(shown.output.contains("    retries: 9  # plugins.prod.yaml:2\n"))
        #expect(shown.output.contains("      api_key: <redacted>  # plugins.yaml:3, from ${file:key}\n"))
        #expect(shown.output.contains("      base_url: ${env:ROOT}  # plugins.yaml:3\n"))
        let json = try await runner.run(
            "config", "show", "-e", "prod", "--format", "json", environment: environment)
        #expect(json.json?.string("environment") == "prod")
        let values = try #require(json.json?.array("values"))
        #expect(values.allSatisfy { $0.members.map(\.name) == ["path", "value", "origin", "reference"] })
        for text in [shown.output, json.output] {
            #expect(!text.contains("CANARY") && !text.contains("canary-host"))
        }
        try runner.write("providers: {digicert: {retrys: 1}}\n", to: "plugins.stage.yaml")
        let check = try await runner.run("config", "check", "-e", "prod", environment: environment)
        #expect(check.status == 78)
        #expect(check.output.contains("plugins.stage.yaml:1:24: error: "))
        #expect(check.output.contains("did you mean “retries”?"))
        #expect(try await runner.run("providers", "-e", "prod", environment: environment).errors.isEmpty)
        let unknown = try await runner.run("list", "-e", "prd", environment: environment)
        #expect(unknown.status == 78 && unknown.errors.contains("declared are: prod, stage"))
    }

    @Test("a credential's file that others may read is a warning of config check, and of nothing else")
    func openFile() async throws {
        let runner = try CommandRunner()
        try runner.write("version: 1\nproviders: {a: {adapter: digicert, settings: {api_key: '${file:key}'}}}\n")
        try runner.write("test-key-not-a-secret", to: "key")
        let key = runner.folder.appending(path: "key").path
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        let check = try await runner.run("config", "check")
        #expect(check.status == 0)
        #expect(check.output.contains("plugins.yaml:2:56: warning: ") && check.output.contains("chmod 600"))
        for command in [["config", "show"], ["providers"], ["route", "explain", "--domain", "a.kr"]] {
            #expect(try await !runner.run(command).errors.contains("chmod"), "\(command)")
        }
    }

    @Test("config schema is JSON whatever the configuration, and knows every setting of the command's adapters")
    func schema() async throws {
        let runner = try CommandRunner()
        let result = try await runner.run("config", "schema")
        #expect(result.status == 0 && result.errors.isEmpty)
        let schema = try #require(result.json)
        let settings = schema["definitions"]?["settings-ncp"]?["properties"]?.members.map(\.name)
        #expect(settings == ["access_key", "secret_key", "zone", "api", "ca_tag", "base_url"])
        #expect(result.output.split(separator: "\n").allSatisfy { $0.utf8.count < 300 })
        let file = try await runner.run("config", "schema", "--environment-file", "--format", "json")
        #expect(file.json?["properties"]?["version"] == nil && file.json?["properties"]?["providers"] != nil)
    }
}
