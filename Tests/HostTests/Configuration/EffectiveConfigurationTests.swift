import CertProtocol
import Foundation
import Host
import Testing

/// What `config show` may show.
struct EffectiveConfigurationTests {
    @Test("what a reference stands for is shown only where it is one of few values; else the reference stands there")
    func references() async throws {
        let fixture = try ConfigurationFixture(
            """
            version: 1
            ca_file: ${env:ROOTS}
            proxy: http://${env:HOST}:3128
            defaults: {timeout: "${env:SECONDS}s", retries: "${env:NUMBER}"}
            journal: {path: "state/${env:TEXT}"}
            providers:
              a:
                adapter: ${env:ADAPTER}
                enabled: ${env:NONE:-true}
                limits: ["${env:NUMBER}/1s"]
                settings:
                  api_key: ${env:KEY}
                  region: ${env:REGION}
                  base_url: https://${env:HOST}/v1
                  account_id: ${env:TEXT}
                  page_size: ${env:NUMBER}
            routes:
              - when: {product: ["${env:TEXT}"]}
                use: [{provider: a, product: "${env:TEXT}"}]
            """)
        let canary = ConfigurationFixture.canary
        try fixture.write("-----BEGIN CERTIFICATE-----", to: canary + ".pem")
        fixture.variables.merge([
            "ROOTS": canary + ".pem", "HOST": canary + ".example", "SECONDS": "7", "NUMBER": "5", "TEXT": canary,
            "ADAPTER": "acme", "REGION": "eu",
        ]) { $1 }
        let loaded = try await fixture.load()
        let shown = loaded.effective.entries.map { "\($0.path) \($0.value) \($0.reference ?? "-")" }
        for line in [
            "ca_file ${env:ROOTS} ${env:ROOTS}",
            "proxy http://${env:HOST}:3128 http://${env:HOST}:3128",
            "defaults.timeout 7s ${env:SECONDS}s",
            "providers.a.timeout 7s ${env:SECONDS}s",
            "providers.a.retries 5 ${env:NUMBER}",
            "journal.path state/${env:TEXT} state/${env:TEXT}",
            "providers.a.enabled true ${env:NONE:-true}",
            "providers.a.limits[0] ${env:NUMBER}/1s ${env:NUMBER}/1s",
            "providers.a.settings.api_key <redacted> ${env:KEY}",
            "providers.a.settings.region eu ${env:REGION}",
            "providers.a.settings.base_url https://${env:HOST}/v1 https://${env:HOST}/v1",
            "providers.a.settings.account_id ${env:TEXT} ${env:TEXT}",
            "providers.a.settings.page_size 5 ${env:NUMBER}",
            "routes[0].use[0].product ${env:TEXT} ${env:TEXT}",
        ] {
            #expect(shown.contains(line), "\(line)")
        }
        let yaml = loaded.effective.yaml()
        #expect(!yaml.contains(canary) && !String(reflecting: loaded.effective).contains(canary))
        #expect(yaml.contains("      region: eu  # \(fixture.path):13, from ${env:REGION}\n"))
        #expect(yaml.contains("      base_url: https://${env:HOST}/v1  # \(fixture.path):14\n"))
    }

    @Test("what is shown can be read again, and then means the same")
    func readAgain() async throws {
        let fixture = try ConfigurationFixture(
            """
            version: 1
            providers:
              a:
                adapter: acme
                limits: []
                settings: {api_key: "${env:KEY}", base_url: "${env:URL}", account_id: "$${x}: 'y' # z"}
            """)
        fixture.variables["URL"] = "https://ca.example/v1"
        let first = try await fixture.load()
        let shown = first.effective.yaml().replacing("<redacted>", with: "${env:KEY}")
        let again = try ConfigurationFixture(shown)
        again.variables = fixture.variables
        let second = try await again.load()
        let settings = second.configuration.providers[0].settings
        #expect(settings.string(ConfigurationFixture.accountID) == "${x}: 'y' # z")
        #expect(settings.serviceURL(ConfigurationFixture.baseURL)?.description == "https://ca.example/v1")
        #expect(second.effective.entries.map(\.value) == first.effective.entries.map(\.value))
    }

    @Test("an address that names a user is redacted, and so is a credential that a sandbox lets stand in the file")
    func credentials() async throws {
        let canary = ConfigurationFixture.canary
        let fixture = try ConfigurationFixture(
            """
            version: 1
            providers:
              a:
                adapter: acme
                settings:
                  api_key: ${env:NONE:-\(canary)}
                  base_url: http://127.0.0.1:1
                  account_id: see https://me:\(canary)@ca.example
            """)
        let loaded = try await fixture.load()
        #expect(!loaded.effective.yaml().contains(canary))
        #expect(loaded.effective.entries.first { $0.path.hasSuffix("api_key") }?.reference == nil)
    }
}
