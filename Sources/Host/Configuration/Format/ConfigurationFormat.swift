internal import CertProtocol

/// The keys of plugins.yaml.
///
/// What stands here once holds for reading, for suggestions, for the documentation and for the JSON Schema. The settings of
/// an adapter are declared by the adapter, see `SettingsDeclaration`.
enum ConfigurationFormat {
    // MARK: Providers

    static let timeout = FormatKey(
        "timeout", .scalar(.durationWithin(.milliseconds(1)...Duration.longest)),
        default: Pace().timeout.value.text,
        "How long one operation may take, its retries included; of a list, one page.")
    static let retries = FormatKey(
        "retries", .scalar(.integer(0...100)), default: String(Pace().retries.value),
        "How often a read is tried again after a failure that may pass.")
    static let concurrency = FormatKey(
        "concurrency", .scalar(.integer(1...1000)), default: String(Pace().concurrency.value),
        "How many requests may be under way to one provider at a time.")
    static let pace = [timeout, retries, concurrency]

    static let adapter = FormatKey(
        "adapter", .adapter, presence: .neededInTheEnd, "Which adapter talks to the certificate authority.")
    static let enabled = FormatKey(
        "enabled", .scalar(.boolean), default: "true",
        "Whether the provider is used. One that isn't is still shown, and needs no credentials.")
    static let limits = FormatKey(
        "limits", .list(of: .text(rateWindow), mayBeEmpty: true),
        "How many requests may be sent in which time; all windows hold at once. By default what the certificate authority "
            + "documents, [] for none. Providers with the same credential share them.")
    static let settings = FormatKey("settings", .settings, "What the adapter needs to know, credentials among it.")
    static let provider = [adapter, enabled] + pace + [limits, settings]

    // MARK: Routes

    static let when = FormatKey(
        "when", .section(conditions),
        "What a call has to be like; all conditions have to hold, any value of one does. Without conditions, every call."
    )
    static let domains = FormatKey(
        "domains", .list(of: .text(domainPattern), mayBeEmpty: false),
        "Names that every requested name has to match: example.com, *.example.com for any depth below it, * for all.")
    static let validation = FormatKey(
        "validation", .list(of: .text(nil), mayBeEmpty: false), "The kind of validation: dv, ov, ev.")
    static let product = FormatKey(
        "product", .list(of: .text(nil), mayBeEmpty: false), "The product that the call asks for.")
    static let conditions = [domains, validation, product]

    static let targetProvider = FormatKey("provider", .text(nil), presence: .needed, "The id of the provider.")
    static let targetProduct = FormatKey("product", .text(nil), "The product that replaces the call's there.")
    static let target = [targetProvider, targetProduct]

    static let use = FormatKey(
        "use", .list(of: .shorthand(target), mayBeEmpty: false), presence: .needed,
        "Where the call goes: the first that can take it; the next only while nothing can have been ordered.")
    static let route = [when, use]

    // MARK: The file

    static let journalPath = FormatKey(
        "path", .text(nil),
        "The file of the journal; by default certhost/journal.sqlite under XDG_STATE_HOME, else under ~/.local/state.")
    static let caFile = FormatKey(
        "ca_file", .text(nil), "Certificates in PEM form that are trusted besides the system's roots.")
    static let proxy = FormatKey(
        "proxy", .text(proxyURL), "The proxy to the certificate authorities; otherwise HTTPS_PROXY names one.")
    static let sandbox = FormatKey(
        "sandbox", .scalar(.choice(["embedded"])),
        "embedded: the bundled servers with made-up data stand in for the certificate authorities.")
    static let providerID = SettingPattern(
        "[a-z0-9][a-z0-9-]*", "lower-case letters, digits and hyphens", example: "example-ca-prod")

    static let defaults = FormatKey(
        "defaults", .section(pace), "What holds for every provider that doesn't say otherwise.")
    static let journal = FormatKey(
        "journal", .section([journalPath]), "Where paid operations are written down before they are sent.")
    static let providers = FormatKey("providers", .named(providerID, provider), "The accounts, by ids of your own.")
    static let routes = FormatKey(
        "routes", .list(of: .section(route), mayBeEmpty: true),
        "Where orders go that name no provider; the first match wins.")

    /// What may stand in an environment too.
    static let overlay = [caFile, proxy, sandbox, defaults, journal, providers, routes]

    static let version = FormatKey("version", .constant(1), presence: .needed, "The version of this format.")
    static let environment = FormatKey(
        "environment", .scalar(.string),
        "The environment that holds unless --environment or CERTHOST_ENVIRONMENT names another.")
    static let environments = FormatKey(
        "environments", .named(nil, overlay),
        "What changes in each environment: mappings merge, other values replace, null removes. An environment can have a "
            + "file of its own beside this one, NAME.ENVIRONMENT.yaml, which is applied last.")

    /// What an environment can't change.
    static let fileOnly = [version, environment, environments]

    static let file = [version, environment] + overlay + [environments]

    /// Every key, wherever it may stand.
    static let allNames = file.allNames
}

// MARK: - What texts look like

extension ConfigurationFormat {
    private static let rateWindow = SettingPattern(
        "\\+?0*[1-9][0-9]*/0*[1-9][0-9]*(ms|s|m|h|d)", "requests in a time", example: "100/5s")
    private static let domainPattern = SettingPattern("\\*|(\\*\\.)?[^*]+", "a domain", example: "*.example.com")
    private static let proxyURL = SettingPattern(
        "[hH][tT][tT][pP]://[^/?#@]+/?", "the address of an http proxy", example: "http://proxy.internal:3128")
}

extension Duration {
    /// The longest that a text can name.
    static let longest = Duration.seconds(36_525 * 86_400)
}
