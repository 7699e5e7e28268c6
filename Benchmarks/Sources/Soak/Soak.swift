import BenchmarkSupport
import CertProtocol
import DigiCertAdapter
import Foundation
import HTTPTransport
import Host
import NCPAdapter

/// Lists both authorities again and again through a proxy that spoils answers at random, in one process, and holds what
/// comes against what the sandbox holds: every row exactly once wherever the outcome is ok, none twice and none invented
/// wherever it isn't. Memory has to stay flat, and no connection may be left behind. Some lists are given up halfway.
@main
struct Soak {
    static func main() async throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let serves = arguments.first == "--serve"
        if serves { arguments.removeFirst() }
        guard let options = Options(arguments) else {
            say(Options.usage)
            exit(64)
        }
        if serves {
            try await Server.run(options)
        } else {
            exit(try await run(options))
        }
    }

    private static func run(_ options: Options) async throws -> Int32 {
        say("soak: \(options.arguments.joined(separator: " "))")
        let server = try Server.Process(options)
        let descriptorsAtStart = Footprint.now()?.descriptors
        let transport = AsyncHTTPTransport()
        let direct = try await host(server.configurations.direct, transport: transport)
        let whole = await Listing.read(direct, stopsAfter: nil)
        guard whole.isOK, !whole.hasRepeats else {
            say("FAILED: without faults the list isn't whole: \(whole.errors)")
            return 1
        }
        say("\(whole.rows.count) rows at two authorities")

        let spoilt = try await host(server.configurations.spoilt, transport: transport)
        var judge = Judge(expected: whole.rows)
        let start = ContinuousClock.now
        var samples: [Footprint] = []
        while start.duration(to: .now) < .seconds(options.seconds) {
            // Every fifth list is given up halfway: what was under way has to go with it.
            let isGivenUp = judge.lists % 5 == 4
            judge.judge(await Listing.read(spoilt, stopsAfter: isGivenUp ? whole.rows.count / 2 : nil))
            if let sample = Footprint.now() { samples.append(sample) }
        }
        await transport.shutdown()
        let descriptorsAtEnd = Footprint.now()?.descriptors
        let seconds = start.duration(to: .now).components.seconds
        say("\(seconds) s; the proxy saw \(server.stop())")
        judge.report()
        judge.judge(samples)
        judge.judgeDescriptors(start: descriptorsAtStart, end: descriptorsAtEnd)
        return judge.end()
    }

    private static func host(_ configuration: String, transport: AsyncHTTPTransport) async throws -> CertificateHost {
        let registry = try AdapterRegistry([.digiCert(transport: transport), .ncp(transport: transport)])
        let file = FileManager.default.temporaryDirectory.appending(path: "certhost-soak-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try configuration.write(to: file, atomically: true, encoding: .utf8)
        let loaded = try await ConfigurationLoader(registry: registry).load(path: file.path)
        return try CertificateHost(configuration: loaded.configuration, registry: registry)
    }
}
