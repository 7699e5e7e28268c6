import CertProtocol
import FoundationEssentials
import Logging
import TestSupport

@testable import Host

/// A provider whose requests wait for their turn before they are sent, as a rate window makes them.
final class SlowToSend: CertificateProvider {
    typealias Wait =
        @Sendable (ContinuousClock.Instant) async throws(CertificateError) -> ContinuousClock.Instant

    let capabilities = ProviderCapabilities(operations: [.issue, .findOrder])
    let clock = ManualClock()
    private let wait = Locked<Wait?>(nil)
    private let count = Locked(0)

    /// How many orders were sent.
    var sent: Int { count.withLock(\.self) }

    /// What happens while the request waits; it returns the moved deadline.
    func whileWaiting(_ body: @escaping Wait) { wait.withLock { $0 = body } }

    func issue(_ request: IssueRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        guard let deadline = context.deadline, let wait = wait.withLock(\.self) else {
            throw CertificateError(.timeout, "No deadline was set.")
        }
        try await context.beforeSending?(try await wait(deadline))
        count.withLock { $0 += 1 }
        var receipt = Receipt(provider: "slow", operation: .issue, state: .pending)
        receipt.orderID = "1"
        return receipt
    }

    func findOrder(
        _ request: FindOrderRequest, context: OperationContext
    ) async throws(CertificateError) -> FoundOrder { .notFound }

    func bench() throws -> CertificateHost {
        let factory = AdapterFactory(
            name: "slow", title: "Slow CA", settings: SettingsDeclaration([]), defaultLimits: []
        ) { _, _ throws(CertificateError) in self }
        var host = try CertificateHost(
            configuration: HostConfiguration(
                journalPath: "",
                providers: [
                    ProviderConfiguration(id: "slow", adapter: "slow", limits: [], settings: SettingsValues([:]))
                ]
            ),
            registry: AdapterRegistry([factory]), clock: clock.operationClock, journal: MemoryJournal()
        )
        host.auditLogger = Logger(label: "certhost.audit") { _ in SwiftLogNoOpLogHandler() }
        return host
    }
}
