import CertProtocol
import Testing

struct SettingsDecodingTests {
    private enum Region: String, Decodable { case us, eu }

    private struct Account: Decodable {
        @Credential var apiKey: Secret
        var region: Region
        var baseURL: ServiceURL?
        var poll: Duration?
        var pageSize: Int
        var archived: Bool?
        var label: String?
    }

    private func values(_ more: [String: SettingValue] = [:]) -> SettingsValues {
        SettingsValues(
            ["api_key": .secret(Secret("FAKE-key")), "region": .string("eu"), "page_size": .integer(100)]
                .merging(more) { $1 })
    }

    @Test("settings become a type of the adapter's own, whatever kinds they have")
    func everyKind() throws {
        let url = try ServiceURL("https://ca.example/v1")
        let account = try values([
            "base_url": .serviceURL(url), "poll": .duration(.seconds(90)), "archived": .boolean(false),
            "label": .string("007"),
        ]).decode(Account.self)
        #expect(account.apiKey == Secret("FAKE-key") && account.region == .eu && account.pageSize == 100)
        #expect(account.baseURL == url && account.poll == .seconds(90) && account.archived == false)
        #expect(account.label == "007")
    }

    @Test("a setting without a value is nil where it may be")
    func absent() throws {
        let account = try values().decode(Account.self)
        #expect(account.baseURL == nil && account.poll == nil && account.archived == nil && account.label == nil)
    }

    @Test(
        "a type that isn't what was declared is an error that names the setting and no value",
        arguments: [
            (["page_size": .string("FAKE-text")], "page_size"), (["region": .string("FAKE-text")], "region"),
            (["archived": .integer(1)], "archived"), (["label": .boolean(true)], "label"),
            (["api_key": .string("FAKE-text")], "api_key"), (["poll": .string("FAKE-text")], "poll"),
            (["label": .secret(Secret("FAKE-text"))], "label"),
        ] as [([String: SettingValue], String)])
    func mismatch(_ value: [String: SettingValue], _ name: String) {
        let error = #expect(throws: CertificateError.self) { try values(value).decode(Account.self) }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message.contains(" \(name) ") == true && error?.message.contains("FAKE") == false)
    }

    @Test("a setting that is needed and missing is named")
    func missing() {
        let error = #expect(throws: CertificateError.self) { try SettingsValues([:]).decode(Account.self) }
        #expect(error?.message == "The setting api_key is missing.")
    }
}
