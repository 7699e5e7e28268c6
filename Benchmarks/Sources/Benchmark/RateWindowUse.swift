import BenchmarkSupport

/// A client that keeps to DigiCert's windows, before a server that counts them to the letter: how much of what they allow
/// does it use, and does it ever draw a 429?
///
/// Duplicates and reissues cost a request for each order that has some, so that an estate of moderate size needs more
/// requests than the longer window holds. `retries: 0` makes any 429 fail the run.
enum RateWindowUse {
    private static let windows: [(requests: Int, seconds: Double)] = [(100, 5), (1000, 180)]

    static func run(command: String, report: inout Report) throws {
        report.title("Rate windows of 100 requests in 5 s and 1000 in 180 s, counted to the letter (takes 3 minutes)")
        // Seven requests for every fifty orders, and the pages.
        let sandbox = try Sandbox(
            command: command, options: ["--orders", "7600", "--strict-limits"],
            keys: ["retries: 0", "concurrency: 8"])
        let result = Result {
            try Measurement(
                command: command, configuration: sandbox.configuration, provider: "digicert",
                options: ["--all-certificates"])
        }
        let tally = sandbox.stop()
        report.figure("answers with 429", Double(tally.tooMany), atMost: 0)
        guard case .success(let run) = result else {
            if case .failure(let error) = result { say("  \(error)") }
            return
        }
        let ideal = earliestEnd(requests: tally.requests)
        say("  \(tally.requests) requests, \(run.records) records, \(number(run.seconds)) s")
        say("  ideal: the windows allow the last request after \(number(ideal)) s")
        report.figure("use of what the windows allow", ideal / run.seconds * 100, unit: " %", atLeast: 95)
    }

    /// When the last of so many requests may leave, where each leaves as early as all windows allow.
    private static func earliestEnd(requests: Int) -> Double {
        var sent: [Double] = []
        for index in 0..<requests {
            let earliest = windows.map { index >= $0.requests ? sent[index - $0.requests] + $0.seconds : 0 }
            sent.append(earliest.max() ?? 0)
        }
        return sent.last ?? 0
    }
}
