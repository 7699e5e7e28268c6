internal import CertProtocol
internal import FoundationEssentials
internal import GRDB
internal import Host

/// One transaction of a journal, while its body runs.
struct SQLiteTransaction: JournalTransaction {
    let database: Database
    /// The file, for errors.
    let path: String

    func entry(_ key: String) throws(CertificateError) -> JournalEntry? {
        try decoded(JournalEntry.self, "SELECT body FROM entry WHERE key = ?", [key]).first
    }

    func entries(_ query: JournalQuery) throws(CertificateError) -> [JournalEntry] {
        var conditions: [String] = []
        var arguments: [String] = []
        if let states = query.states {
            conditions.append("state IN (\(states.map { _ in "?" }.joined(separator: ", ")))")
            arguments += states.map(\.rawValue)
        }
        if let subject = query.subject {
            conditions.append("subject = ?")
            arguments.append(subject)
        }
        let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
        return try decoded(JournalEntry.self, "SELECT body FROM entry\(filter) ORDER BY sequence", arguments)
    }

    func auditRecords(of key: String) throws(CertificateError) -> [AuditRecord] {
        try decoded(AuditRecord.self, "SELECT body FROM audit WHERE key = ? ORDER BY sequence", [key])
    }

    func save(_ entry: JournalEntry) throws(CertificateError) {
        try execute(
            """
            INSERT INTO entry (key, operation, provider, state, order_id, subject, created_at, updated_at, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET operation = excluded.operation, provider = excluded.provider,
                state = excluded.state, order_id = excluded.order_id, subject = excluded.subject,
                updated_at = excluded.updated_at, body = excluded.body
            """,
            [
                entry.key, entry.operation.rawValue, entry.provider, entry.state.rawValue, entry.orderID, entry.subject,
                Self.text(entry.createdAt), Self.text(entry.updatedAt), try encoded(entry),
            ]
        )
    }

    func append(_ record: AuditRecord) throws(CertificateError) {
        try execute(
            """
            INSERT INTO audit (key, date, phase, principal, operation, provider, order_id, outcome, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                record.key, Self.text(record.date), record.phase.rawValue, record.principal,
                record.operation.rawValue, record.provider, record.orderID, record.outcome, try encoded(record),
            ]
        )
    }

    private func execute(_ sql: String, _ arguments: [String?]) throws(CertificateError) {
        do {
            try database.execute(sql: sql, arguments: StatementArguments(arguments))
        } catch {
            throw JournalFile.error(error, path: path)
        }
    }

    private func decoded<Value: Decodable>(
        _ type: Value.Type, _ sql: String, _ arguments: [String]
    ) throws(CertificateError) -> [Value] {
        do {
            let bodies = try String.fetchAll(database, sql: sql, arguments: StatementArguments(arguments))
            return try bodies.map { try JSONDecoder().decode(type, from: Data($0.utf8)) }
        } catch {
            throw JournalFile.error(error, path: path)
        }
    }

    private func encoded(_ value: some Encodable) throws(CertificateError) -> String {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw JournalFile.error(error, path: path)
        }
    }

    private static func text(_ date: Date) -> String { CertificateDate.instant(date).text }
}
