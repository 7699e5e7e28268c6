import CertProtocol
import TestSupport
import Testing

/// Every fault that the sandbox has, crossed with every operation, over real sockets.
@Suite("The fault matrix", .serialized)
struct FaultMatrixTests {
    @Test("without a fault every list is whole", arguments: MatrixCell.all)
    func clean(_ cell: MatrixCell) async throws {
        let run = try await MatrixRun.of(cell)
        #expect(run.error == nil)
        #expect(run.rows.count == cell.cleanRows)
        #expect(Set(run.rows).count == run.rows.count)
        #expect(run.requests == cell.cleanRequests)
    }

    @Test(
        "a fault has the outcome that the table says, in every operation of both authorities",
        arguments: FaultTable.rows)
    func fault(_ row: FaultRow) async throws {
        let elsewhere = try LoopbackServer { _, _ in .write(LoopbackServer.answer()) }
        defer { elsewhere.stop() }
        let address = "http://127.0.0.1:\(elsewhere.port)/elsewhere"
        try await withThrowingTaskGroup { group in
            for cell in MatrixCell.all { group.addTask { try await check(row, cell, elsewhere: address) } }
            try await group.waitForAll()
        }
        #expect(elsewhere.received.isEmpty, "a request reached another origin")
    }

    private func check(_ row: FaultRow, _ cell: MatrixCell, elsewhere: String) async throws {
        let clean = try await CleanRows.of(cell)
        let expected = row.expected(cell)
        let run = try await MatrixRun.of(cell, row.injections(elsewhere), timeout: row.timeout)

        switch expected.result {
        case .whole:
            #expect(run.error == nil, "\(cell)")
            #expect(run.rows == clean, "\(cell)")
        case .whatStayed:
            #expect(run.error == nil, "\(cell)")
            let stayed = clean.indices.filter { !cell.movedRows.contains($0) }.map { clean[$0] }
            #expect(Set(stayed).subtracting(run.rows).isEmpty, "\(cell) lost rows")
        case .error(let code):
            #expect(run.error?.code == code, "\(cell): \(run.error.map { "\($0)" } ?? "no error")")
            #expect(run.error?.provider == cell.authority.rawValue, "\(cell)")
        }
        #expect(Set(run.rows).count == run.rows.count, "\(cell) delivered rows twice")
        #expect(Set(run.rows).subtracting(clean).isEmpty, "\(cell) invented rows")
        #expect(run.requests(expected.requests, cell), "\(cell): \(run.requests) requests")
        #expect(run.waits.max() ?? .zero >= row.leastWait, "\(cell) waited \(run.waits)")
        let text = run.error.map { "\($0) \(String(reflecting: $0))" } ?? ""
        for secret in run.secrets { #expect(!text.contains(secret), "\(cell)") }
    }
}

extension MatrixRun {
    fileprivate func requests(_ expected: FaultRow.Requests, _ cell: MatrixCell) -> Bool {
        let range =
            switch expected {
            case .clean: cell.cleanRequests...cell.cleanRequests
            case .more(let count): cell.cleanRequests + count...cell.cleanRequests + count
            case .upTo(let count): cell.cleanRequests...cell.cleanRequests + count
            case .exactly(let count): count...count
            }
        return (range.lowerBound...range.upperBound + cell.mostAhead).contains(requests)
    }
}

/// What each cell brings where nothing is wrong, read once.
private enum CleanRows {
    private static let known = Locked<[MatrixCell: [String]]>([:])

    static func of(_ cell: MatrixCell) async throws -> [String] {
        if let rows = known.withLock({ $0[cell] }) { return rows }
        let run = try await MatrixRun.of(cell)
        try #require(run.error == nil && run.rows.count == cell.cleanRows)
        known.withLock { $0[cell] = run.rows }
        return run.rows
    }
}
