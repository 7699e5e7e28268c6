public import CertProtocol

/// A journal that lasts as long as the process does: for tests, and for programs that only try something out.
///
/// It keeps no promise of durability. Real orders belong into a journal that does.
public final class MemoryJournal: Journal {
    private let store = Locked(Contents())

    /// An empty journal.
    public init() {}

    /// Reads and writes as one step, kept by this object alone.
    public func update<Result: Sendable>(
        _ body: @escaping @Sendable (any JournalTransaction) throws(CertificateError) -> Result
    ) async throws(CertificateError) -> Result {
        try store.withLock { contents throws(CertificateError) in
            let draft = Draft(contents)
            let result = try body(draft)
            contents = draft.contents
            return result
        }
    }

    /// Reads.
    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any JournalReading) throws(CertificateError) -> Result
    ) async throws(CertificateError) -> Result {
        try body(Draft(store.withLock(\.self)))
    }

    private struct Contents: Sendable {
        /// In the order that they were added in.
        var entries: [JournalEntry] = []
        var records: [AuditRecord] = []
    }

    /// The contents while a body runs.
    private final class Draft: JournalTransaction {
        var contents: Contents

        init(_ contents: Contents) { self.contents = contents }

        func entry(_ key: String) -> JournalEntry? { contents.entries.first { $0.key == key } }

        func entries(_ query: JournalQuery) -> [JournalEntry] { contents.entries.filter(query.matches) }

        func auditRecords(of key: String) -> [AuditRecord] { contents.records.filter { $0.key == key } }

        func save(_ entry: JournalEntry) {
            if let index = contents.entries.firstIndex(where: { $0.key == entry.key }) {
                contents.entries[index] = entry
            } else {
                contents.entries.append(entry)
            }
        }

        func append(_ record: AuditRecord) { contents.records.append(record) }
    }
}

extension JournalQuery {
    func matches(_ entry: JournalEntry) -> Bool {
        (states?.contains(entry.state) ?? true) && (subject.map { $0 == entry.subject } ?? true)
    }
}
