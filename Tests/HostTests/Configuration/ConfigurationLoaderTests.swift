import CertProtocol
import Foundation
import Host
import Testing

struct ConfigurationLoaderTests {
    private static let provider = "providers: {a: {adapter: acme, settings: {api_key: '${env:KEY}'}}}\n"

    private func fixture(_ yaml: String) throws -> ConfigurationFixture {
        try ConfigurationFixture("version: 1\n" + yaml)
    }

    @Test("a small file gives a whole configuration, defaults filled in")
    func defaults() async throws {
        let fixture = try fixture(Self.provider)
        let configuration = try await fixture.load().configuration
        let provider = try #require(configuration.providers.first)
        #expect(configuration.environment == nil)
        #expect(!configuration.isSandboxed)
        #expect(configuration.journalPath == "/home/somebody/.local/state/certhost/journal.sqlite")
        #expect(provider.id == "a" && provider.adapter == "acme" && provider.isEnabled)
        #expect(provider.timeout == .seconds(30) && provider.retries == 3 && provider.concurrency == 4)
        #expect(provider.limits == [RateWindow(100, per: .seconds(5))])
        #expect(provider.settings.string(ConfigurationFixture.region) == "us")
        #expect(provider.settings.integer(ConfigurationFixture.pageSize) == 100)
        #expect(provider.settings.secret(ConfigurationFixture.apiKey) == Secret(ConfigurationFixture.canary))
    }

    @Test(
        "the journal is kept in the folder for state unless the file says otherwise",
        arguments: [
            (["XDG_STATE_HOME": "/state"], "/state/certhost/journal.sqlite"),
            (["XDG_STATE_HOME": "relative"], "/home/somebody/.local/state/certhost/journal.sqlite"),
            (["XDG_STATE_HOME": ""], "/home/somebody/.local/state/certhost/journal.sqlite"),
            (["HOME": "/root/"], "/root/.local/state/certhost/journal.sqlite"),
        ])
    func journalPath(_ variables: [String: String], _ path: String) async throws {
        let fixture = try fixture(Self.provider)
        fixture.variables.merge(variables) { $1 }
        #expect(try await fixture.load().configuration.journalPath == path)
    }

    @Test("a byte order mark is a warning, and the configuration is used")
    func byteOrderMark() async throws {
        let fixture = try ConfigurationFixture("\u{FEFF}version: 1\n" + Self.provider)
        #expect(try await fixture.load().warnings.map(\.place) == ["1:1 byte-order-mark"])
    }

    @Test("every key of the format arrives")
    func everything() async throws {
        let fixture = try fixture(
            """
            ca_file: root.pem
            proxy: ${env:PROXY}
            defaults: {timeout: 90s, retries: 0, concurrency: 2}
            journal: {path: state/j.sqlite}
            providers:
              a:
                adapter: acme
                enabled: false
                retries: 5
                limits: []
                settings: {api_key: "${file:key}", region: eu, base_url: https://ca.example/v1/, account_id: "007",
                  page_size: 0o17, poll: 5m, archived: false}
              b: {adapter: other, limits: ["10/1s", "20/1m"], settings: {secret_key: "${env:KEY}"}}
            routes:
              - when: {domains: ["*.kr"], validation: [OV], product: [p]}
                use: [{provider: b, product: q}]
              - use: [b]
            """)
        fixture.variables["PROXY"] = "http://proxy.internal:3128"
        try fixture.write("one-line\r\n", to: "key")
        try fixture.write("-----BEGIN CERTIFICATE-----\n", to: "root.pem")
        let configuration = try await fixture.load().configuration
        #expect(configuration.caFile == fixture.folder.appending(path: "root.pem").path)
        #expect(configuration.proxy == "http://proxy.internal:3128")
        #expect(configuration.journalPath == fixture.folder.appending(path: "state/j.sqlite").path)
        let (first, second) = (configuration.providers[0], configuration.providers[1])
        #expect(!first.isEnabled && first.retries == 5 && first.timeout == .seconds(90) && first.limits.isEmpty)
        #expect(second.retries == 0 && second.concurrency == 2)
        #expect(second.limits == [RateWindow(10, per: .seconds(1)), RateWindow(20, per: .seconds(60))])
        let settings = first.settings
        #expect(settings.secret(ConfigurationFixture.apiKey) == Secret("one-line"))
        #expect(settings.serviceURL(ConfigurationFixture.baseURL)?.description == "https://ca.example/v1")
        #expect(settings.string(ConfigurationFixture.accountID) == "007")
        #expect(settings.integer(ConfigurationFixture.pageSize) == 15)
        #expect(settings.duration(ConfigurationFixture.poll) == .seconds(300))
        #expect(settings.boolean(ConfigurationFixture.archived) == false)
        #expect(configuration.routes.count == 2)
        #expect(configuration.routes[0].validations == ["ov"])
        #expect(configuration.routes[0].targets == [RouteTarget(provider: "b", product: "q")])
    }

