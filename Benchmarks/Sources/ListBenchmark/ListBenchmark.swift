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
        print("provider    orders    records   seconds  µs/record   peak MiB   time ratio  memory ratio")
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
                print(
                    String(
                        format: "%-10@ %7d  %9d  %8.2f  %9.1f  %9.1f  %10.2fx  %11.2fx", provider as NSString, size,
                        median.records, median.seconds, median.microsecondsPerRecord, median.peakMebibytes,
                        median.microsecondsPerRecord / reference.microsecondsPerRecord,
                        median.peakMebibytes / reference.peakMebibytes
                    )
                )
            }
        }
        print("\nRatios compare with the smallest estate of the same provider: time for each record, and peak memory.")
    }
}
