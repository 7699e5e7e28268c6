import AdapterHTTP
import CASandbox
import CertProtocol
import DigiCertAdapter
import Foundation
import HTTPTransport
import Host
import NCPAdapter

/// What became of one cell.
struct MatrixRun: Sendable {
    /// What identifies each delivered row, in the order of delivery.
    var rows: [String] = []
    var error: CertificateError?
    var requests = 0
    /// What the client waited, or would have, had its clock not been hurried.
    var waits: [Duration] = []
    /// The credentials of the account.
    var secrets: [String] = []

    /// Runs an operation through the host, the adapter and real sockets, against a sandbox of its own.
    static func of(
        _ cell: MatrixCell, _ injections: [FaultRow.Injection] = [], timeout: Duration = .seconds(60)
    ) async throws -> MatrixRun {
        let sandbox = try await CASandbox.start(options: SandboxOptions(orders: MatrixCell.orders))
        let transport = AsyncHTTPTransport()
        sandbox.inject(.clampedPages(MatrixCell.pageSize))
        for injection in injections { sandbox.inject(injection.fault, from: injection.from, times: injection.times) }

        let clock = HurriedClock()
        var run = MatrixRun()
        do {
            let host = try host(for: cell, sandbox, transport, clock.operationClock, timeout: timeout)
            run = await read(cell, through: host)
        } catch let error as CertificateError {
            run.error = error
        }
        run.requests = sandbox.requestCount
        run.waits = clock.waits
        run.secrets = settings(of: cell, sandbox).filter { $0.key != "base_url" }.map(\.value)
        await transport.shutdown()
        await sandbox.stop()
        return run
    }

    private static func settings(of cell: MatrixCell, _ sandbox: CASandbox) -> [String: String] {
        sandbox.adapterSettings[cell.authority.rawValue] ?? [:]
    }

    private static func host(
        for cell: MatrixCell, _ sandbox: CASandbox, _ transport: AsyncHTTPTransport, _ clock: OperationClock,
        timeout: Duration
    ) throws -> CertificateHost {
        var values: [String: SettingValue] = [:]
        for (name, value) in settings(of: cell, sandbox) {
            values[name] = name == "base_url" ? .serviceURL(try ServiceURL(value)) : .secret(Secret(value))
        }
        let id = cell.authority.rawValue
        let provider = ProviderConfiguration(
            id: id, adapter: id, timeout: timeout, retries: 3, concurrency: cell.concurrency, limits: [],
            settings: SettingsValues(values)
        )
        return try CertificateHost(
            configuration: HostConfiguration(journalPath: "/nonexistent", providers: [provider]),
            registry: AdapterRegistry([
                .digiCert(transport: transport, clock: clock), .ncp(transport: transport, clock: clock),
            ])
        )
    }

    private static func read(_ cell: MatrixCell, through host: CertificateHost) async -> MatrixRun {
        var run = MatrixRun()
        do throws(CertificateError) {
            switch cell.operation {
            case .list:
                await run.take(try host.listCertificates(), certificate)
            case .order:
                let id = cell.authority == .digiCert ? "123456" : "900001"
                run.rows = [order(try await host.order(.order(id), from: cell.authority.rawValue))]
            case .duplicates:
                run.rows = try await host.duplicates(of: "123456", at: cell.authority.rawValue).map(certificate)
            case .subaccountOrders:
                await run.take(try host.listSubaccountOrders(), order)
            case .changes:
                await run.take(try host.listChanges(since: .seconds(604_800))) {
                    "\($0.orderID ?? "-")/\($0.certificateID ?? "-")"
                }
            }
        } catch {
            run.error = error
        }
        return run
    }

    private mutating func take<Item>(_ list: FanOut<Item>, _ key: (Item) -> String) async {
        for await event in list {
            switch event {
            case .items(let items, _): rows += items.map(key)
            case .problems(let problems, _): rows += problems.map { "unreadable: \($0.raw.text)" }
            case .outcome(let outcome): error = outcome.error
            }
        }
    }

    private static func certificate(_ certificate: Certificate) -> String {
        "\(certificate.orderID ?? "-")/\(certificate.certificateID ?? "-")"
    }

    private static func order(_ order: Order) -> String {
        "\(order.orderID)/" + order.certificates.map { $0.certificateID ?? "-" }.joined(separator: ",")
    }
}

/// The machine's clocks, but nobody sleeps: back-off costs no time, and deadlines hold.
private final class HurriedClock: Sendable {
    private let noted = Locked<[Duration]>([])

    var waits: [Duration] { noted.withLock(\.self) }

    var operationClock: OperationClock {
        OperationClock(
            now: { .now },
            date: { Date() },
            sleep: { instant in
                try Task.checkCancellation()
                self.noted.withLock { $0.append(ContinuousClock.now.duration(to: instant)) }
            }
        )
    }
}
