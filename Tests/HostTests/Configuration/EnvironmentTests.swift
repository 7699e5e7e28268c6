import CertProtocol
import Foundation
import Host
import Testing

struct EnvironmentTests {
    private static let yaml = """
        version: 1
        environment: test
        defaults: {timeout: 10s, retries: 1}
        providers:
          a:
            adapter: acme
            limits: ["1/1s", "2/2s"]
            settings: {api_key: "${env:BASE_KEY}", region: eu, account_id: base}
          b: {adapter: other, settings: {secret_key: "${env:KEY}"}}
        environments:
          test:
            providers:
              a:
                settings: {api_key: "${env:KEY}", account_id: null}
          prod:
            defaults: {timeout: 60s}
            providers:
              a: {limits: ["5/5s"], settings: {api_key: "${env:PROD_KEY}"}}
              b: null
              c: {adapter: other, settings: {secret_key: "${env:PROD_KEY}"}}
          empty:
        """

    private func fixture(_ yaml: String = yaml) throws -> ConfigurationFixture { try ConfigurationFixture(yaml) }

    @Test("maps merge, lists and scalars replace, null removes; only the chosen references are read")
    func overlay() async throws {
        let fixture = try fixture()
        let test = try await fixture.load().configuration
        #expect(test.environment == "test")
        #expect(test.providers.map(\.id) == ["a", "b"])
        #expect(test.providers[0].settings.string(ConfigurationFixture.region) == "eu")
        #expect(test.providers[0].settings.string(ConfigurationFixture.accountID) == nil)
        #expect(test.providers[0].limits.count == 2)
        fixture.variables = ["PROD_KEY": "FAKE-prod"]
        let prod = try await fixture.load("prod").configuration
        #expect(prod.providers.map(\.id) == ["a", "c"])
        #expect(prod.providers[0].timeout == .seconds(60) && prod.providers[0].retries == 1)
        #expect(prod.providers[0].limits == [RateWindow(5, per: .seconds(5))])
        #expect(prod.providers[0].settings.string(ConfigurationFixture.accountID) == "base")
        #expect(prod.providers[0].settings.secret(ConfigurationFixture.apiKey) == Secret("FAKE-prod"))
    }

    @Test("an argument comes before the variable, the variable before the file")
    func precedence() async throws {
        let fixture = try fixture()
        fixture.variables.merge(["PROD_KEY": "FAKE", "BASE_KEY": "FAKE"]) { $1 }
        #expect(try await fixture.load().configuration.environment == "test")
        fixture.variables["CERTHOST_ENVIRONMENT"] = "prod"
        #expect(try await fixture.load().configuration.environment == "prod")
        #expect(try await fixture.load("empty").configuration.environment == "empty")
        fixture.variables["CERTHOST_ENVIRONMENT"] = ""
        #expect(try await fixture.load().configuration.environment == "test")
    }

    @Test("an environment that isn't declared is an error that lists those that are, and hides no other")
    func undeclared() async throws {
        let fixture = try fixture(Self.yaml.replacing("retries: 1", with: "retries: x"))
        let findings = try await fixture.findings("prud")
        #expect(findings.map(\.code).sorted() == ["unknown-environment", "wrong-type"])
        let finding = try #require(findings.first { $0.code == "unknown-environment" })
        #expect(finding.suggestion == "prod")
        #expect(finding.allowed == ["test", "prod", "empty"])
        #expect(finding.message.contains("test, prod, empty"))
    }

