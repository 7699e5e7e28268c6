import CertProtocol
import DigiCertAdapter
import Foundation
import HTTPTransport
import Host
import Logging

/// `expiry-watch plugins.yaml [DAYS] [--once]`: watches the accounts of a configuration.
@main
struct Main {
    static func main() async {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let isOnce = arguments.last == "--once"
        if isOnce { arguments.removeLast() }
        guard let path = arguments.first, let days = Int(arguments.count > 1 ? arguments[1] : "30") else {
            print("usage: expiry-watch plugins.yaml [DAYS] [--once]")
            exit(64)
        }
        // The one thing that knows sockets. Its connections serve every account.
        let transport = AsyncHTTPTransport(environment: ProcessInfo.processInfo.environment)
        let status = await watch(path, within: days, isOnce: isOnce, over: transport)
        await transport.shutdown()
        exit(status)
    }

    private static func watch(
        _ path: String, within days: Int, isOnce: Bool, over transport: AsyncHTTPTransport
    ) async -> Int32 {
        do {
            // What `adapter:` may name, one line each.
            let registry = try AdapterRegistry([.digiCert(transport: transport)])
            let loaded = try await ConfigurationLoader(registry: registry).load(path: path)
            let host = try CertificateHost(configuration: loaded.configuration, registry: registry)
            let watch = ExpiryWatch(host: host, logger: Logger(label: "expiry-watch"))
            guard isOnce else {
                try await watch.run(within: days, every: .seconds(3600))
                return 0
            }
            let report = try await watch.look(within: days)
            watch.log(report)
            return report.unread.isEmpty ? 0 : 3
        } catch let error as ConfigurationError {
            // Everything that is wrong with the file, each with line, column and what would be right.
            print(ConfigurationReport(error.findings).text, terminator: "")
            return 78
        } catch {
            print("expiry-watch: \(error)")
            return 1
        }
    }
}
