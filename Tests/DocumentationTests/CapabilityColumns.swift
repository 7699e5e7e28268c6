import ACMEAdapter
import AdapterHTTP
import CertConformance
import CertProtocol
import DigiCertAdapter
import LocalCAAdapter
import NCPAdapter
import TestSupport

/// The columns of the capability table: each adapter, in each variant that offers something else.
enum CapabilityColumns {
    private static let transport = ScriptedTransport { _, _ in TransportResponse(200, "{}") }

    static func all() throws -> [CapabilityTable.Column] {
        let key = SettingValue.secret(Secret("FAKE-KEY-0001"))
        let keys = ["access_key": key, "secret_key": key]
        func ncp(_ name: String, _ settings: [String: String]) throws -> CapabilityTable.Column {
            try column(name, .ncp(transport: transport), keys.merging(settings.mapValues(SettingValue.string)) { $1 })
        }
        return [
            try column("DigiCert", .digiCert(transport: transport), ["api_key": key]),
            try ncp("NCP public (v2)", [:]),
            try ncp("NCP public (v1), fin", ["api": "v1"]),
            try ncp("NCP gov", ["zone": "gov"]),
            try column(
                "ACME", .acme(transport: transport),
                [
                    "directory": .serviceURL(try ServiceURL("https://acme.example/directory")),
                    "state": .string("/nonexistent"),
                ]),
            try column("Local CA", .localCA(), ["directory": .string("/nonexistent")]),
        ]
    }

    /// What a provider that a factory makes declares.
    private static func column(
        _ name: String, _ factory: AdapterFactory, _ settings: [String: SettingValue]
    ) throws -> CapabilityTable.Column {
        let provider = try factory.make(SettingsValues(settings), AdapterContext(providerID: factory.name))
        return CapabilityTable.Column(name, capabilities: provider.capabilities)
    }
}
