import CertProtocol
import Foundation
import Host
import Logging

/// Tells which certificates expire soon, and which accounts it could not ask.
struct ExpiryWatch {
    /// What one look at all accounts has found.
    struct Report {
        /// The certificates that expire within the time.
        var expiring: [Certificate] = []
        /// The accounts that could not be read to the end: what they hold is unknown, not fine.
        var unread: [ProviderOutcome] = []
    }

    let host: CertificateHost
    let logger: Logger

    /// Looks at every account once.
    func look(within days: Int) async throws(CertificateError) -> Report {
        var report = Report()
        let filter = CertificateFilter(expiringBy: Date(timeIntervalSinceNow: Double(days) * 86_400))
        for await event in try host.listCertificates(filter) {
            switch event {
            case .items(let certificates, _):
                report.expiring += certificates
            case .problems(let rows, let provider):
                logger.error("rows could not be read", metadata: ["provider": "\(provider)", "rows": "\(rows.count)"])
            case .outcome(let outcome):
                if outcome.kind == .failed { report.unread.append(outcome) }
            }
        }
        return report
    }

    /// Looks again and again, and logs what it finds, until the task is cancelled.
    func run(within days: Int, every pause: Duration) async throws {
        while true {
            log(try await look(within: days))
            try await Task.sleep(for: pause)
        }
    }

    /// Logs a report.
    func log(_ report: Report) {
        for certificate in report.expiring {
            logger.warning(
                "expires soon",
                metadata: [
                    "provider": "\(certificate.provider)", "order": "\(certificate.orderID ?? "-")",
                    "name": "\(certificate.commonName ?? "-")", "expires": "\(certificate.notAfter?.text ?? "-")",
                ]
            )
        }
        for outcome in report.unread {
            // An error's description is one line, and holds no secret.
            logger.error("not read", metadata: ["error": "\(outcome.error.map(String.init(describing:)) ?? "-")"])
        }
        logger.info("looked", metadata: ["expiring": "\(report.expiring.count)", "unread": "\(report.unread.count)"])
    }
}
