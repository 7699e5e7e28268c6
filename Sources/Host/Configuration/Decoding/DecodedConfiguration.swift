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

/// How a provider is called.
struct Pace {
    /// A value with the place where it stands; without one it is a default.
    struct Value<Wrapped> {
        var value: Wrapped
        var field: Field?

        init(_ value: Wrapped, _ field: Field? = nil) {
            self.value = value
            self.field = field
        }
    }

    var timeout = Value(Duration.seconds(30))
    var retries = Value(3)
    var concurrency = Value(4)
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
    /// Where it stands.
    var mark: SourceMark

    /// The provider as the host takes it.
    var configuration: ProviderConfiguration {
        ProviderConfiguration(
            id: id, adapter: adapter.name, isEnabled: isEnabled, timeout: pace.timeout.value,
            retries: pace.retries.value, concurrency: pace.concurrency.value, limits: limits,
            settings: SettingsValues(settings))
    }
}
