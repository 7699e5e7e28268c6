import CertProtocol
import FoundationEssentials
import Testing

@testable import Host

@Suite("The state machine of a journal entry")
struct TransitionTests {
    private static let start = Date(timeIntervalSince1970: 1_780_000_000)
    private static let deadline = start + 30
    private static let receipt = {
        var receipt = Receipt(provider: "ca", operation: .issue, state: .issued)
        receipt.orderID = "7"
        return receipt
    }()

    private static func attempt(_ id: String) -> JournalAttempt {
        JournalAttempt(id: id, provider: "ca", owner: "test", startedAt: start)
    }

    /// An entry in a state, reached the way that calls reach it, its last attempt being "1".
    private static func entry(_ state: JournalState) throws -> JournalEntry {
        let intended = JournalEntry(
            key: "k", request: .issue(.sample()), provider: "ca", deadline: start, owner: "test", createdAt: start
        )
        let error = CertificateError(.rejected, "No.")
        func sent() throws -> JournalEntry {
            try #require(intended.after(.send(attempt("1"), deadline: deadline), at: start))
        }
        let late = start + 1000
        let event: [JournalEntry.Event]
        switch state {
        case .intended: return intended
        case .sent: event = []
        case .accepted: event = [.accept(receipt, attempt: "1")]
        case .refused: event = [.refuse(error, attempt: "1")]
        case .outcomeUnknown: event = [.lose(error, attempt: "1")]
        case .reconciled: event = [.lose(error, attempt: "1"), .find(receipt)]
        case .notExecuted:
            event = [.miss(lookedUpAt: late, settleTime: 60), .miss(lookedUpAt: late, settleTime: 60)]
        }
        return try event.reduce(try sent()) { try #require($0.after($1, at: late)) }
    }

    @Test("each state is reached, and says of itself whether it is safe to send", arguments: JournalState.allCases)
    func states(_ state: JournalState) throws {
        let entry = try Self.entry(state)
        #expect(entry.state == state)
        let next = entry.after(.send(Self.attempt("2"), deadline: Self.deadline), at: Self.start)
        #expect((next != nil) == [.intended, .refused, .notExecuted].contains(state))
        #expect(state.isSafeToSend == (next != nil))
    }

    @Test("what isn't known can only be settled by a lookup or by its own answer", arguments: JournalState.allCases)
    func lookups(_ state: JournalState) throws {
        let entry = try Self.entry(state)
        let isUnresolved = state == .sent || state == .outcomeUnknown
        #expect((entry.after(.find(Self.receipt), at: Self.start) != nil) == isUnresolved)
        #expect((entry.after(.miss(lookedUpAt: Self.start, settleTime: 60), at: Self.start) != nil) == isUnresolved)
        let refused = entry.after(.refuse(CertificateError(.rejected, ""), attempt: "1"), at: Self.start)
        #expect((refused != nil) == (state == .sent))
        let lost = entry.after(.lose(CertificateError(.outcomeUnknown, ""), attempt: "1"), at: Self.start)
        #expect((lost != nil) == (state == .sent))
    }

    @Test(
        "an acceptance is the truth, however late it comes",
        arguments: [JournalState.sent, .outcomeUnknown, .notExecuted, .refused]
    )
    func lateAnswer(_ state: JournalState) throws {
        let entry = try #require(try Self.entry(state).after(.accept(Self.receipt, attempt: "1"), at: Self.start))
        #expect(entry.state == .accepted)
        #expect(entry.orderID == "7")
    }

    @Test("an acceptance of an earlier attempt is noted there, and leaves the later one alone")
    func overtaken() throws {
        let again = try #require(
            try Self.entry(.notExecuted).after(.send(Self.attempt("2"), deadline: Self.deadline), at: Self.start)
        )
        let entry = try #require(again.after(.accept(Self.receipt, attempt: "1"), at: Self.start))
        #expect(entry.state == .sent)
        #expect(entry.attempts.map(\.orderID) == ["7", nil])
        #expect(again.after(.accept(Self.receipt, attempt: "3"), at: Self.start) == nil)
    }

    @Test("two empty lookups prove that nothing was carried out, the second a settle time after the deadline or later")
    func empty() throws {
        let lost = try Self.entry(.outcomeUnknown)
        func miss(_ entry: JournalEntry, _ seconds: Double) throws -> JournalEntry {
            try #require(
                entry.after(.miss(lookedUpAt: Self.deadline + seconds, settleTime: 60), at: Self.deadline + seconds)
            )
        }
        // One alone proves nothing, whenever it is made.
        #expect(try miss(lost, 1000).state == .outcomeUnknown)
        // Nor do many that come too soon.
        let soon = try miss(miss(miss(lost, 1), 30), 59.9)
        #expect(soon.state == .outcomeUnknown)
        #expect(soon.emptyLookups == 3)
        #expect(try miss(soon, 60).state == .notExecuted)
        // A new attempt begins to count anew.
        let again = try #require(
            miss(soon, 60).after(.send(Self.attempt("2"), deadline: Self.deadline + 500), at: Self.deadline + 400)
        )
        #expect(again.emptyLookups == 0)
    }

    @Test("a call that waits for its turn ends later, but not once it was given up")
    func postponed() throws {
        let later = Self.deadline + 300
        let entry = try #require(try Self.entry(.sent).after(.postpone(attempt: "1", deadline: later), at: Self.start))
        #expect(entry.deadline == later)
        #expect(try Self.entry(.sent).after(.postpone(attempt: "2", deadline: later), at: Self.start) == nil)
        for state in JournalState.allCases where state != .sent {
            #expect(try Self.entry(state).after(.postpone(attempt: "1", deadline: later), at: Self.start) == nil)
        }
    }

    @Test("a process that has gone leaves an entry whose outcome is unknown")
    func gone() throws {
        let missed = try #require(
            try Self.entry(.sent).after(.miss(lookedUpAt: Self.deadline + 1, settleTime: 60), at: Self.deadline + 1)
        )
        #expect(missed.state == .outcomeUnknown)
    }
}
