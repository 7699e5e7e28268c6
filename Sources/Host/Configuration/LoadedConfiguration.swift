/// A configuration that can be used, and what is worth saying about it.
public struct LoadedConfiguration: Sendable {
    /// What the host works with.
    public var configuration: HostConfiguration
    /// What is doubtful, in the order of the file.
    public var warnings: [ConfigurationFinding]
    /// What holds and where it comes from, for people; credentials redacted.
    public var effective: EffectiveConfiguration
}
