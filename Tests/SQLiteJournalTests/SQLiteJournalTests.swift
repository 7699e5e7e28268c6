import CertProtocol
import Foundation
import GRDB
import Host
import Testing

@testable import SQLiteJournal

@Suite("The journal's file")
struct SQLiteJournalTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func failure(_ path: String? = nil) -> CertificateError? {
        do throws(CertificateError) {
            _ = try SQLiteJournal(path: path ?? folder.journal)
            return nil
        } catch {
            return error
        }
    }

    @Test("a commit is on the disk before it returns: WAL with synchronous = FULL, read back")
    func durable() async throws {
        let journal = try SQLiteJournal(path: folder.journal)
        #expect(try await journal.pragma("synchronous") == "2")
        #expect(try await journal.pragma("journal_mode") == "wal")
        #expect(try await journal.pragma("user_version") == "1")
        #expect(try await journal.pragma("integrity_check") == "ok")
    }

    @Test(
        "file and companions are their owner's alone, and so are folders that are made; one that exists is left as it is"
    )
    func modes() async throws {
        let journal = try SQLiteJournal(path: folder.path + "/a/b/journal.sqlite")
        try await journal.save("k")
        #expect(try folder.mode("a") == 0o700)
        #expect(try folder.mode("a/b") == 0o700)
        for name in ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm"] {
            #expect(try folder.mode("a/b/" + name) == 0o600)
        }
        try journal.close()
        let before = try folder.mode("")
        _ = FileManager.default.createFile(
            atPath: folder.journal, contents: nil, attributes: [.posixPermissions: 0o644])
        _ = try SQLiteJournal(path: folder.journal)
        #expect(try folder.mode("journal.sqlite") == 0o600)
        #expect(try folder.mode("") == before)
    }

    @Test("what was written is there when the file is opened again")
    func reopened() async throws {
        do { try await SQLiteJournal(path: folder.journal).save("k") }
        #expect(try await SQLiteJournal(path: folder.journal).keys() == ["k"])
    }

    @Test("a full disk is said, and leaves the journal readable")
    func full() async throws {
        let journal = try SQLiteJournal(path: folder.journal, pageLimit: 14)
        do throws(CertificateError) {
            for number in 0..<500 { try await journal.save("k\(number)") }
            Issue.record("The limit did not hold.")
        } catch {
            #expect(error.code == .invalidConfiguration)
            #expect(error.message.contains("the disk is full"))
        }
        #expect(try await journal.keys().first == "k0")
    }

    @Test("a file that is no journal is left alone, and said to be none")
    func foreign() throws {
        try Data("This is my diary, not a database.".utf8).write(to: URL(fileURLWithPath: folder.journal))
        let error = try #require(failure())
        #expect(error.code == .invalidConfiguration)
        #expect(error.message.contains("not a journal"))
        #expect(try String(contentsOfFile: folder.journal, encoding: .utf8).hasPrefix("This is my diary"))

        let other = folder.path + "/other.sqlite"
        do {
            let database = try DatabaseQueue(path: other)
            try database.write { try $0.execute(sql: "CREATE TABLE mine (a)") }
            try database.close()
        }
        let before = try Data(contentsOf: URL(fileURLWithPath: other))
        let second = try #require(failure(other))
        #expect(try Data(contentsOf: URL(fileURLWithPath: other)) == before)
        #expect(second.code == .invalidConfiguration)
        #expect(second.message.contains("another program"))
    }

    @Test("a damaged file is said to be damaged")
    func damaged() async throws {
        do {
            let journal = try SQLiteJournal(path: folder.journal)
            for number in 0..<50 { try await journal.save("k\(number)") }
            try journal.close()
        }
        let handle = try #require(FileHandle(forUpdatingAtPath: folder.journal))
        try handle.seek(toOffset: 4096)
        try handle.write(contentsOf: Data(repeating: 0xff, count: 64 << 10))
        try handle.close()
        var failed: CertificateError?
        do throws(CertificateError) {
            _ = try await SQLiteJournal(path: folder.journal).keys()
        } catch {
            failed = error
        }
        let error = try #require(failed)
        #expect(error.code == .invalidConfiguration)
        #expect(error.message.contains("damaged"))
    }

    @Test("a journal of a later version is refused, and not changed")
    func later() async throws {
        do {
            let journal = try SQLiteJournal(path: folder.journal)
            try await journal.save("k")
            try journal.close()
        }
        do {
            let database = try DatabaseQueue(path: folder.journal)
            try await database.write { try $0.execute(sql: "PRAGMA user_version = 99") }
            try database.close()
        }
        let error = try #require(failure())
        #expect(error.code == .invalidConfiguration)
        #expect(error.message.contains("later version"))
        let version = try await DatabaseQueue(path: folder.journal).read {
            try Int.fetchOne($0, sql: "PRAGMA user_version")
        }
        #expect(version == 99)
    }

    @Test(
        "a place where no file can be is said with its reason",
        arguments: ["/proc/certhost/journal.sqlite", "/dev/null", "/dev/null/journal.sqlite", "/"])
    func noPlace(_ path: String) throws {
        let error = try #require(failure(path))
        #expect(error.code == .invalidConfiguration)
        #expect(error.message.contains(path))
    }

    @Test("what SQLite reports is told in words, as what it is")
    func words() {
        let cases: [(ResultCode, CertificateError.Code, String)] = [
            (.SQLITE_READONLY, .invalidConfiguration, "read-only"), (.SQLITE_CORRUPT, .invalidConfiguration, "damaged"),
            (.SQLITE_IOERR, .invalidConfiguration, "disk reports an error"),
            (.SQLITE_BUSY, .timeout, "another process"),
            (.SQLITE_CANTOPEN, .invalidConfiguration, "can't be opened"),
        ]
        for (code, expected, words) in cases {
            let error = JournalFile.error(DatabaseError(resultCode: code), path: "/j")
            #expect(error.code == expected)
            #expect(error.message.contains(words))
            #expect(error.message.contains("/j"))
        }
    }

    @Test("a journal that another process keeps for too long is a timeout: nothing was sent")
    func busy() async throws {
        let journal = try SQLiteJournal(path: folder.journal, busyTimeout: .milliseconds(20))
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.journal, configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        await #expect(throws: CertificateError(.timeout, "")) { try await journal.save("k") }
        // Reading goes on meanwhile.
        #expect(try await journal.keys() == [])
        try await other.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
        try await journal.save("k")
    }

    @Test("many that open a new journal at once all get it")
    func openedAtOnce() async throws {
        let path = folder.journal
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    let journal = try SQLiteJournal(path: path)
                    try await journal.save("k\(number)")
                }
            }
            try await group.waitForAll()
        }
        #expect(try await SQLiteJournal(path: path).keys().count == 8)
    }

    @Test("the tables can be read by people: columns say what, where and how far")
    func columns() async throws {
        let journal = try SQLiteJournal(path: folder.journal)
        try await journal.save("k")
        try journal.close()
        let row = try DatabaseQueue(path: folder.journal).read {
            try Row.fetchOne($0, sql: "SELECT key, operation, provider, state, created_at FROM entry")
        }
        #expect(
            row.map { Array($0.databaseValues) } == [
                "k".databaseValue, "issue".databaseValue, "ca".databaseValue, "intended".databaseValue,
                "2026-05-28T20:26:40Z".databaseValue,
            ])
    }
}
