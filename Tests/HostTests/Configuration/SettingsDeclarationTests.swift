import CertProtocol
import Foundation
import Host
import Testing

/// What an adapter's author declares, and what a user is told.
struct SettingsDeclarationTests {
    private static let account = Setting(
        "account", .pattern(SettingPattern("[0-9]{6}", "a number of six digits in quotes", example: "123445")),
        "The account.")
    private static let pause = Setting(
        "pause", .durationWithin(.seconds(1)...(.seconds(3600))), default: "1m", "The pause.")

    private static let folder = Setting("folder", .path, default: "~/state", "The folder.")

    private static func factory(_ settings: [Setting]) -> AdapterFactory {
        AdapterFactory(name: "acme", title: "Acme", settings: SettingsDeclaration(settings), defaultLimits: []) {
            _, _ throws(CertificateError) in throw CertificateError(.unsupported, "Not made here.")
        }
    }

    private func load(_ settings: String) async throws -> LoadedConfiguration {
        let fixture = try ConfigurationFixture("version: 1\nproviders: {a: {adapter: acme, settings: {\(settings)}}}\n")
        let registry = try AdapterRegistry([Self.factory([Self.account, Self.pause, Self.folder])])
        let loader = ConfigurationLoader(
            registry: registry, variables: ["ACCOUNT": "654321", "HOME": "/home/somebody", "STATE": "/var/state"])
        return try await loader.load(path: fixture.path)
    }

    @Test(
        "texts of a form and times within bounds are read",
        arguments: [
            ("", nil, .seconds(60)), ("account: '123445'", "123445", .seconds(60)),
            ("account: '${env:ACCOUNT}', pause: 1s", "654321", .seconds(1)), ("pause: 1h", nil, .seconds(3600)),
        ] as [(String, String?, Duration)])
    func read(_ settings: String, _ account: String?, _ pause: Duration) async throws {
        let values = try await load(settings).configuration.providers[0].settings
        #expect(values.string(Self.account) == account)
        #expect(values.duration(Self.pause) == pause)
    }

    @Test(
        "a path is absolute for the adapter, from wherever it starts in the file",
        arguments: [
            ("", "/home/somebody/state"), ("folder: /srv/ca", "/srv/ca"), ("folder: ~/ca", "/home/somebody/ca"),
            ("folder: ./ca", "FOLDER/ca"), ("folder: ca/x", "FOLDER/ca/x"),
            ("folder: '${env:STATE:-~/y}/ca'", "/var/state/ca"),
            ("folder: '${env:NONE:-~/y}/ca'", "/home/somebody/y/ca"),
        ])
    func path(_ settings: String, _ expected: String) async throws {
        let fixture = try ConfigurationFixture("version: 1\nproviders: {a: {adapter: acme, settings: {\(settings)}}}\n")
        let loader = ConfigurationLoader(
            registry: try AdapterRegistry([Self.factory([Self.folder])]),
            variables: ["HOME": "/home/somebody", "STATE": "/var/state"])
        let values = try await loader.load(path: fixture.path).configuration.providers[0].settings
        #expect(values.string(Self.folder) == expected.replacing("FOLDER", with: fixture.folder.path))
    }

    @Test("a path below a home that nobody knows is a mistake, rather than a folder of that name beside the file")
    func homeless() async throws {
        let fixture = try ConfigurationFixture(
            "version: 1\nproviders: {a: {adapter: acme, settings: {folder: ~/ca}}}\n")
        let loader = ConfigurationLoader(registry: try AdapterRegistry([Self.factory([Self.folder])]), variables: [:])
        let error = await #expect(throws: ConfigurationError.self) { try await loader.load(path: fixture.path) }
        #expect(error?.findings.map(\.code) == ["unset-variable"])
        #expect(error?.findings.first?.message.contains("HOME") == true)
    }

    @Test(
        "what doesn't fit is told with an example of what would",
        arguments: [
            (
                "account: '12344'", "invalid-pattern",
                "This has to be a number of six digits in quotes, such as 123445.",
                ["123445"]
            ),
            ("account: 123445", "wrong-type", "This has to be a string.", ["a string"]),
            ("account: '123445\\n'", "invalid-pattern", nil, ["123445"]),
            ("account: 'x123445'", "invalid-pattern", nil, ["123445"]),
            ("pause: 999ms", "out-of-range", "The length of time is out of range.", ["1s to 1h"]),
            ("pause: 2h", "out-of-range", nil, ["1s to 1h"]),
            ("pause: 0s", "invalid-duration", "The time has to be longer than nothing.", ["500ms", "30s"]),
            ("pause: soon", "invalid-duration", nil, ["500ms", "30s", "5m", "2h", "30d"]),
            ("folder: ''", "empty-value", nil, []),
            ("folder: 7", "wrong-type", "This has to be a string.", ["a string"]),
        ] as [(String, String, String?, [String])])
    func refused(_ settings: String, _ code: String, _ message: String?, _ allowed: [String]) async throws {
        let error = await #expect(throws: ConfigurationError.self) { try await load(settings) }
        let finding = try #require(error?.findings.first)
        #expect(error?.findings.count == 1)
        #expect(finding.code == code)
        #expect(message == nil || finding.message == message)
        #expect(finding.allowed == allowed)
    }

    @Test("an adapter's name can stand in a file and in a schema")
    func name() {
        for name in ["", "Acme", "acme/one", "acme one"] {
            var factory = Self.factory([])
            factory.name = name
            #expect(throws: CertificateError.self) { try AdapterRegistry([factory]) }
        }
    }

    @Test(
        "a declaration that can't be meant is found when the registry is made",
        arguments: [
            ([Setting("apiKey", .secret, "")], "declares the setting “apiKey”, which is no snake_case."),
            ([account, account], "declares the setting “account” twice."),
            ([Setting("zone", .choice([]), "")], "declares the setting “zone” with no choice."),
            (
                [Setting("zone", .choice(["a"]), default: "b", "")],
                "declares the setting “zone” with a default that it doesn't take."
            ),
            (
                [Setting("size", .integer(1...5), default: "9", "")],
                "declares the setting “size” with a default that it doesn't take."
            ),
            (
                [Setting("zone", .string, isRequired: true, default: "b", "")],
                "declares the setting “zone” as required, with a default."
            ),
            (
                [Setting("id", .pattern(SettingPattern("[0-9", "a number", example: "1")), "")],
                "declares the setting “id” with an example that doesn't match its pattern."
            ),
        ] as [([Setting], String)])
    func mistakes(_ settings: [Setting], _ message: String) {
        let error = #expect(throws: CertificateError.self) { try AdapterRegistry([Self.factory(settings)]) }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message == "The adapter acme " + message)
    }
}
