internal import Logging

/// Log lines for `-v`: one line each on standard error, metadata in a fixed order.
struct ConsoleLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    private let label: String

    init(label: String, level: Logger.Level) {
        self.label = label
        logLevel = level
    }

    /// Makes it the one that lines go to: each request where the user asked for that, otherwise warnings.
    static func install(isVerbose: Bool) {
        LoggingSystem.bootstrap { ConsoleLogHandler(label: $0, level: isVerbose ? .debug : .warning) }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata
        if let more = event.metadata { all.merge(more) { $1 } }
        let pairs = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let line = (["\(event.level)", "\(event.message)"] + pairs).joined(separator: " ")
        StandardStream.error.writeLine("certhost: " + PlainText.singleLine(line))
    }
}
