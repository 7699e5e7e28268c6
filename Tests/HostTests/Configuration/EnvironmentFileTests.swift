import CertProtocol
import Foundation
import Host
import Testing

/// `plugins.prod.yaml` beside `plugins.yaml`.
struct EnvironmentFileTests {
    private static let main = """
        version: 1
        providers:
          a: {adapter: acme, timeout: 10s, settings: {api_key: "${env:KEY}", account_id: main, region: us}}
          b: {adapter: other, settings: {secret_key: "${env:KEY}"}}
        environments:
          prod:
            providers: {a: {timeout: 20s, retries: 7, settings: {region: eu}}}
          test: {defaults: {retries: 0}}
        """

    private func fixture(_ files: [String: String], main: String = main) throws -> ConfigurationFixture {
        let fixture = try ConfigurationFixture(main)
        for (name, text) in files { try fixture.write(text, to: name) }
        return fixture
    }

    @Test("the file of an environment is applied after what the main file says about it, and knows where it stands")
    func applied() async throws {
        let fixture = try fixture([
            "plugins.prod.yaml": """
            ca_file: roots/prod.pem
            providers:
              a: {timeout: 30s, settings: {account_id: null, api_key: "${file:prod.key}"}}
              b: null
              c: {adapter: other, settings: {secret_key: "${env:KEY}"}}
            """, "prod.key": "FAKE-prod\n",
        ])
        try FileManager.default.createDirectory(
            at: fixture.folder.appending(path: "roots"), withIntermediateDirectories: true)
        try fixture.write("-----BEGIN CERTIFICATE-----", to: "roots/prod.pem")
        let loaded = try await fixture.load("prod")
        let configuration = loaded.configuration
        #expect(configuration.environment == "prod")
        #expect(configuration.providers.map(\.id) == ["a", "c"])
        let provider = configuration.providers[0]
        #expect(provider.timeout == .seconds(30) && provider.retries == 7)
        #expect(provider.settings.string(ConfigurationFixture.region) == "eu")
        #expect(provider.settings.string(ConfigurationFixture.accountID) == nil)
        #expect(provider.settings.secret(ConfigurationFixture.apiKey) == Secret("FAKE-prod"))
        #expect(configuration.caFile == fixture.folder.appending(path: "roots/prod.pem").path)
        let origins = Dictionary(uniqueKeysWithValues: loaded.effective.entries.map { ($0.path, $0.origin) })
        let folder = fixture.folder.path
        #expect(origins["providers.a.timeout"] == "\(folder)/plugins.prod.yaml:3")
        #expect(origins["providers.a.retries"] == "\(folder)/plugins.yaml:7")
        #expect(origins["providers.a.adapter"] == "\(folder)/plugins.yaml:3")
        #expect(origins["ca_file"] == "\(folder)/plugins.prod.yaml:1")
        #expect(try await fixture.load("test").configuration.providers.map(\.id) == ["a", "b"])
    }

