internal import CertProtocol

/// What decoding gives, before a sandbox adds its part.
struct DecodedConfiguration {
    var caFile: String?
    var proxy: String?
    /// Where `sandbox` is set; `nil` where it isn't.
    var sandbox: SourceMark?
    var defaults = Pace()
    var journalPath = ""
    var providers: [DecodedProvider] = []
    var routes: [Route] = []
}

/// How a provider is called. A value without a mark is a default.
struct Pace {
    var timeout: (value: Duration, mark: SourceMark?) = (.seconds(30), nil)
    var retries: (value: Int, mark: SourceMark?) = (3, nil)
    var concurrency: (value: Int, mark: SourceMark?) = (4, nil)
}

/// A provider whose settings a sandbox may complete.
struct DecodedProvider {
    var id: String
    var adapter: AdapterFactory
    var isEnabled: Bool
    var pace: Pace
    var limits: [RateWindow]
    var settings: [String: SettingValue]
    var path: ConfigurationPath

    /// The provider as the host takes it.
    var configuration: ProviderConfiguration {
        ProviderConfiguration(
            id: id, adapter: adapter.name, isEnabled: isEnabled, timeout: pace.timeout.value,
            retries: pace.retries.value, concurrency: pace.concurrency.value, limits: limits,
            settings: SettingsValues(settings))
    }
}