    @Test(
        "what is wrong is found where it stands",
        arguments: [
            ("", ["-:- no-providers"]),
            ("providers:\n", ["2:1 no-providers"]),
            ("providers: []\n", ["2:12 wrong-type"]),
            ("providers: {A_b: {adapter: acme}}\n", ["2:13 invalid-id", "2:13 missing-setting"]),
            ("providers:\n  a:\n", ["3:3 missing-key"]),
            ("providers: {a: {settings: {}}}\n", ["2:13 missing-key"]),
            ("providers: {a: {adapter: [acme]}}\n", ["2:26 wrong-type"]),
            ("providers: {a: {adapter: acme, retrys: 2}}\n", ["2:13 missing-setting", "2:32 unknown-key"]),
            ("sandbox: yes\nproviders: {}\n", ["2:10 invalid-choice", "3:12 no-providers"]),
            ("sandbox: embedded\nproviders: {}\n", ["2:10 no-embedded-sandbox", "3:12 no-providers"]),
            ("proxy: proxy.internal\n" + provider, ["2:8 invalid-url"]),
            ("ca_file: none.pem\n" + provider, ["2:10 unreadable-file"]),
            ("defaults: {timeout: 30}\n" + provider, ["2:21 invalid-duration"]),
            ("defaults: {timeout: 0s}\n" + provider, ["2:21 invalid-duration"]),
            ("defaults: {retries: -1, concurrency: 0}\n" + provider, ["2:21 out-of-range", "2:38 out-of-range"]),
            ("defaults: {retries: \"3\"}\n" + provider, ["2:21 wrong-type"]),
            ("defaults: {limits: []}\n" + provider, ["2:12 unknown-key"]),
            ("journal: /var/j\n" + provider, ["2:10 wrong-type"]),
            ("journal: {file: j}\n" + provider, ["2:11 unknown-key"]),
            ("environment: prod\n" + provider, ["2:14 unknown-environment"]),
            (provider + "routes: {}\n", ["3:9 wrong-type"]),
            (provider + "routes:\n- when: {}\n", ["4:3 missing-key"]),
            (provider + "routes:\n- use: []\n", ["4:8 empty-value"]),
            (provider + "routes:\n- use: [b]\n", ["4:9 unknown-provider"]),
            (provider + "routes:\n- use: [{product: p}]\n", ["4:9 missing-key"]),
            (provider + "routes:\n- use: [{provider: a, produkt: p}]\n", ["4:23 unknown-key"]),
            (
                provider + "routes:\n- when: {domains: ['a..b'], validation: ov}\n  use: [a]\n",
                ["4:20 invalid-domain", "4:41 wrong-type"]
            ),
            (provider + "routes:\n- when: {product: []}\n  use: [a]\n", ["4:19 empty-value"]),
            (provider + "routes:\n- use: [a]\n- use: [a]\n", ["5:3 unreachable-route"]),
            (
                provider
                    + "routes:\n- when: {domains: ['*.kr']}\n  use: [a]\n- when: {domains: ['*.co.kr'], product: [p]}\n  use: [a]\n",
                ["6:3 unreachable-route"]
            ),
            (provider + "routes:\n- when: {domains: ['*.kr']}\n  use: [a]\n- when: {domains: [kr]}\n  use: [a]\n", []),
        ] as [(String, [String])])
    func places(_ yaml: String, _ places: [String]) async throws {
        #expect(try await fixture(yaml).places() == places)
    }