    @Test("a file alone declares its environment, whatever names it", arguments: ["argument", "variable", "file"])
    func declared(_ origin: String) async throws {
        let main = Self.main + (origin == "file" ? "\nenvironment: stage" : "")
        let fixture = try fixture(["plugins.stage.yaml": "# nothing differs yet\n"], main: main)
        if origin == "variable" { fixture.variables["CERTHOST_ENVIRONMENT"] = "stage" }
        #expect(
            try await fixture.load(origin == "argument" ? "stage" : nil).configuration.environment == "stage")
    }

    @Test("an unknown environment is told those that files declare too; a name is never a path")
    func unknown() async throws {
        let fixture = try fixture([
            "plugins.stage.yaml": "", "plugins.prod.yaml": "", "plugins.yaml.bak": "", "other.dev.yaml": "",
            "plugins.old.yml": "",
        ])
        let finding = try #require(await fixture.findings("stag").first { $0.code == "unknown-environment" })
        #expect(finding.allowed == ["prod", "test", "stage"])
        #expect(finding.suggestion == "stage")
        for name in ["", "../plugins", "x/../prod", "prod.yaml", "old", "\0"] {
            #expect(try await fixture.findings(name).map(\.code) == ["unknown-environment"], "\(name)")
        }
    }

    @Test("the file is as strict as the main one, and what is wrong in it is told after what is wrong there")
    func strict() async throws {
        let fixture = try fixture(
            [
                "plugins.prod.yaml": """
                version: 1
                providers:
                  a: {timeout: 10, settings: {regoin: us, api_key: FAKE-literal}}
                  a: {}
                routes: [{use: [nobody]}]
                """
            ], main: Self.main + "\nretries: 3\n")
        let error = await #expect(throws: ConfigurationError.self) { try await fixture.load("prod") }
        let findings = try #require(error?.findings)
        #expect(
            findings.map { "\(URL(fileURLWithPath: $0.file).lastPathComponent):\($0.place)" } == [
                "plugins.yaml:9:1 unknown-key", "plugins.prod.yaml:1:1 misplaced-key",
                "plugins.prod.yaml:3:16 invalid-duration", "plugins.prod.yaml:3:31 unknown-key",
                "plugins.prod.yaml:3:52 literal-secret", "plugins.prod.yaml:4:3 duplicate-key",
                "plugins.prod.yaml:5:17 unknown-provider",
            ])
        #expect(findings.first { $0.code == "unknown-provider" }?.excerpt == "routes: [{use: [nobody]}]")
        #expect(findings.first { $0.code == "literal-secret" }?.excerpt == nil)
        #expect(!ConfigurationReport(findings).text.contains("FAKE-literal"))
    }

    @Test("only the chosen environment's file is read, until everything is checked")
    func others() async throws {
        let fixture = try fixture([
            "plugins.prod.yaml": "defaults: {timeout: soon}\n", "plugins.stage.yaml": "defaults: [\n",
            "plugins.whole.yaml": "version: 1\nproviders: {x: {adapter: nothing-like-it}}\n",
        ])
        #expect(try await fixture.load("test").warnings.isEmpty)
        try FileManager.default.createDirectory(
            at: fixture.folder.appending(path: "plugins.folder.yaml"), withIntermediateDirectories: true)
        #expect(
            try await fixture.checkPlaces("test") == [
                "plugins.folder.yaml:-:- unreadable-file", "plugins.prod.yaml:1:21 invalid-duration",
                "plugins.stage.yaml:1:11 unclosed-bracket",
            ])
        #expect(try await fixture.findings("folder").map(\.severity) == [.error])
    }

    @Test("a credential in the main file's part is not judged before the environment's file has been read")
    func sandboxInFile() async throws {
        let main = Self.main.replacing("{timeout: 20s,", with: "{settings: {api_key: FAKE-literal}, timeout: 20s,")
            .replacing("retries: 7, settings: {region: eu}", with: "retries: 7")
        let fixture = try fixture(["plugins.prod.yaml": "sandbox: embedded\n"], main: main)
        fixture.sandbox = EmbeddedSandbox(adapters: ["acme"]) { ["acme": ["api_key": "FAKE"]] }
        #expect(try await fixture.load("prod").configuration.isSandboxed)
        #expect(try await fixture.load("test").warnings.isEmpty)
        try fixture.write("defaults: {}\n", to: "plugins.prod.yaml")
        #expect(try await fixture.places("prod") == ["7:41 literal-secret"])
    }

    @Test("who names an environment's file as the configuration is told how to use it; a whole file is used")
    func namedAsConfiguration() async throws {
        let fixture = try fixture(["plugins.prod.yaml": "defaults: {timeout: 5s}\n"])
        let loader = ConfigurationLoader(registry: try ConfigurationFixture.registry(), variables: fixture.variables)
        let path = fixture.folder.appending(path: "plugins.prod.yaml").path
        let error = await #expect(throws: ConfigurationError.self) { try await loader.load(path: path) }
        #expect(error?.findings.map(\.code) == ["environment-file"])
        #expect(error?.findings.first?.suggestion == "--config \(fixture.path) --environment prod")
        try fixture.write(Self.main, to: "plugins.prod.yaml")
        try fixture.write("providers: {a: {timeout: 1m}}\n", to: "plugins.prod.test.yaml")
        let loaded = try await loader.load(path: path, environment: "test")
        #expect(loaded.configuration.providers[0].timeout == .seconds(60))
    }

    @Test("a file that gives a credential, and that others may read, is a warning of the check alone")
    func openSecretFile() async throws {
        let main = "version: 1\nproviders: {a: {adapter: acme, settings: {api_key: '${file:key}'}}}\n"
        let fixture = try fixture(["key": ConfigurationFixture.canary], main: main)
        let key = fixture.folder.appending(path: "key").path
        for (mode, places) in [
            (0o600, []), (0o400, []), (0o640, ["plugins.yaml:2:52 open-secret-file"]),
            (0o604, ["plugins.yaml:2:52 open-secret-file"]), (0o620, ["plugins.yaml:2:52 open-secret-file"]),
        ] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: key)
            #expect(try await fixture.checkPlaces() == places)
            #expect(try await fixture.load().warnings.isEmpty)
        }
    }
}
