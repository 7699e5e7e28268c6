import CertProtocol
import FoundationEssentials
import Logging
import SQLiteJournal
import TestSupport

@testable import Host

/// A host over scripted providers, a journal, and a clock that is ahead of every sleep.
struct OrderingBench {
    let host: CertificateHost
    let journal: any Journal
    let clock: ManualClock
    let events = Events()

    init(
        _ providers: [ScriptedProvider], routes: [Route] = [], journal: any Journal = MemoryJournal(),
        clock: ManualClock = ManualClock(), verifier: (any IssuanceVerifier)? = nil,
        operationClock: OperationClock? = nil
    ) throws {
        self.journal = journal
        self.clock = clock
        let factories = providers.map { provider in
            AdapterFactory(name: provider.id, title: "Test CA", settings: SettingsDeclaration([]), defaultLimits: []) {
                _, _ throws(CertificateError) in provider
            }
        }
        var host = try CertificateHost(
            configuration: HostConfiguration(
                journalPath: "",
                providers: providers.map {
                    ProviderConfiguration(id: $0.id, adapter: $0.id, limits: [], settings: SettingsValues([:]))
                }, routes: routes
            ),
            registry: AdapterRegistry(factories), clock: operationClock ?? clock.operationClock, circuitBreaker: nil,
            journal: journal, verifier: verifier
        )
        // Where audit records go is tested where they are looked at.
        host.auditLogger = Logger(label: "certhost.audit") { _ in SwiftLogNoOpLogHandler() }
        self.host = host
    }

    /// What the observer of a call was told.
    final class Events: Sendable {
        private let lines = Locked<[String]>([])

        var all: [String] { lines.withLock(\.self) }

        func note(_ event: OrderingEvent) {
            let line =
                switch event {
                case .intended(_, let provider, _): "intended \(provider)"
                case .sending(_, let provider, _): "sending \(provider)"
                case .failedOver(let from, let to, let error): "failed over \(from) \(to) \(error.code)"
                case .waitingForOther: "waiting"
                case .lookingUp(_, let provider): "looking up \(provider)"
                case .replayed: "replayed"
                case .journalLost: "journal lost"
                @unknown default: "?"
                }
            lines.withLock { $0.append(line) }
        }
    }

    func options(key: String? = nil, insists: Bool = false) -> OrderingOptions {
        OrderingOptions(key: key, insists: insists) { events.note($0) }
    }

    /// Orders, and returns how that failed.
    func failure(
        _ request: IssueRequest = .sample(), provider: String? = nil, options: OrderingOptions? = nil,
        context: OperationContext = OperationContext()
    ) async -> CertificateError? {
        do throws(CertificateError) {
            _ = try await host.issue(request, provider: provider, options: options ?? self.options(), context: context)
            return nil
        } catch {
            return error
        }
    }

    func entries() async throws -> [JournalEntry] { try await host.journalEntries() }
}

extension IssueRequest {
    static func sample(_ names: String..., product: String = "ssl_basic", csr: String = "CSR") -> IssueRequest {
        let names = names.isEmpty ? ["example.com"] : names
        return IssueRequest(
            product: product,
            contents: CertificateContents(signingRequest: csr, commonName: names[0], dnsNames: Array(names.dropFirst()))
        )
    }
}

/// The journals that keep the same promises.
enum JournalKind: CaseIterable, Sendable {
    case memory, sqlite

    /// A new journal, and whatever keeps it alive.
    func make() throws -> any Journal {
        switch self {
        case .memory: MemoryJournal()
        case .sqlite:
            try SQLiteJournal(
                path: NSTemporaryDirectoryPath.path + "/certhost-journal-\(UUID().uuidString)/journal.sqlite"
            )
        }
    }
}

private enum NSTemporaryDirectoryPath {
    static let path = FileManager.default.temporaryDirectory.path
}
