import BenchmarkSupport

/// Time and peak memory of `certhost list --format ndjson` over estates of growing size, each served by a sandbox in a
/// process of its own. The smallest is the baseline that the others are compared with.
enum Growth {
    private static let sizes = [10_000, 100_000]
    private static let repetitions = 3

    static func run(command: String, report: inout Report) throws {
        report.title("Lists as the estate grows, without rate windows or latency")
        report.row(["provider", "orders", "records", "seconds", "µs/record", "peak MiB", "time ratio", "memory ratio"])
        for provider in ["digicert", "ncp"] {
            var baseline: Measurement?
            for size in sizes {
                let sandbox = try Sandbox(command: command, options: ["--orders", "\(size)"])
                defer { sandbox.stop() }
                let runs = try (0..<repetitions).map { _ in
                    try Measurement(command: command, configuration: sandbox.configuration, provider: provider)
                }
                // The median by time: one slow run of a shared machine shouldn't count.
                let median = runs.sorted { $0.seconds < $1.seconds }[runs.count / 2]
                let reference = baseline ?? median
                baseline = reference
                report.row([
                    provider, "\(size)", "\(median.records)", number(median.seconds),
                    number(median.microsecondsPerRecord), number(median.peakMebibytes),
                    number(median.microsecondsPerRecord / reference.microsecondsPerRecord) + "x",
                    number(median.peakMebibytes / reference.peakMebibytes) + "x",
                ])
            }
        }
        say("\nRatios compare with the smallest estate of the same provider: time for each record, and peak memory.")
    }
}
