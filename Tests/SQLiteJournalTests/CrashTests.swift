import CertProtocol
import Foundation
import Host
import SQLiteJournal
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Real processes that order, and are killed while they do.
@Suite("Processes that share a journal", .serialized)
struct CrashTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var ordersFile: String { folder.path + "/orders" }

    /// The orders that the certificate authority has, by the key that came with them.
    private var orders: [String] {
        ((try? String(contentsOfFile: ordersFile, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
    }

    /// Starts the process beside this test bundle.
    private func start(_ command: String, _ key: String = "-") throws -> (Process, FileHandle) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "OrderingProcess")
        process.arguments = [command, folder.journal, ordersFile, key]
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        // The audit trail in the log is not what is looked at here.
        process.standardError = FileHandle.nullDevice
        try process.run()
        return (process, pipe.fileHandleForReading)
    }

    private func run(_ command: String, _ key: String = "-") throws -> [String] {
        let (process, output) = try start(command, key)
        let text = String(decoding: output.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.split(separator: "\n").map(String.init)
    }

    @Test(
        "killed at any moment and started again with the same key, each orders once, and the journal knows every order")
    func killed() async throws {
        var generator = SystemRandomNumberGenerator()
        let keys = (0..<40).map { "key-\($0)" }
        for key in keys {
            let (process, output) = try start("issue", key)
            // The first line says that it begins; then it has some milliseconds.
            _ = output.availableData
            usleep(UInt32.random(in: 0...30_000, using: &generator))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        // Each key is known, or was never sent.
        let known = try await SQLiteJournal(path: folder.journal).keys()
        #expect(Set(orders).isSubset(of: known))
        #expect(orders.count == Set(orders).count)

        // Until nothing is unresolved any more: entries are skipped while their deadline has not passed.
        var unresolved = 1
        while unresolved > 0 {
            _ = try run("reconcile")
            unresolved = try await SQLiteJournal(path: folder.journal).read { reading throws(CertificateError) in
                try reading.entries(JournalQuery(states: JournalState.unresolved)).count
            }
        }
        for key in keys { #expect(try run("issue", key) == ["ready", "order \(key)"]) }
        #expect(orders.sorted() == keys.sorted())
        let entries = try await SQLiteJournal(path: folder.journal).read { reading throws(CertificateError) in
            try reading.entries(JournalQuery())
        }
        #expect(entries.allSatisfy { JournalState.ordered.contains($0.state) && $0.orderID == $0.key })
    }

    @Test("two with the same key at the same moment: one order, which both get")
    func sameKey() async throws {
        for number in 0..<10 {
            let key = "key-\(number)"
            let pair = try [start("issue", key), start("issue", key)]
            for (process, output) in pair {
                let text = String(decoding: output.readDataToEndOfFile(), as: UTF8.self)
                process.waitUntilExit()
                #expect(text == "ready\norder \(key)\n")
            }
        }
        #expect(orders.count == 10)
    }
}