    @Test("what is wrong in an environment that isn't chosen is found too, and nothing is missed in it")
    func others() async throws {
        let yaml = """
            version: 1
            providers: {a: {adapter: acme, settings: {api_key: "${env:KEY}"}}}
            environments:
              one:
                version: 1
                provders: {}
                defaults: [1]
                providers:
                  a: {settings: {regoin: us, page_size: 0, account_id: "${env:NONE}"}}
                  b: {adapter: acmee}
                  c: {adapter: acme}
              two: 3
              three:
                providers: {a: {settings: {api_key: FAKE-literal, region: "${env:"}}}
              four:
                sandbox: embedded
                providers: {a: {settings: {api_key: FAKE-literal}}}
            """
        #expect(
            try await fixture(yaml).places() == [
                "5:5 misplaced-key", "6:5 unknown-key", "7:15 wrong-type", "9:22 unknown-key", "9:45 out-of-range",
                "10:20 unknown-adapter", "12:8 wrong-type", "14:41 literal-secret", "14:63 unclosed-reference",
            ])
    }

    @Test("a value that an overlay replaces is still checked")
    func replaced() async throws {
        let yaml = """
            version: 1
            defaults: {timeout: soon}
            providers: {a: {adapter: acme, settings: {api_key: "${env:KEY}"}}}
            environments: {one: {defaults: {timeout: 5s}}}
            """
        #expect(try await fixture(yaml).places("one") == ["2:21 invalid-duration"])
    }

    @Test("the effective configuration shows each value with its origin, and no credential")
    func show() async throws {
        let loaded = try await fixture().load()
        let text = loaded.effective.yaml().replacing(", from ${env:KEY}", with: "")
        let lines = text.split(separator: "\n").map { line in
            line.split(separator: "  # ").map { part in
                part.hasPrefix("/") ? "plugins.yaml:" + (part.split(separator: ":").last ?? "") : String(part)
            }.joined(separator: "  # ")
        }
        #expect(
            lines == [
                "version: 1  # plugins.yaml:1",
                "defaults:", "  timeout: 10s  # plugins.yaml:3", "  retries: 1  # plugins.yaml:3",
                "  concurrency: 4  # default",
                "journal:", "  path: /home/somebody/.local/state/certhost/journal.sqlite  # default",
                "providers:",
                "  a:", "    adapter: acme  # plugins.yaml:6", "    enabled: true  # default",
                "    timeout: 10s  # plugins.yaml:3", "    retries: 1  # plugins.yaml:3",
                "    concurrency: 4  # default",
                "    limits:", "      - 1/1s  # plugins.yaml:7", "      - 2/2s  # plugins.yaml:7",
                "    settings:", "      api_key: <redacted>  # plugins.yaml:14", "      region: eu  # plugins.yaml:8",
                "      page_size: 100  # default",
                "  b:", "    adapter: other  # plugins.yaml:9", "    enabled: true  # default",
                "    timeout: 10s  # plugins.yaml:3", "    retries: 1  # plugins.yaml:3",
                "    concurrency: 4  # default",
                "    limits: []  # default",
                "    settings:", "      secret_key: <redacted>  # plugins.yaml:9",
            ])
        #expect(loaded.effective.entries.contains { $0.path == "providers.a.limits[1]" && $0.value == "2/2s" })
    }

    @Test("the embedded sandbox supplies addresses and credentials, whose references are not read")
    func sandbox() async throws {
        let yaml = """
            version: 1
            providers:
              a: {adapter: acme, settings: {api_key: "${env:NONE}", base_url: "${env:NONE}", region: eu}}
              b: {adapter: other, settings: {secret_key: FAKE-literal}}
            environments: {sandbox: {sandbox: embedded}}
            """
        let fixture = try fixture(yaml)
        fixture.sandbox = EmbeddedSandbox(adapters: ["acme"]) {
            ["acme": ["api_key": ConfigurationFixture.canary, "base_url": "http://127.0.0.1:8080/v1"]]
        }
        let loaded = try await fixture.load("sandbox")
        let settings = loaded.configuration.providers[0].settings
        #expect(loaded.configuration.isSandboxed)
        #expect(settings.secret(ConfigurationFixture.apiKey) == Secret(ConfigurationFixture.canary))
        #expect(settings.serviceURL(ConfigurationFixture.baseURL)?.isLoopback == true)
        #expect(settings.string(ConfigurationFixture.region) == "eu")
        let shown = loaded.effective.yaml()
        #expect(shown.contains("base_url: http://127.0.0.1:8080/v1") && !shown.contains(ConfigurationFixture.canary))
        #expect(try await fixture.places() == ["3:42 unset-variable", "3:67 unset-variable", "4:46 literal-secret"])
    }

    @Test("a sandbox is not started for a configuration that is wrong, and a failure to start is reported")
    func sandboxFailures() async throws {
        struct Refusal: Error {}
        let yaml = "version: 1\nsandbox: embedded\nproviders: {a: {adapter: acme, retries: x}}\n"
        let broken = try fixture(yaml)
        broken.sandbox = EmbeddedSandbox(adapters: ["acme"]) {
            Issue.record("started")
            return [:]
        }
        #expect(try await broken.places() == ["3:41 wrong-type"])
        let failing = try fixture(yaml.replacing("retries: x", with: "retries: 2"))
        failing.sandbox = EmbeddedSandbox(adapters: ["acme"]) { throw Refusal() }
        #expect(try await failing.places() == ["2:10 sandbox-failed"])
        failing.sandbox = nil
        #expect(try await failing.places() == ["2:10 no-embedded-sandbox", "3:13 missing-setting"])
    }
}
