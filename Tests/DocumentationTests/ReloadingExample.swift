import CertProtocol
import DigiCertAdapter
import Foundation
import HTTPTransport
import Host
import Logging
import NCPAdapter
import ServiceLifecycle
import UnixSignals

/// Reads the configuration again at each SIGHUP.
struct ConfigurationReloading: Service {
    let host: ReloadableHost
    let logger: Logger

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            do throws(ConfigurationError) {
                let changes = try await host.reload()
                logger.notice("configuration reloaded: \(changes)")
                if !changes.warnings.isEmpty { logger.warning("\(ConfigurationReport(changes.warnings).text)") }
            } catch {
                logger.error("configuration refused, nothing has changed\n\(ConfigurationReport(error.findings).text)")
            }
        }
    }
}

/// Lists what expires within 30 days, once an hour.
struct ExpiryWatch: Service {
    let host: ReloadableHost
    let logger: Logger

    func run() async throws {
        while !Task.isShuttingDownGracefully {
            // Taken anew each time; a list that has begun ends with the configuration that it began with.
            let host = host.current
            let filter = CertificateFilter(expiringBy: Date().addingTimeInterval(30 * 86_400))
            for await event in try host.listCertificates(filter) {
                switch event {
                case .items(let certificates, let provider):
                    for certificate in certificates {
                        logger.warning("\(provider): \(certificate.commonName ?? "a certificate") expires")
                    }
                case .problems(let rows, let provider):
                    logger.error("\(provider): \(rows.count) rows could not be read")
                case .outcome(let outcome):
                    if let error = outcome.error { logger.error("\(error)") }
                }
            }
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(3600)) }
        }
    }
}

func watchExpiry(configuration path: String, logger: Logger) async throws {
    let transport = AsyncHTTPTransport(environment: ProcessInfo.processInfo.environment)
    let registry = try AdapterRegistry([.digiCert(transport: transport), .ncp(transport: transport)])
    let host = try await ReloadableHost(path: path, loader: ConfigurationLoader(registry: registry))
    let services = ServiceGroup(
        services: [ConfigurationReloading(host: host, logger: logger), ExpiryWatch(host: host, logger: logger)],
        gracefulShutdownSignals: [.sigterm],
        logger: logger
    )
    try await services.run()
    await transport.shutdown()
}
