public import CertProtocol

/// Where mutating calls are written down before they are sent.
///
/// A journal stores entries and audit records, and knows no rules: those are the host's, and the same for every journal.
///
/// ## What a conforming type promises
///
/// - **One at a time.** While the body of ``update(_:)`` runs, no other update runs, of this process or another.
/// - **Durable.** When ``update(_:)`` has returned, what its body saved survives the loss of power.
/// - **All or nothing.** When it throws, nothing of it remains.
/// - **Never given up halfway.** Cancelling the task has no effect on either function: what came of a call is written down even
///   though nobody waits for it any more.
public protocol Journal: Sendable {
    /// Reads and writes as one step.
    ///
    /// - Parameter body: what is done. It may be called on any thread, and doesn't wait.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws; `invalid_configuration` where the store can't be written, `timeout` where another
    ///   process keeps it for too long.
    func update<Result: Sendable>(
        _ body: @escaping @Sendable (any JournalTransaction) throws(CertificateError) -> Result
    ) async throws(CertificateError) -> Result

    /// Reads.
    ///
    /// - Parameter body: what is read. It may be called on any thread, and doesn't wait.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws; `invalid_configuration` where the store can't be read.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any JournalReading) throws(CertificateError) -> Result
    ) async throws(CertificateError) -> Result
}

/// What can be read of a journal, all of one moment.
public protocol JournalReading {
    /// The entry of a key; `nil` where there is none.
    func entry(_ key: String) throws(CertificateError) -> JournalEntry?
    /// The entries that match, oldest first.
    func entries(_ query: JournalQuery) throws(CertificateError) -> [JournalEntry]
    /// The audit records of a key, oldest first.
    func auditRecords(of key: String) throws(CertificateError) -> [AuditRecord]
}

/// What can be written in one step.
public protocol JournalTransaction: JournalReading {
    /// Adds an entry, or takes the place of the one with its key.
    func save(_ entry: JournalEntry) throws(CertificateError)
    /// Adds an audit record.
    func append(_ record: AuditRecord) throws(CertificateError)
}

/// Which entries are wanted. Conditions that are not set let everything through; all that are set must hold.
public struct JournalQuery: Sendable, Hashable {
    /// Any of these states.
    public var states: Set<JournalState>?
    /// Exactly this ``JournalEntry/subject``.
    public var subject: String?

    /// A query; by default for all.
    public init(states: Set<JournalState>? = nil, subject: String? = nil) {
        self.states = states
        self.subject = subject
    }
}
