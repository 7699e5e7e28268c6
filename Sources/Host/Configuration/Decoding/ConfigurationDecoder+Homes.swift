internal import CertProtocol

extension ConfigurationDecoder {
    /// Where a key belongs that stands in a wrong place; `nil` where it belongs nowhere.
    func home(of key: String) -> String? {
        if registry.factories.contains(where: { $0.settings.settings.contains { $0.name == key } }) {
            return "the “settings” of a provider"
        }
        let homes: [(keys: [FormatKey], name: String)] = [
            (ConfigurationFormat.file, "the top of the file"), (ConfigurationFormat.pace, "“defaults” or a provider"),
            (ConfigurationFormat.provider, "a provider"), (ConfigurationFormat.route, "a route"),
            (ConfigurationFormat.conditions, "the “when” of a route"),
        ]
        return homes.first { $0.keys.names.contains(key) }?.name
    }

    /// Whether a mapping may hold a key after all: misspelt, or in a part of it that couldn't be read.
    func mayHold(_ key: String, _ mapping: YAMLMapping) -> Bool {
        !mapping.isWhole || mapping.entries.contains { NearMiss.suggestion(for: $0.key, among: [key]) != nil }
    }
}
