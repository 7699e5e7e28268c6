internal import CertProtocol

/// What a program supplies for `sandbox: embedded`: servers in this process that stand in for certificate authorities.
public struct EmbeddedSandbox: Sendable {
    /// The adapters that there is a server for.
    public var adapters: Set<String>
    /// Starts the servers; called when the rest of a configuration is valid, and only once, however often one is loaded: the
    /// servers are the program's, and run until it ends them. It gives, for each adapter, its settings as they would be
    /// written in the file: the address, and credentials that are worth nothing elsewhere.
    public var start: @Sendable () async throws -> [String: [String: String]]

    private let running = RunningSandbox()

    /// A sandbox.
    public init(
        adapters: Set<String>, start: @escaping @Sendable () async throws -> [String: [String: String]]
    ) {
        self.adapters = adapters
        self.start = start
    }

    /// What the servers supply; they are started where they aren't yet.
    func settings() async throws -> [String: [String: String]] { try await running.settings(start) }
}

/// Servers that are started once. A start that fails is tried again the next time.
private final class RunningSandbox: Sendable {
    typealias Settings = [String: [String: String]]

    private let task = Locked<Task<Settings, any Error>?>(nil)

    func settings(_ start: @escaping @Sendable () async throws -> Settings) async throws -> Settings {
        let current = task.withLock { task in
            let current = task ?? Task { try await start() }
            task = current
            return current
        }
        do { return try await current.value } catch {
            task.withLock { if $0 == current { $0 = nil } }
            throw error
        }
    }
}
