/// What a reload has changed, by the ids of the providers in the order of the file.
public struct ConfigurationChanges: Sendable, Hashable, CustomStringConvertible {
    /// Providers that are new.
    public var added: [String] = []
    /// Providers that are gone, in the order that they had.
    public var removed: [String] = []
    /// Providers that are configured differently than before.
    public var changed: [String] = []
    /// Providers that go on as if nothing had happened.
    public var kept: [String] = []
    /// What is doubtful in the new configuration.
    public var warnings: [ConfigurationFinding] = []

    /// Whether all providers are the same as before.
    public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

    /// `added berlin; changed seoul; kept lehi`, for a log line.
    public var description: String {
        let parts = [("added", added), ("removed", removed), ("changed", changed), ("kept", kept)]
        return parts.filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1.joined(separator: ", "))" }.joined(separator: "; ")
    }

    /// The difference between the providers of two configurations.
    init(
        from old: [ConfiguredProvider], to new: [ConfiguredProvider], warnings: [ConfigurationFinding]
    ) {
        let before = Dictionary(old.map { ($0.id, $0) }) { first, _ in first }
        let ids = Set(new.map(\.id))
        removed = old.map(\.id).filter { !ids.contains($0) }
        for provider in new {
            switch before[provider.id] {
            case nil: added.append(provider.id)
            case let old? where old.configuration == provider.configuration && old.network == provider.network:
                kept.append(provider.id)
            default: changed.append(provider.id)
            }
        }
        self.warnings = warnings
    }
}
