import Foundation

/// Time and peak memory of `certhost list --format ndjson` over estates of growing size, each served by a sandbox in a
/// process of its own. The smallest is the baseline that the others are compared with, measured in the same run.
@main
struct ListBenchmark {
    static let sizes = [10_000, 100_000]
    static let repetitions = 3

    static func main() throws {
        guard CommandLine.arguments.count == 2 else {
            print("usage: list-benchmark PATH-OF-CERTHOST")
            exit(64)
        }
        let command = CommandLine.arguments[1]
        var baseline: Measurement?
        row(["provider", "orders", "records", "seconds", "µs/record", "peak MiB", "time ratio", "memory ratio"])
        for provider in ["digicert", "ncp"] {
            baseline = nil
            for size in sizes {
                let sandbox = try Sandbox(command: command, orders: size)
                defer { sandbox.stop() }
                let runs = try (0..<repetitions).map { _ in
                    try Measurement(command: command, configuration: sandbox.configuration, provider: provider)
                }
                // The median by time: one slow run of a shared machine shouldn't count.
                let median = runs.sorted { $0.seconds < $1.seconds }[runs.count / 2]
                let reference = baseline ?? median
                baseline = reference
                row([
                    provider, "\(size)", "\(median.records)", text(median.seconds, 2),
                    text(median.microsecondsPerRecord, 1), text(median.peakMebibytes, 1),
                    text(median.microsecondsPerRecord / reference.microsecondsPerRecord, 2) + "x",
                    text(median.peakMebibytes / reference.peakMebibytes, 2) + "x",
                ])
            }
        }
        print("\nRatios compare with the smallest estate of the same provider: time for each record, and peak memory.")
    }

    private static func text(_ number: Double, _ decimals: Int) -> String { String(format: "%.\(decimals)f", number) }

    private static func row(_ cells: [String]) {
        print(cells.map { String(repeating: " ", count: max(0, 12 - $0.count)) + $0 }.joined(separator: "  "))
    }
}
