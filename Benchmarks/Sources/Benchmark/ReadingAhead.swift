import BenchmarkSupport

/// A long list of an authority that takes 100 ms for a page, read with eight requests under way at a time.
///
/// The ideal is what eight requests that are always under way take: pages / 8 × 100 ms, where there are as many pages as
/// rows fill. It leaves out that nobody knows how many pages there are before the first has come.
enum ReadingAhead {
    private static let latency = 0.1
    private static let concurrency = 8
    private static let rowsPerPage = 1000
    private static let repetitions = 3

    static func run(command: String, report: inout Report) throws {
        report.title("A list of 1,000-order pages, 100 ms each, 8 at a time")
        let hundred = try measure(command, orders: 100_000, repetitions: repetitions, report: &report)
        let million = try measure(command, orders: 1_000_000, repetitions: 1, report: &report)
        report.figure(
            "peak memory of 1,000,000 orders against 100,000", million.peakMebibytes / hundred.peakMebibytes, unit: "x",
            atMost: 1.1)
    }

    private static func measure(
        _ command: String, orders: Int, repetitions: Int, report: inout Report
    ) throws -> Measurement {
        let sandbox = try Sandbox(
            command: command, options: ["--orders", "\(orders)", "--latency", "100ms"],
            keys: ["limits: []", "concurrency: \(concurrency)"])
        let runs: [Measurement]
        do {
            runs = try (0..<repetitions).map { _ in
                try Measurement(command: command, configuration: sandbox.configuration, provider: "digicert")
            }
        } catch {
            sandbox.stop()
            throw error
        }
        let tally = sandbox.stop()
        let median = runs.sorted { $0.seconds < $1.seconds }[runs.count / 2]
        let pages = (median.records + rowsPerPage - 1) / rowsPerPage
        let ideal = Double(pages) / Double(concurrency) * latency
        say(
            "  \(orders) orders: \(median.records) records, \(tally.requests / repetitions) requests, "
                + "\(number(median.seconds)) s; CPU of the client \(number(median.cpuSeconds)) s"
        )
        say("  ideal: \(pages) pages / \(concurrency) × \(number(latency)) s = \(number(ideal)) s")
        report.figure("time of \(orders) orders against the ideal", median.seconds / ideal, unit: "x", atMost: 1.25)
        report.figure("peak memory of \(orders) orders", median.peakMebibytes, unit: " MiB", atMost: 96)
        return median
    }
}
