public import CertProtocol
internal import FoundationEssentials
internal import GRDB
public import Host

/// The host's journal in an SQLite file, which several processes may share.
///
/// ```swift
/// let journal = try SQLiteJournal(path: configuration.journalPath)
/// let host = try CertificateHost(configuration: configuration, registry: registry, journal: journal)
/// ```
///
/// - **Durable.** The file is in WAL mode with `synchronous = FULL`: a commit returns after the log was synced to the disk. (In
///   the older rollback mode `FULL` isn't enough: it doesn't sync the folder that the rollback file is removed from.)
/// - **One writer.** Each update is one `IMMEDIATE` transaction, so that two processes never both find a call safe to send.
/// - **Private.** The file and its companions have the mode 0600, and a folder that is made for it 0700.
/// - **Never given up halfway.** Updates run on a queue of their own, which the cancellation of a task doesn't reach.
///
/// A file system that several machines share is no place for it: SQLite's locks don't hold there.
public final class SQLiteJournal: Journal {
    /// Where the file is.
    public let path: String
    private let database: DatabaseQueue

    /// Opens a journal, and makes it where there is none. Waits for other processes, so it may take some time.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - busyTimeout: how long to wait while another process writes.
    /// - Throws: `invalid_configuration` where the file can't be made or opened, isn't a journal, is damaged, or was written by a
    ///   later version; `timeout` where another process keeps it.
    public convenience init(path: String, busyTimeout: Duration = .seconds(10)) throws(CertificateError) {
        try self.init(path: path, busyTimeout: busyTimeout, pageLimit: nil)
    }

    /// A journal that may grow to so many pages, as if the disk were full then.
    init(path: String, busyTimeout: Duration = .seconds(10), pageLimit: Int?) throws(CertificateError) {
        self.path = path
        try JournalFile(path: path).prepare()
        var configuration = Configuration()
        configuration.label = "certhost.journal"
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(
            Double(busyTimeout.components.seconds) + 1e-18 * Double(busyTimeout.components.attoseconds))
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            if let pageLimit { try database.execute(sql: "PRAGMA max_page_count = \(pageLimit)") }
        }
        do {
            database = try DatabaseQueue(path: path, configuration: configuration)
            try database.writeWithoutTransaction { try Schema.prepare($0) }
        } catch {
            throw JournalFile.error(error, path: path)
        }
    }

    /// Reads and writes as one `IMMEDIATE` transaction.
    public func update<Result: Sendable>(
        _ body: @escaping @Sendable (any JournalTransaction) throws(CertificateError) -> Result
    ) async throws(CertificateError) -> Result {
        try await run { [path] database in
            var result: Result?
            try database.inTransaction(.immediate) {
                result = try body(SQLiteTransaction(database: database, path: path))
                return .commit
            }
            return result
        }
    }

    /// Reads within one transaction, so that all of it is of one moment.
    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any JournalReading) throws(CertificateError) -> Result
    ) async throws(CertificateError) -> Result {
        try await run { [path] database in
            var result: Result?
            try database.inTransaction(.deferred) {
                result = try body(SQLiteTransaction(database: database, path: path))
                return .commit
            }
            return result
        }
    }

    /// What a setting of the database is, such as `synchronous`.
    func pragma(_ name: String) async throws(CertificateError) -> String? {
        try await run { try String.fetchOne($0, sql: "PRAGMA \(name)") ?? "" }
    }

    private func run<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value?
    ) async throws(CertificateError) -> Value {
        let path = path
        let result: Swift.Result<Value, CertificateError> = await withCheckedContinuation { continuation in
            // GRDB's own async functions end with the task that calls them; this one doesn't.
            database.asyncWriteWithoutTransaction { database in
                do {
                    guard let value = try body(database) else {
                        throw CertificateError(.invalidConfiguration, "The journal \(path) gave no answer.")
                    }
                    continuation.resume(returning: .success(value))
                } catch {
                    continuation.resume(returning: .failure(JournalFile.error(error, path: path)))
                }
            }
        }
        return try result.get()
    }
}
