internal import CertProtocol

/// One requirement being tried at one authority.
final class Trial: Sendable {
    let authority: AuthorityUnderTest
    let mode: Conformance.Mode
    /// How long all of it may take.
    let patience: Duration
    /// How long a call may go on that ought to have ended.
    let promptness: Duration
    private let noted = Locked<[String]>([])

    init(authority: AuthorityUnderTest, mode: Conformance.Mode, patience: Duration, promptness: Duration) {
        self.authority = authority
        self.mode = mode
        self.patience = patience
        self.promptness = promptness
    }

    var provider: any CertificateProvider { authority.provider }
    var capabilities: ProviderCapabilities { authority.provider.capabilities }
    var samples: Samples { authority.samples }

    /// Something that a reader of the result should know although the requirement holds.
    func note(_ text: String) { noted.withLock { $0.append(text) } }

    /// What is thrown where the authority holds too little to prove anything. A test server can be given more; a real account
    /// has what it has.
    func lacking(_ message: String) -> any Error {
        mode == .everything ? Finding(message) : NotApplicable(reason: message)
    }

    func outcome(of rule: Rule) async -> ConformanceOutcome {
        do {
            try await rule.body(self)
            return .passed(notes: noted.withLock(\.self))
        } catch let error as NotApplicable {
            return .notApplicable(error.reason)
        } catch let error as MissingPart {
            return .failed(error.request)
        } catch let error as Finding {
            return .failed(error.message)
        } catch {
            return .failed("Trying it failed unexpectedly: \(error)")
        }
    }

    /// A context with a deadline that is far away.
    func context(key: String? = nil) -> OperationContext {
        var context = OperationContext(deadline: .now.advanced(by: patience / 2), journalKey: key)
        if mode == .readOnly {
            context.beforeSending = { _ throws(CertificateError) in
                throw CertificateError(.invalidRequest, "This run only reads, so nothing may be changed.")
            }
        }
        return context
    }

    /// Tries each of several things, goes on after a failure, and throws all findings together.
    ///
    /// What can't be tried becomes a note, where something else could. A part that is missing is told by the requirement of its
    /// capability, so here it is a note too, unless nothing was tried at all.
    func each<Item>(
        _ items: [Item], orElse nothing: String, _ name: (Item) -> String, _ body: (Item) async throws -> Void
    ) async throws {
        guard !items.isEmpty else { throw NotApplicable(reason: nothing) }
        var findings: [String] = []
        var untried = Reasons()
        var missing: [String] = []
        var holds = 0
        for item in items {
            do {
                try await body(item)
                holds += 1
            } catch let error as Finding {
                findings.append("\(name(item)): \(error.message)")
            } catch let error as NotApplicable {
                untried.add(error.reason, of: name(item))
            } catch let error as MissingPart {
                missing.append("\(name(item)): \(error.request)")
            }
        }
        guard findings.isEmpty else { throw Finding(findings.joined(separator: "\n")) }
        if holds == 0 {
            if !missing.isEmpty { throw Finding(missing.joined(separator: "\n")) }
            throw NotApplicable(reason: untried.only ?? untried.lines.joined(separator: " "))
        }
        (untried.lines + missing).forEach(note)
    }

    // MARK: What the authority saw

    /// The requests that reached the authority while `body` ran; `nil` where the authority can't tell, which is noted.
    func traffic(_ counter: Supplied<Int>, named name: String, _ body: () async throws -> Void) async throws -> Int? {
        guard let before = try await count(counter, name) else {
            try await body()
            return nil
        }
        try await body()
        return try await count(counter, name).map { $0 - before }
    }

    /// All requests that reached the authority while `body` ran.
    func requests(_ body: () async throws -> Void) async throws -> Int? {
        try await traffic(authority.requestCount, named: "requestCount", body)
    }

    func count(_ counter: Supplied<Int>, _ name: String) async throws -> Int? {
        do {
            return try await counter.resolved(
                "Tell the kit in `\(name)` how many requests reached the authority, or say with "
                    + "`.withheld(because:)` why that can't be told."
            )
        } catch let error as NotApplicable {
            let text = "what reached the authority was not counted: \(error.reason)"
            noted.withLock { if !$0.contains(text) { $0.append(text) } }
            return nil
        }
    }

    // MARK: Faults

    /// Brings a fault about.
    func inject(_ fault: AuthorityFault) async throws -> FaultInjection {
        try await (authority.faults[fault] ?? .missing).resolved(
            "Show the kit in `faults[.\(fault.memberName)]` how to make the authority do this: \(fault.words); or say with "
                + "`.withheld(because:)` why it can't."
        )
    }

    /// Runs `body` with a provider that meets the fault, and ends the fault.
    func with<Result>(
        _ fault: AuthorityFault, _ body: (any CertificateProvider) async throws -> Result
    ) async throws -> Result {
        let injection = try await inject(fault)
        do {
            let result = try await body(injection.provider ?? provider)
            try await authority.clearFaults()
            return result
        } catch {
            try await authority.clearFaults()
            throw error
        }
    }
}

/// Why several things could not be tried, each reason once.
private struct Reasons {
    private var names: [(reason: String, of: [String])] = []

    mutating func add(_ reason: String, of name: String) {
        if let index = names.firstIndex(where: { $0.reason == reason }) {
            names[index].of.append(name)
        } else {
            names.append((reason, [name]))
        }
    }

    /// The reason, where all have the same.
    var only: String? { names.count == 1 ? names.first?.reason : nil }

    var lines: [String] { names.map { "\($0.of.joined(separator: ", ")): \($0.reason)" } }
}

/// The error that a call fails with; `nil` where it succeeds.
func failure<Result>(of body: () async throws(CertificateError) -> Result) async -> CertificateError? {
    do throws(CertificateError) {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}

/// Says what was thrown, or that nothing was.
func told(_ error: CertificateError?) -> String { error.map { "threw \($0)" } ?? "succeeded" }
