public import CertProtocol

/// A configuration that can be used, and what is worth saying about it.
public struct LoadedConfiguration: Sendable {
    /// What the host works with.
    public var configuration: HostConfiguration
    /// What is doubtful, in the order of the files.
    public var warnings: [ConfigurationFinding]
    /// What holds and where it comes from, for people; credentials redacted.
    public var effective: EffectiveConfiguration
    /// Where each provider stands, by id.
    var places: [String: SourceMark] = [:]

    /// What a provider answered to a call that was made to see whether it works, as a finding at the provider's place.
    ///
    /// - Parameters:
    ///   - error: what ``CertificateHost/checkHealth(of:context:)`` threw.
    ///   - provider: the id of the provider.
    /// - Returns: an error of the configuration.
    public func finding(for error: CertificateError, of provider: String) -> ConfigurationFinding {
        let findings = FindingCollector()
        let mark = places[provider]
        findings.add(
            .refused(error, provider: provider), file: mark?.file ?? "", mark: mark,
            path: ConfigurationPath().appending("providers").appending(provider))
        return findings.findings[0]
    }
}
