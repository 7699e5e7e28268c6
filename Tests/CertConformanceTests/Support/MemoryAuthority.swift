import CertConformance
import CertProtocol

/// A certificate authority in memory, which counts what reaches it and misbehaves when told to.
final class MemoryAuthority: Sendable {
    static let key = "FAKE-MEMORY-KEY-0001"

    private struct State {
        var book = MemoryBook()
        var requests = 0
        var changes = 0
        var fault: AuthorityFault?
        var log: [String] = []
    }

    private let state = Locked(State())

    var requests: Int { state.withLock { $0.requests } }
    var changes: Int { state.withLock { $0.changes } }
    var log: [String] { state.withLock { $0.log } }
    var fault: AuthorityFault? { state.withLock { $0.fault } }

    func misbehave(_ fault: AuthorityFault?) {
        state.withLock { state in
            state.fault = fault
            if fault == .rowsRemoved { state.book.removeFirst() }
            if fault == .rowsInserted { state.book.insertAtStart("new.example.com") }
        }
    }

    func note(_ line: String) { state.withLock { $0.log.append(line) } }

    /// A request arrives.
    func receive(isChange: Bool) {
        state.withLock { state in
            state.requests += 1
            if isChange { state.changes += 1 }
        }
    }

    func execute<Value: Sendable>(
        _ body: (inout MemoryBook) throws(CertificateError) -> Value
    ) throws(CertificateError) -> Value {
        try state.withLock { state throws(CertificateError) in try body(&state.book) }
    }
}
