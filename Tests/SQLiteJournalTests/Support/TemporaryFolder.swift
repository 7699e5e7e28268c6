import CertProtocol
import Foundation
import Host

/// A folder that is gone when the test is.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/certhost-sqlite-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var journal: String { path + "/journal.sqlite" }

    func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path + "/" + name)[.posixPermissions] as? Int
    }
}

extension JournalEntry {
    static func sample(_ key: String) -> JournalEntry {
        let contents = CertificateContents(signingRequest: "CSR", commonName: "\(key).example")
        let now = Date(timeIntervalSince1970: 1_780_000_000)
        return JournalEntry(
            key: key, request: .issue(IssueRequest(product: "ssl", contents: contents)), provider: "ca", deadline: now,
            owner: "test", createdAt: now
        )
    }
}

extension Journal {
    func save(_ key: String) async throws(CertificateError) {
        let entry = JournalEntry.sample(key)
        try await update { transaction throws(CertificateError) in try transaction.save(entry) }
    }

    func keys() async throws(CertificateError) -> [String] {
        try await read { reading throws(CertificateError) in try reading.entries(JournalQuery()) }.map(\.key)
    }
}
