import Foundation
import Host
import Testing

struct ConfigurationReportTests {
    @Test("one broken file gives one report with every mistake and its place")
    func everythingAtOnce() async throws {
        let yaml = """
            version: 1
            colour: blue
            defaults:
              retries: many
            providers:
              one:
                adapter: acmee
              two:
                adapter: acme
                settings:
                  api_key: ${env:MISSING}
                  region: us
                  region: eu
              three:
                adapter: acme
            \tsettings:
                  api_key: ${env:KEY}
              four:
                adapter: other
                settings: {}
            """
        let report = ConfigurationReport(try await ConfigurationFixture(yaml).findings()).text
        #expect(
            report == """
                plugins.yaml:2:1: error: “colour” is not a key of the file. [unknown-key]
                  2 | colour: blue
                    | ^
                    at: colour
                    found: colour
                    allowed: version, environment, ca_file, proxy, sandbox, defaults, journal, providers, routes, environments
                plugins.yaml:4:12: error: This has to be a whole number. [wrong-type]
                  4 |   retries: many
                    |            ^
                    at: defaults.retries
                    found: many
                    allowed: a whole number
                plugins.yaml:7:14: error: There is no adapter “acmee”. [unknown-adapter]
                  7 |     adapter: acmee
                    |              ^
                    at: providers.one.adapter
                    found: acmee
                    allowed: acme, other
                    did you mean “acme”?
                plugins.yaml:11:16: error: The environment variable MISSING is not set; set it, or give a fallback where one may be. [unset-variable]
                    at: providers.two.settings.api_key
                    found: ${env:MISSING}
                plugins.yaml:13:7: error: “region” stands here a second time; the first is on line 12. Remove one of them. [duplicate-key]
                  13 |       region: eu
                     |       ^
                    at: providers.two.settings.region
                plugins.yaml:16:1: error: The line is indented with a tab; YAML wants spaces. [tab-indentation]
                  16 |  settings:
                     | ^
                    found: a tab
                    allowed: spaces
                plugins.yaml:20:5: error: The adapter other needs the setting “secret_key”; for example ${env:SECRET_KEY}. [missing-setting]
                  20 |     settings: {}
                     |     ^
                    at: providers.four.settings.secret_key
                    allowed: secret_key
                7 errors

                """)
    }

    @Test("a configuration without findings gives an empty report")
    func nothing() { #expect(ConfigurationReport([]).text == "") }

    @Test("the caret stands below its character after letters of double width")
    func wideLetters() async throws {
        let yaml = "version: 1\nproviders: {}\ndefaults: {\"한국\": 1, timeout: x}\n"
        let report = ConfigurationReport(try await ConfigurationFixture(yaml).findings()).text
        #expect(
            report.contains(
                "  3 | defaults: {\"한국\": 1, timeout: x}\n    | " + String(repeating: " ", count: 31) + "^\n"))
    }

    @Test(
        "no report, error or effective configuration shows a credential that stands in the file",
        arguments: [
            "providers: {a: {adapter: acme, settings: {api_key: CANARY}}}",
            "providers: {a: {adapter: acme, settings: {api_kye: CANARY}}}",
            "providers: {a: {adapter: acme, settings: {unheard: CANARY}}}",
            "providers: {a: {adapter: acme, api_key: CANARY}}",
            "providers: {a: {adapter: acme, settings: CANARY}}",
            "providers: {a: {adapter: acme, settings: [CANARY]}}",
            "providers: {a: {adapter: acme, settings: {api_key: [CANARY]}}}",
            "providers:\n  a:\n    adapter: acme\n    settings:\n      api_key: CANARY: more\n",
            "providers:\n  a:\n    adapter: acme\n    settings:\n      api_key: \"CANARY\n",
            "providers:\n  a:\n    adapter: acme\n    settings:\n\t  api_key: CANARY\n",
            "providers:\n  a:\n    adapter: acme\n    settings:\n      api_key:\n        CANARY: x: y\n",
            "providers:\n  a:\n    adapter: acme\n    settings: {\n api_key: CANARY, @\n",
            "providers:\n  a:\n    adapter: acme\n    settings:\n      api_key: !x CANARY\n      api_key: CANARY\n",
            "providers: {a: {adapter: acme, settings: {api_key: '${CANARY}'}}}",
            "providers: {a: {adapter: acme, settings: {api_key: '${env:NONE:-CANARY}'}}}",
            "providers: {a: {adapter: acme, settings: {region: '${env:KEY}', api_key: '${env:KEY}'}}}",
            "providers: {a: {adapter: acme, settings: {api_key: '${env:KEY}', base_url: 'https://u:CANARY@h/'}}}",
            "providers: {a: {adapter: acme, settings: {region: x, api_key: '${env:KEY}'}}} # key CANARY",
            "providers: {a: {adapter: acme}} \ndefaults: {timeout: x} # api_key CANARY\n",
            "proxy: http://user:CANARY@proxy\nproviders: {}",
            "proxy: ftp://user:CANARY@proxy\nproviders: {}",
        ])
    func canaries(_ yaml: String) async throws {
        let text = "version: 1\n" + yaml.replacing("CANARY", with: ConfigurationFixture.canary)
        let fixture = try ConfigurationFixture(text)
        _ = try await fixture.findings()
        if let loaded = try? await fixture.load() {
            #expect(!loaded.effective.yaml().contains(ConfigurationFixture.canary))
            #expect(!String(reflecting: loaded.effective).contains(ConfigurationFixture.canary))
        }
    }
}
