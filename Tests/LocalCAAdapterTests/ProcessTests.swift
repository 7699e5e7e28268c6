import CertProtocol
import Foundation
import TestSupport
import Testing

/// Several processes at one folder, and processes that are killed.
@Suite("Processes at one local CA")
struct ProcessTests {
    /// An order as a process has printed it.
    private struct Ordered: Hashable {
        let id: String
        let serial: String
        let key: String
    }

    private struct Started {
        let process: Process
        let output: FileHandle

        /// What it has printed until its end, lines.
        func lines() -> [String] { text().split(separator: "\n").map(String.init) }

        /// What it has printed until its end.
        func text() -> String {
            let text = String(decoding: output.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            return text
        }
    }

    private static func start(
        _ folder: LocalFolder, _ request: String, count: Int, prefix: String, largestFile: Int? = nil
    ) throws -> Started {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "LocalCAProcess")
        process.arguments = [folder.path, request, "\(count)", prefix] + (largestFile.map { ["\($0)"] } ?? [])
        process.standardOutput = pipe
        try process.run()
        return Started(process: process, output: pipe.fileHandleForReading)
    }

    private static func orders(_ lines: [String]) -> [Ordered] {
        lines.compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            // A line that a killed process has not finished says nothing.
            guard words.count == 4, words[0] == "order" else { return nil }
            return Ordered(id: words[1], serial: words[2], key: words[3])
        }
    }

    /// What the authority holds.
    private static func held(_ folder: LocalFolder) async throws -> [Ordered] {
        let page = try await folder.provider().listCertificates(
            ListCertificatesRequest(pageSize: 1000), context: OperationContext())
        #expect(page.problems.isEmpty && page.next == nil)
        return page.items.map { certificate in
            Ordered(
                id: certificate.orderID ?? "", serial: certificate.serialNumber ?? "",
                key: certificate.raw.string("journal_key") ?? "")
        }
    }

    /// Waits for an end aside: a blocked thread of the pool would starve the others.
    private static func aside<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
        }
    }

    @Test("at once, the first order included, end with one authority and every order, no number given twice")
    func together() async throws {
        try await LocalFolder.with { folder in
            let request = try folder.openSSL.file(folder.contents().signingRequest)
            let printed = try await Self.aside {
                let started = try (0..<4).map { try Self.start(folder, request, count: 12, prefix: "p\($0)") }
                return started.flatMap { $0.lines() }
            }
            #expect(printed.filter { $0.hasPrefix("error") } == [])
            let orders = Self.orders(printed)
            #expect(orders.count == 48 && Set(orders.map(\.serial)).count == 48)
            #expect(Set(orders.map(\.id)) == Set((1...48).map { "\($0)" }))
            #expect(Set(try await Self.held(folder)) == Set(orders))
            let root = try folder.text("root.pem")
            for id in ["1", "24", "48"] {
                let chain = try await folder.provider().download(
                    DownloadRequest(orderID: id, format: .fullChain), context: OperationContext())
                try folder.openSSL.verify(chain.certificatesPEM, root: root)
            }
        }
    }

    @Test("tasks of one process at once do the same")
    func tasks() async throws {
        try await LocalFolder.with { folder in
            let order = try folder.order()
            let providers = [try folder.provider(), try folder.provider()]
            let ids = try await withThrowingTaskGroup(of: String?.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        try await providers[number % 2].issue(order, context: OperationContext()).orderID
                    }
                }
                return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
            }
            #expect(ids == Set((1...20).map { "\($0)" }))
        }
    }

    @Test("killed at any moment, they leave an authority that goes on, and no order that was answered is lost")
    func killed() async throws {
        // By processes that were killed, in all rounds.
        let answered = Locked(0)
        for round in 0..<8 {
            try await LocalFolder.with { folder in
                let request = try folder.openSSL.file(folder.contents().signingRequest)
                var printed: [Ordered] = []
                for attempt in 0..<4 {
                    printed += try await Self.aside {
                        let started = try Self.start(folder, request, count: 200, prefix: "k\(attempt)")
                        // From making the CA to the middle of some order: after so many lines, and some milliseconds.
                        let target = round == 0 ? 1 : Int.random(in: 1...4)
                        var first = ""
                        while first.split(separator: "\n").count < target {
                            let more = started.output.availableData
                            if more.isEmpty { break }
                            first += String(decoding: more, as: UTF8.self)
                        }
                        usleep(.random(in: 0...20_000))
                        kill(started.process.processIdentifier, SIGKILL)
                        return Self.orders((first + started.text()).split(separator: "\n").map(String.init))
                    }
                }
                let count = printed.count
                answered.withLock { $0 += count }
                let last = try await Self.aside { try Self.start(folder, request, count: 1, prefix: "last").lines() }
                #expect(last.count == 2 && last.last?.hasPrefix("order ") == true, "\(last)")
                printed += Self.orders(last)
                let held = try await Self.held(folder)
                #expect(Set(printed).isSubset(of: held))
                #expect(Set(held.map(\.serial)).count == held.count)
                // What was made before an end has one root, and all of it verifies.
                let root = try folder.text("root.pem")
                for order in [held.first, held.last].compactMap(\.self) {
                    let download = DownloadRequest(orderID: order.id, format: .fullChain)
                    let chain = try await folder.provider().download(download, context: OperationContext())
                    try folder.openSSL.verify(chain.certificatesPEM, root: root)
                    #expect(try folder.isGood(chain.certificatesPEM))
                }
            }
        }
        #expect(answered.withLock(\.self) > 0)
    }

    @Test("where the disk takes no more, nothing is issued, nothing is half there, and it goes on when there is room")
    func full() async throws {
        try await LocalFolder.with { folder in
            let request = try folder.openSSL.file(folder.contents().signingRequest)
            // Not even the authority itself can be written.
            for room in [0, 700] {
                let lines = try await Self.aside {
                    try Self.start(folder, request, count: 1, prefix: "none", largestFile: room).lines()
                }
                #expect(lines.last?.hasPrefix("error unavailable") == true, "\(lines)")
                #expect(lines.last?.hasSuffix("Nothing was issued or revoked.") == true)
                #expect(try folder.files() == ["lock", "orders"])
            }
            _ = try await folder.provider().issue(try folder.order(), context: OperationContext())
            let lines = try await Self.aside {
                try Self.start(folder, request, count: 2, prefix: "full", largestFile: 700).lines()
            }
            #expect(lines.count == 3 && lines.dropFirst().allSatisfy { $0.hasPrefix("error unavailable") }, "\(lines)")
            #expect(try folder.files().filter { $0.hasPrefix("orders/") } == ["orders/1.json"])
            // A number that was taken for an order that could not be written is not given again.
            #expect(try await folder.provider().issue(try folder.order(), context: OperationContext()).orderID == "4")
        }
    }
}
