import AdapterHTTP
import BenchmarkSupport
import CertProtocol
import DigiCertAdapter
import Foundation
import Host

/// How long loading a file of 1,000 providers takes, with everything that is validated in it, against the time that PyYAML
/// needs to parse the same file with libyaml. PyYAML only builds the tree; both build it from libyaml's events.
enum ConfigurationLoading {
    private struct NoTransport: ClientTransport {
        func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
            throw TransportFailure(.connect, "Nothing is sent here.")
        }
    }

    private static let providers = 1000
    private static let repetitions = 15

    static func run(report: inout Report) async throws {
        report.title("Loading a configuration of 1,000 providers against PyYAML's C loader on the same file")
        let file = FileManager.default.temporaryDirectory.appending(path: "certhost-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        let text = configuration
        try text.write(to: file, atomically: true, encoding: .utf8)
        let names = (1...providers).map { "DIGICERT_KEY_\($0)" }
        let loader = ConfigurationLoader(
            registry: try AdapterRegistry([.digiCert(transport: NoTransport())]),
            variables: Dictionary(uniqueKeysWithValues: names.map { ($0, "\($0)-not-a-secret") }))

        report.figure("size of the file", Double(text.utf8.count) / 1024, unit: " KiB")
        var loads: [Double] = []
        var parses: [Double] = []
        // In turns, so that whatever else the machine does meets both alike. The first load warms up.
        for round in 0...2 {
            let times = try await loadMilliseconds(file, loader)
            guard round > 0 else { continue }
            loads += times
            guard let times = try pythonMilliseconds(file) else { continue }
            parses += times
        }
        report.figure("loading, median", median(loads), unit: " ms")
        guard !parses.isEmpty else {
            say("  python3 with PyYAML is absent (Debian: python3-yaml); nothing to compare with")
            return
        }
        report.figure("PyYAML's CSafeLoader, median", median(parses), unit: " ms")
        report.figure("ratio of loading to PyYAML", median(loads) / median(parses), unit: "x", atMost: 1.5)
    }

    /// Accounts as a company has them that gives each team its own: references, limits, and an overlay for some.
    private static var configuration: String {
        var text = """
            version: 1
            environment: prod

            defaults:
              timeout: 45s
              concurrency: 8

            providers:

            """
        for number in 1...providers {
            text += """
                  team-\(number):
                    adapter: digicert
                    enabled: \(number % 20 != 0)
                    timeout: \(30 + number % 30)s
                    limits: ["100/5s", "1000/180s"]   # as documented
                    settings:
                      api_key: ${env:DIGICERT_KEY_\(number)}
                      region: \(number % 3 == 0 ? "eu" : "us")

                """
        }
        text += "\nroutes:\n"
        for number in stride(from: 1, to: providers, by: 50) {
            text += "  - when: {domains: [\"*.team-\(number).example.com\"], validation: [ov]}\n"
            text += "    use: [team-\(number), {provider: team-\(number + 1), product: ssl_plus}]\n"
        }
        text += "  - use: [team-1]\n\nenvironments:\n  prod:\n    providers:\n"
        for number in stride(from: 1, to: providers, by: 10) {
            text += "      team-\(number): {timeout: 60s, retries: 5}\n"
        }
        text += "  test:\n    providers:\n"
        for number in stride(from: 5, to: providers, by: 10) {
            text += "      team-\(number): {settings: {base_url: \"http://127.0.0.1:8080/services/v2\"}}\n"
        }
        return text
    }

    private static func loadMilliseconds(_ file: URL, _ loader: ConfigurationLoader) async throws -> [Double] {
        var times: [Double] = []
        for _ in 0..<repetitions {
            let start = ContinuousClock.now
            let loaded = try await loader.load(path: file.path)
            times.append(start.duration(to: .now).inSeconds * 1000)
            guard loaded.configuration.providers.count == providers, loaded.configuration.routes.count == 21 else {
                throw Measurement.Failure(reason: "The file was not loaded whole.")
            }
        }
        return times
    }

    private static func pythonMilliseconds(_ file: URL) throws -> [Double]? {
        let script = """
            import sys, time, yaml
            text = open(sys.argv[1], encoding="utf-8").read()
            for _ in range(int(sys.argv[2])):
                start = time.perf_counter()
                yaml.load(text, Loader=yaml.CSafeLoader)
                print((time.perf_counter() - start) * 1000)
            """
        return try Python.numbers(script, [file.path, "\(repetitions)"])
    }
}
