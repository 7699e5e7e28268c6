import BenchmarkSupport
import CertProtocol
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The processor time that a page of 1,000 orders costs the client, how much of it is reading JSON, and how long Python's
/// `json` takes for the same bytes.
enum PageCost {
    private static let orders = 100_000
    private static let repetitions = 30

    static func run(command: String, report: inout Report) async throws {
        report.title("Processor time of a page of 1,000 orders")
        let large = try Sandbox(command: command, options: ["--orders", "\(orders)"])
        defer { large.stop() }
        let page = try await firstPage(of: large)
        let small = try Sandbox(command: command, options: ["--orders", "0"])
        defer { small.stop() }

        // What a list of one short page costs is the start of the command.
        let start = try cpuMilliseconds(command, small)
        let whole = try cpuMilliseconds(command, large)
        let perPage = (whole - start) / (Double(orders) / 1000)
        let parsing = try parseMilliseconds(page)
        report.figure("size of a page", Double(page.count) / 1_048_576, unit: " MiB")
        report.figure("start of the command", start, unit: " ms")
        report.figure("a page", perPage, unit: " ms", atMost: 12)
        report.figure("reading its JSON", parsing, unit: " ms")
        report.figure("share of reading JSON", parsing / perPage * 100, unit: " %")
        report.figure("speed of reading JSON", Double(page.count) / 1_048_576 / parsing * 1000, unit: " MiB/s")
        guard let python = try pythonMilliseconds(page) else {
            say("  python3 is absent; nothing to compare with")
            return
        }
        report.figure("Python's json on the same bytes", python, unit: " ms")
        report.figure("ratio of reading JSON to Python's json", parsing / python, unit: "x")
        report.figure("ratio of a page to Python's json", perPage / python, unit: "x")
    }

    private static func cpuMilliseconds(_ command: String, _ sandbox: Sandbox) throws -> Double {
        median(
            try (0..<3).map { _ in
                try Measurement(command: command, configuration: sandbox.configuration, provider: "digicert")
                    .cpuSeconds * 1000
            })
    }

    private static func firstPage(of sandbox: Sandbox) async throws -> [UInt8] {
        let target = "/order/certificate?limit=1000&offset=0&sort=order_id"
        guard let url = URL(string: sandbox.digiCertRoot + target) else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.setValue(sandbox.digiCertKey, forHTTPHeaderField: "X-DC-DEVKEY")
        return Array(try await URLSession.shared.data(for: request).0)
    }

    private static func parseMilliseconds(_ page: [UInt8]) throws -> Double {
        var rows = 0
        let times = try (0..<repetitions).map { _ in
            let start = ContinuousClock.now
            rows = try JSONValue(parsing: page).array("orders")?.count ?? 0
            return start.duration(to: .now).inSeconds * 1000
        }
        guard rows == 1000 else { throw Measurement.Failure(reason: "The page has \(rows) rows and not 1000.") }
        return median(times)
    }

    private static func pythonMilliseconds(_ page: [UInt8]) throws -> Double? {
        let file = FileManager.default.temporaryDirectory.appending(path: "certhost-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(page).write(to: file)
        let script = """
            import json, sys, time
            page = open(sys.argv[1], "rb").read()
            for _ in range(int(sys.argv[2])):
                start = time.perf_counter()
                json.loads(page)
                print((time.perf_counter() - start) * 1000)
            """
        return try Python.numbers(script, [file.path, "\(repetitions)"]).map(median)
    }
}
