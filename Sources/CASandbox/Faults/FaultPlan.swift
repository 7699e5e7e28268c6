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
        mutating func acts(on method: String, _ path: String) -> Bool {
            guard scope.contains(method: method, path: path) else { return false }
            defer { seen += 1 }
            return seen >= first && (times.map { seen - first < $0 } ?? true)
        }
    }

    private let entries = Locked<[Entry]>([])

    func add(_ entry: Entry) { entries.withLock { $0.append(entry) } }

    func removeAll() { entries.withLock { $0 = [] } }

    /// The faults that act on the next request of that method to that path, in the order of their injection.
    func faults(for method: String, _ path: String) -> [SandboxFault] {
        entries.withLock { entries in
            var acting: [SandboxFault] = []
            for index in entries.indices where entries[index].acts(on: method, path) {
                acting.append(entries[index].fault)
            }
            return acting
        }
    }
}
