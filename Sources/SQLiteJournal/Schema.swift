internal import CertProtocol
internal import GRDB

/// The tables of a journal, and how an older file becomes a current one.
///
/// An entry's columns are what is searched for and what a person with `sqlite3` wants to see; the whole of it is in `body`, as JSON.
enum Schema {
    /// Marks the file as a journal of this program (`PRAGMA application_id`): "cert".
    static let applicationID = 0x6365_7274
    /// The version that this program writes.
    static let version = steps.count

    /// Brings the file to the current version, in one transaction.
    static func prepare(_ database: Database) throws {
        if try Int.fetchOne(database, sql: "PRAGMA user_version") == version, try isOurs(database) { return }
        try database.inTransaction(.immediate) {
            // Another process may have been here first.
            let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            guard try isOurs(database) || isEmpty(database) else {
                throw CertificateError(
                    .invalidConfiguration,
                    "The journal's file is a database of another program. Name another file with journal.path."
                )
            }
            guard found <= version else {
                throw CertificateError(
                    .invalidConfiguration,
                    "The journal was written by a later version of this program (format \(found), this one knows "
                        + "\(version)). Use that version."
                )
            }
            for step in steps[found...] { try database.execute(sql: step) }
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try database.execute(sql: "PRAGMA user_version = \(version)")
            return .commit
        }
    }

    private static func isOurs(_ database: Database) throws -> Bool {
        try Int.fetchOne(database, sql: "PRAGMA application_id") == applicationID
    }

    private static func isEmpty(_ database: Database) throws -> Bool {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
    }

    /// What each version adds to the one before. A step is never changed once it was released.
    private static let steps = [
        """
        CREATE TABLE entry (
            sequence INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            operation TEXT NOT NULL,
            provider TEXT NOT NULL,
            state TEXT NOT NULL,
            order_id TEXT,
            subject TEXT NOT NULL,
            created_at TEXT NOT NULL,
            updated_at TEXT NOT NULL,
            body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX entry_subject ON entry (subject, state);
        CREATE INDEX entry_state ON entry (state);
        CREATE TABLE audit (
            sequence INTEGER PRIMARY KEY,
            key TEXT NOT NULL,
            date TEXT NOT NULL,
            phase TEXT NOT NULL,
            principal TEXT NOT NULL,
            operation TEXT NOT NULL,
            provider TEXT NOT NULL,
            order_id TEXT,
            outcome TEXT,
            body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX audit_key ON audit (key);
        """
    ]
}
