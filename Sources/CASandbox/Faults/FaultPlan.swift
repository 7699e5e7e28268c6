internal import CertProtocol

/// The faults of a sandbox, and what they have seen of its requests.
final class FaultPlan: Sendable {
    struct Entry: Sendable {
        let fault: SandboxFault
        let scope: SandboxFault.Scope
        let first: Int
        let times: Int?
        private var seen = 0

        init(fault: SandboxFault, scope: SandboxFault.Scope, first: Int, times: Int?) {
            self.fault = fault
            self.scope = scope
            self.first = first
            self.times = times
        }

        /// Counts a request, and says whether the fault acts on it.
        mutating func acts(on path: String) -> Bool {
            guard scope.contains(path) else { return false }
            defer { seen += 1 }
            return seen >= first && (times.map { seen - first < $0 } ?? true)
        }
    }

    private let entries = Locked<[Entry]>([])

    func add(_ entry: Entry) { entries.withLock { $0.append(entry) } }

    func removeAll() { entries.withLock { $0 = [] } }

    /// The faults that act on the next request to that path, in the order of their injection.
    func faults(for path: String) -> [SandboxFault] {
        entries.withLock { entries in
            var acting: [SandboxFault] = []
            for index in entries.indices where entries[index].acts(on: path) { acting.append(entries[index].fault) }
            return acting
        }
    }
}
