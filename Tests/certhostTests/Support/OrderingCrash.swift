import CASandbox
import CertProtocol
import Foundation
import IssuanceVerification
import Testing

/// Orders whose processes are killed and whose answers are lost, again and again, until each has ended.
struct OrderingCrash {
    /// Where it is ordered, and what.
    struct Target: Sendable, CustomTestStringConvertible {
        let provider: String
        let scope: SandboxFault.Scope
        let arguments: [String]

        var testDescription: String { provider }

        static let digiCert = Target(
            provider: "digicert", scope: .digiCert, arguments: ["--product", "ssl_plus", "--organization", "112233"]
        )
        static let ncp = Target(provider: "ncp", scope: .ncp, arguments: ["--product", "NCP_PAID_DV_01"])
    }

    /// What happened. How often an answer was lost or replaced by an error isn't counted: a fault waits for its request.
    struct Figures: CustomStringConvertible {
        var keys = 0
        var starts = 0
        var kills = 0
        var unknown = 0
        var found = 0
        var notExecuted = 0
        var rounds = 0
        var seconds = 0.0

        var description: String {
            "\(keys) keys, \(starts) processes, \(kills) killed; \(unknown) times outcome unknown, "
                + "\(found) found by reconciling, \(notExecuted) proven not carried out, \(rounds) rounds to the end, "
                + "\(Int(seconds)) s"
        }
    }

    let command: SandboxedCommand
    let target: Target
    let count: Int
    private(set) var figures = Figures()

    /// Processes at a time; more than there are processors, so that they get in each other's way.
    private static let width = 4

    init(_ command: SandboxedCommand, _ target: Target, count: Int) throws {
        (self.command, self.target, self.count) = (command, target, count)
        // A short time, so that what was killed is soon known to be over.
        try command.runner.write(
            command.sandbox.pluginsYAML().replacing(
                "adapter: \(target.provider)\n", with: "adapter: \(target.provider)\n    timeout: 2s\n    limits: []\n"
            )
        )
        for index in 0..<count {
            let request = try GeneratedKey().signingRequest(for: [Self.name(index)])
            try command.runner.write(request, to: "\(Self.key(index)).csr")
        }
    }

    static func key(_ index: Int) -> String { "crash-\(index)" }
    static func name(_ index: Int) -> String { "crash-\(index).example.com" }

    private func arguments(_ index: Int) -> [String] {
        ["issue", "--provider", target.provider, "--domain", Self.name(index), "--csr", "\(Self.key(index)).csr"]
            + target.arguments + ["--idempotency-key", Self.key(index), "--yes", "--format", "json"]
    }

    /// Lets it all happen.
    ///
    /// - Returns: the order that each key has ended with, as the command printed it.
    mutating func run() async throws -> [Int: String] {
        let start = ContinuousClock.now
        figures.keys = count
        // A run that is left alone tells how long one takes; later ones die at any moment of it, most of them while they order.
        let usual = try await each([0]) { crash, index in try await crash.attempt(index, .lives) }[0].duration
        for round in 0..<3 {
            try await each(Array(0..<count)) { crash, index in
                let fault: SandboxFault? =
                    switch Int.random(in: 0..<4) {
                    case 0: .lostAnswer
                    case 1: .serverError(503)
                    default: nil
                    }
                if let fault { crash.command.sandbox.inject(fault, on: crash.target.scope.mutations, times: 1) }
                let end: End =
                    round == 0
                    // Early more often than late: the first run may have been slower than the others.
                    ? .dies(after: usual * pow(.random(in: 0..<1), 3))
                    : .diesOrdering(after: .microseconds(.random(in: 0..<30_000)))
                return try await crash.attempt(index, Int.random(in: 0..<5) == 0 ? .lives : end)
            }
        }
        command.sandbox.clearFaults()
        var orders: [Int: String] = [:]
        while orders.count < count, figures.rounds < 60 {
            figures.rounds += 1
            try await reconcile()
            let open = (0..<count).filter { orders[$0] == nil }
            for attempt in try await each(open, { crash, index in try await crash.attempt(index, .lives) }) {
                if let order = attempt.order { orders[attempt.index] = order }
            }
        }
        figures.seconds = (ContinuousClock.now - start) / .seconds(1)
        return orders
    }

    /// How a process ends.
    private enum End: Sendable {
        case lives
        case dies(after: Duration)
        /// Killed so long after its call was written to the journal.
        case diesOrdering(after: Duration)
    }

    private struct Attempt: Sendable {
        var index: Int
        var order: String?
        var status: Int32
        var wasKilled: Bool
        var duration: Duration
    }

    /// Starts the command, and kills it after a while where it still runs then.
    private func attempt(_ index: Int, _ end: End) async throws -> Attempt {
        let start = ContinuousClock.now
        let started = try command.runner.start(arguments(index))
        let killer = Task {
            switch end {
            case .lives: return
            case .dies(let delay): try await Task.sleep(for: delay)
            case .diesOrdering(let delay):
                guard try await started.hasSaid("The journal's key is") else { return }
                try await Task.sleep(for: delay)
            }
            kill(started.process.processIdentifier, SIGKILL)
        }
        let result = try await started.result()
        killer.cancel()
        return Attempt(
            index: index, order: result.json?["receipt"]?.string("order_id"), status: result.status,
            wasKilled: started.process.terminationReason == .uncaughtSignal, duration: ContinuousClock.now - start
        )
    }

    @discardableResult
    private mutating func each(
        _ indices: [Int], _ body: @escaping @Sendable (Self, Int) async throws -> Attempt
    ) async throws -> [Attempt] {
        let copy = self
        let attempts = try await withThrowingTaskGroup(of: Attempt.self) { group in
            var rest = indices[...]
            var attempts: [Attempt] = []
            for _ in 0..<Self.width { if let index = rest.popFirst() { group.addTask { try await body(copy, index) } } }
            while let attempt = try await group.next() {
                attempts.append(attempt)
                if let index = rest.popFirst() { group.addTask { try await body(copy, index) } }
            }
            return attempts
        }
        figures.starts += attempts.count
        figures.kills += attempts.filter(\.wasKilled).count
        figures.unknown += attempts.filter { $0.status == 4 }.count
        return attempts
    }

    /// Has the journal find out what it can; waits a moment where something may still be under way.
    private mutating func reconcile() async throws {
        let result = try await command.runner.run("journal", "reconcile", "--settle-time", "1s", "--format", "json")
        let entries = result.json?.array("entries") ?? []
        figures.found += entries.filter { $0.string("outcome") == "found" }.count
        figures.notExecuted += entries.filter { $0.string("outcome") == "not_executed" }.count
        if result.status == 4 { try await Task.sleep(for: .seconds(1)) }
    }
}
