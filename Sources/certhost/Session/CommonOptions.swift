internal import ArgumentParser
internal import CertProtocol

/// The options that every command takes.
struct CommonOptions: ParsableArguments {
    @Option(name: [.short, .customLong("config")], help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config = "plugins.yaml"

    @Option(
        name: [.short, .customLong("environment")],
        help: ArgumentHelp(
            "The environment of the configuration; CERTHOST_ENVIRONMENT and the file's own choice come after it.",
            valueName: "name"
        )
    )
    var environment: String?

    @Option(help: "How data is printed: table, json, ndjson or csv.")
    var format = OutputFormat.table

    @Flag(help: "Add what the certificate authority sent to each record.")
    var raw = false

    @Option(help: ArgumentHelp("End the whole command after this time (30s, 5m).", valueName: "time"))
    var timeout: TimeSpan?

    @Flag(name: [.short, .customLong("verbose")], help: "Show one line for each request on standard error.")
    var verbose = false
}

/// A length of time on the command line.
struct TimeSpan: ExpressibleByArgument, Sendable {
    let duration: Duration

    init?(argument: String) {
        guard let duration = Duration(text: argument), duration > .zero else { return nil }
        self.duration = duration
    }

    init(_ duration: Duration) { self.duration = duration }

    static let defaultCompletionKind: CompletionKind = .default
    var defaultValueDescription: String { duration.text }
}

/// An order or certificate on the command line: `PROVIDER/ID`.
struct RecordReference: ExpressibleByArgument, Sendable {
    let provider: String
    let id: String

    init?(argument: String) {
        let parts = argument.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        provider = String(parts[0])
        id = String(parts[1])
    }
}