    @Test(
        "a setting that is wrong is found where it stands",
        arguments: [
            ("api_key: '${env:KEY}', regoin: us", ["2:69 unknown-key"]),
            ("api_kye: '${env:KEY}'", ["2:46 unknown-key"]),
            ("region: us", ["2:35 missing-setting"]),
            ("api_key: null", ["2:35 missing-setting"]),
            ("api_key: FAKE", ["2:55 literal-secret"]),
            ("api_key: 12", ["2:55 literal-secret"]),
            ("api_key: [1]", ["2:55 wrong-type"]),
            ("api_key: '${env:NONE}'", ["2:55 unset-variable"]),
            ("api_key: '${env:EMPTY}'", ["2:55 empty-value"]),
            ("api_key: '${env:KEY:-x}'", ["2:55 secret-fallback"]),
            ("api_key: '${file:none}'", ["2:55 unreadable-file"]),
            ("api_key: '${file:.}'", ["2:55 unreadable-file"]),
            ("api_key: '${env:KEY'", ["2:55 unclosed-reference"]),
            ("api_key: '${KEY}'", ["2:55 malformed-reference"]),
            ("api_key: '${env:KEY}', region: asia", ["2:77 invalid-choice"]),
            ("api_key: '${env:KEY}', account_id: 12", ["2:81 wrong-type"]),
            ("api_key: '${env:KEY}', account_id: '${env:NUMBER}'", []),
            ("api_key: '${env:KEY}', page_size: 1001", ["2:80 out-of-range"]),
            ("api_key: '${env:KEY}', page_size: 99999999999999999999", ["2:80 out-of-range"]),
            ("api_key: '${env:KEY}', page_size: 1.5", ["2:80 wrong-type"]),
            ("api_key: '${env:KEY}', page_size: '${env:NUMBER}'", []),
            ("api_key: '${env:KEY}', page_size: '1${env:NUMBER}'", ["2:80 wrong-type"]),
            ("api_key: '${env:KEY}', archived: no", ["2:79 wrong-type"]),
            ("api_key: '${env:KEY}', archived: '${env:FLAG}'", []),
            ("api_key: '${env:KEY}', archived: '${env:NONE:-false}'", []),
            ("api_key: '${env:KEY}', poll: 5 minutes", ["2:75 invalid-duration"]),
            ("api_key: '${env:KEY}', base_url: ca.example", ["2:79 invalid-url"]),
            ("api_key: '${env:KEY}', base_url: 'http://ca.example'", ["2:79 invalid-url"]),
            ("api_key: '${env:KEY}', base_url: '${env:NONE:-http://127.0.0.1:1}'", []),
            ("api_key: FAKE, base_url: 'http://127.0.0.1:1'", []),
            ("api_key: FAKE, base_url: 'https://ca.example'", ["2:55 literal-secret"]),
            ("api_key: '${env:KEY}', region: eu, archived: true", ["2:91 invalid-setting"]),
        ] as [(String, [String])])
    func settings(_ settings: String, _ places: [String]) async throws {
        let fixture = try fixture("providers: {a: {adapter: acme,    settings: {\(settings)}}}\n")
        fixture.variables.merge(["EMPTY": "", "NUMBER": "7", "FLAG": "true"]) { $1 }
        #expect(try await fixture.places() == places)
    }

    @Test(
        "a version that isn't 1 is refused",
        arguments: [
            ("a: 1", "missing-version"), ("version: 2", "unsupported-version"), ("version: '1'", "unsupported-version"),
        ])
    func version(_ line: String, _ code: String) async throws {
        let codes = try await ConfigurationFixture(line + "\n" + Self.provider).findings().map(\.code)
        #expect(codes.contains(code))
    }

    @Test(
        "near misses are guessed",
        arguments: [
            ("provders: {}", "providers"), ("Providers: {}", "providers"), ("ca-file: x", "ca_file"),
            ("enviroment: x", "environment"), ("xyzzy: 1", nil),
        ] as [(String, String?)])
    func suggestions(_ yaml: String, _ suggestion: String?) async throws {
        let finding = try await fixture(yaml).findings().first { $0.code == "unknown-key" }
        #expect(finding != nil)
        #expect(finding?.suggestion == suggestion)
    }

    @Test("a dollar and a brace can be written, and what a reference gives is not looked at again")
    func escapes() async throws {
        let fixture = try fixture(
            "providers: {a: {adapter: acme, settings: {api_key: '${env:KEY}', account_id: '$${x} $ ${env:TRICK}'}}}")
        fixture.variables["TRICK"] = "${env:KEY}"
        let settings = try await fixture.load().configuration.providers[0].settings
        #expect(settings.string(ConfigurationFixture.accountID) == "${x} $ ${env:KEY}")
    }

    @Test("a disabled target is a warning, and the configuration is used")
    func disabledTarget() async throws {
        let fixture = try fixture(
            "providers: {a: {adapter: acme, enabled: false, settings: {api_key: '${env:KEY}'}}}\nroutes: [{use: [a]}]\n"
        )
        #expect(try await fixture.load().warnings.map(\.place) == ["3:17 disabled-target"])
    }

    @Test("a file that can't be read says what to do")
    func unusableFiles() async throws {
        let loader = ConfigurationLoader(registry: try AdapterRegistry([]), variables: [:])
        for (path, code) in [("/nonexistent/plugins.yaml", "missing-file"), ("/tmp", "unreadable-file")] {
            let error = try await #require(throws: ConfigurationError.self) { try await loader.load(path: path) }
            #expect(error.findings.map(\.code) == [code])
            #expect(error.findings[0].message.contains("--config"))
        }
        for yaml in ["", "# nothing\n", "---\n", "\n\n"] {
            #expect(try await ConfigurationFixture(yaml).places() == ["-:- empty-file"], "\(yaml)")
        }
        #expect(try await ConfigurationFixture("- version: 1\n").findings().map(\.code).contains("wrong-type"))
        #expect(try await ConfigurationFixture(Data([0xFF, 0xFE, 0x61, 0])).places() == ["1:1 encoding"])
    }
}
