/// The keys of the format.
enum ConfigurationKeys {
    /// Those of the file that an environment can't change.
    static let fileOnly = ["version", "environment", "environments"]
    /// Those that may stand in an environment too.
    static let overlay = ["ca_file", "proxy", "sandbox", "defaults", "journal", "providers", "routes"]
    static let file = ["version", "environment"] + overlay + ["environments"]
    static let defaults = ["timeout", "retries", "concurrency"]
    static let journal = ["path"]
    static let provider = ["adapter", "enabled", "timeout", "retries", "concurrency", "limits", "settings"]
    static let route = ["when", "use"]
    static let conditions = ["domains", "validation", "product"]
    static let target = ["provider", "product"]

    static let all = Set(file + defaults + journal + provider + route + conditions + target)
}
