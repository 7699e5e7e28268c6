import CertProtocol
import Foundation
import Host
import SQLiteJournal

/// A process that orders one thing and may be killed while it does: `OrderingProcess issue|reconcile JOURNAL ORDERS KEY`.
///
/// It writes `ready` before it begins, and `order ID` or `error CODE` at the end.
@main
struct OrderingProcess {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 4 else { exit(64) }
        do throws(CertificateError) {
            let host = try host(journal: arguments[1], orders: arguments[2])
            write("ready")
            if arguments[0] == "reconcile" {
                for entry in try await host.reconcile() { write("\(entry.entry.key) \(entry.entry.state.rawValue)") }
            } else {
                let contents = CertificateContents(
                    signingRequest: "CSR \(arguments[3])", commonName: "\(arguments[3]).example"
                )
                let receipt = try await host.issue(
                    IssueRequest(product: "ssl", contents: contents), provider: "file",
                    options: OrderingOptions(key: arguments[3])
                )
                write("order \(receipt.orderID ?? "?")")
            }
        } catch {
            write("error \(error.code.rawValue)")
        }
    }

    private static func host(journal: String, orders: String) throws(CertificateError) -> CertificateHost {
        let provider = FileAuthority(path: orders)
        let factory = AdapterFactory(
            name: "file", title: "File CA", settings: SettingsDeclaration([]), defaultLimits: []
        ) { _, _ throws(CertificateError) in provider }
        return try CertificateHost(
            configuration: HostConfiguration(
                journalPath: journal,
                providers: [
                    ProviderConfiguration(
                        id: "file", adapter: "file", timeout: .milliseconds(300), limits: [],
                        settings: SettingsValues([:])
                    )
                ]
            ),
            registry: try AdapterRegistry([factory]), journal: try SQLiteJournal(path: journal),
            // A file shows at once what was written to it.
            orderingPolicy: OrderingPolicy(settleTime: .zero)
        )
    }

    private static func write(_ line: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
    }
}

/// A certificate authority whose orders are the lines of a file.
struct FileAuthority: CertificateProvider {
    let capabilities = ProviderCapabilities(operations: [.issue, .findOrder])
    let path: String

    func issue(_ request: IssueRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        try await context.beforeSending?(context.deadline)
        let key = context.journalKey ?? "?"
        // The request is on its way, and then its answer: time to be killed in.
        try await pause()
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CertificateError(.unavailable, "The file can't be opened.") }
        let line = Array("\(key)\n".utf8)
        let count = write(descriptor, line, line.count)
        close(descriptor)
        guard count == line.count else { throw CertificateError(.outcomeUnknown, "The file can't be written.") }
        try await pause()
        var receipt = Receipt(provider: "file", operation: .issue, state: .pending)
        receipt.orderID = key
        return receipt
    }

    func findOrder(_ request: FindOrderRequest, context: OperationContext) async throws(CertificateError) -> FoundOrder
    {
        let lines = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n") ?? []
        guard lines.contains(Substring(request.journalKey)) else { return .notFound }
        return .found(
            Order(
                provider: "file", orderID: request.journalKey, status: .pending, providerStatus: nil,
                raw: JSONValue(.null)
            )
        )
    }

    private func pause() async throws(CertificateError) {
        do {
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...8)))
        } catch {
            throw CertificateError(.outcomeUnknown, "The call was cancelled.")
        }
    }
}
