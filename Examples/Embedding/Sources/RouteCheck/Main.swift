import CertProtocol
import DigiCertAdapter
import Foundation
import Host

/// `route-check plugins.yaml NAME…`: tells which account each name would be ordered from, and fails where none would be.
///
/// It is what a pipeline runs over a change of the configuration. It needs no socket, and so its build has no HTTP client.
@main
struct Main {
    static func main() async {
        let arguments = CommandLine.arguments.dropFirst()
        guard let path = arguments.first, arguments.count > 1 else {
            print("usage: route-check plugins.yaml NAME…")
            exit(64)
        }
        do {
            let registry = try AdapterRegistry([.digiCert(transport: NoNetwork())])
            let loaded = try await ConfigurationLoader(registry: registry).load(path: path)
            let host = try CertificateHost(configuration: loaded.configuration, registry: registry)
            for name in arguments.dropFirst() {
                let decision = try host.router.decide(RoutingRequest(domains: [name], capability: .issue))
                print("\(name): \(decision.candidates.map(\.provider).joined(separator: ", then "))")
            }
        } catch let error as ConfigurationError {
            print(ConfigurationReport(error.findings).text, terminator: "")
            exit(78)
        } catch {
            print("route-check: \(error)")
            exit(1)
        }
    }
}
