/// What a program supplies for `sandbox: embedded`: servers in this process that stand in for certificate authorities.
public struct EmbeddedSandbox: Sendable {
    /// The adapters that there is a server for.
    public var adapters: Set<String>
    /// Starts the servers; called once, when the rest of the configuration is valid. It gives, for each adapter, its
    /// settings as they would be written in the file: the address, and credentials that are worth nothing elsewhere.
    public var start: @Sendable () async throws -> [String: [String: String]]

    /// A sandbox.
    public init(
        adapters: Set<String>, start: @escaping @Sendable () async throws -> [String: [String: String]]
    ) {
        self.adapters = adapters
        self.start = start
    }
}
