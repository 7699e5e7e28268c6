import CertProtocol
import Foundation
import Host
import Testing

/// A folder with a configuration in it, and what a program brings along to read it.
final class ConfigurationFixture {
    /// A text that stands for a credential; nothing may ever show it.
    static let canary = "FAKE-canary-7f3a"

    static let apiKey = Setting("api_key", .secret, isRequired: true, "The key.")
    static let region = Setting("region", .choice(["us", "eu"]), default: "us", "Where.")
    static let baseURL = Setting("base_url", .serviceURL(.root), "The root.")
    static let accountID = Setting("account_id", .string, "The account.")
    static let pageSize = Setting("page_size", .integer(1...1000), default: "100", "Rows.")
    static let poll = Setting("poll", .duration, "How often.")
    static let archived = Setting("archived", .boolean, "Archived ones too.")

    /// An adapter with a setting of every kind and a rule.
    static let acme = AdapterFactory(
        name: "acme", title: "Acme CA",
        settings: SettingsDeclaration(
            [apiKey, region, baseURL, accountID, pageSize, poll, archived],
            rules: [
                { values in
                    guard values.string(region) == "eu", values.boolean(archived) == true else { return [] }
                    return [
                        SettingProblem(
                            setting: "archived", message: "The region eu keeps no archive.", allowed: ["false"])
                    ]
                }
            ]),
        defaultLimits: [RateWindow(100, per: .seconds(5))]
    ) { _, _ throws(CertificateError) in throw CertificateError(.unsupported, "Not made here.") }

    static let other = AdapterFactory(
        name: "other", title: "Other CA",
        settings: SettingsDeclaration([Setting("secret_key", .secret, isRequired: true, "The key.")]),
        defaultLimits: []
    ) { _, _ throws(CertificateError) in throw CertificateError(.unsupported, "Not made here.") }

    let folder: URL
    var variables = ["KEY": canary, "HOME": "/home/somebody"]
    var sandbox: EmbeddedSandbox?

    convenience init(_ yaml: String) throws { try self.init(Data(yaml.utf8)) }

    init(_ data: Data) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "certhost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try data.write(to: folder.appending(path: "plugins.yaml"))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var path: String { folder.appending(path: "plugins.yaml").path }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    static func registry() throws -> AdapterRegistry { try AdapterRegistry([acme, other]) }

    private func loader() throws -> ConfigurationLoader {
        ConfigurationLoader(registry: try Self.registry(), variables: variables, embeddedSandbox: sandbox)
    }

    func load(_ environment: String? = nil) async throws -> LoadedConfiguration {
        try await loader().load(path: path, environment: environment)
    }

    /// Everything that `config check` finds, as `file:line:column code`.
    func checkPlaces(_ environment: String? = nil) async throws -> [String] {
        let findings: [ConfigurationFinding]
        do { findings = try await loader().check(path: path, environment: environment).warnings } catch let error
            as ConfigurationError
        {
            findings = error.findings
        }
        return findings.map { "\(URL(fileURLWithPath: $0.file).lastPathComponent):\($0.place)" }
    }

    /// What is wrong with the file, warnings included; the file's name is shortened.
    func findings(_ environment: String? = nil) async throws -> [ConfigurationFinding] {
        var findings: [ConfigurationFinding]
        do { findings = try await load(environment).warnings } catch let error as ConfigurationError {
            findings = error.findings
        }
        for index in findings.indices { findings[index].file = "plugins.yaml" }
        let report = ConfigurationReport(findings).text
        #expect(!report.contains(Self.canary), "A secret stands in the report:\n\(report)")
        #expect(!String(reflecting: findings).contains(Self.canary))
        return findings
    }

    /// The findings as `line:column code`.
    func places(_ environment: String? = nil) async throws -> [String] {
        try await findings(environment).map(\.place)
    }
}

extension ConfigurationFinding {
    var place: String { "\(line.map(String.init) ?? "-"):\(column.map(String.init) ?? "-") \(code)" }
}
