import CertProtocol
import DigiCertAdapter
import Foundation
import HTTPTransport
import Host
import NCPAdapter

func certificatesExpiringSoon(configuration path: String, environment: String) async throws -> [Certificate] {
    let transport = AsyncHTTPTransport(environment: ProcessInfo.processInfo.environment)
    let registry = try AdapterRegistry([.digiCert(transport: transport), .ncp(transport: transport)])
    let loaded = try await ConfigurationLoader(registry: registry).load(path: path, environment: environment)
    let host = try CertificateHost(configuration: loaded.configuration, registry: registry)

    var expiring: [Certificate] = []
    let filter = CertificateFilter(expiringBy: Date().addingTimeInterval(30 * 86_400))
    for await event in try host.listCertificates(filter) {
        switch event {
        case .items(let certificates, _): expiring += certificates
        case .problems(let rows, let provider): print("\(provider): \(rows.count) rows could not be read")
        case .outcome(let outcome): if let error = outcome.error { print(error) }
        }
    }
    await transport.shutdown()
    return expiring
}
