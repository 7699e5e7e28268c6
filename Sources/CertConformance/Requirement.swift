/// One thing that a conforming provider does, bound to the provider that is tried.
///
/// ``id`` is stable, so that a test report, an exception list or a chat can name it.
public struct Requirement: Sendable, Identifiable, CustomStringConvertible {
    /// What trying a requirement does to the authority.
    @nonexhaustive
    public enum Effect: String, Sendable, Hashable {
        /// It only reads.
        case reads
        /// It orders, changes or ends something.
        case mutates
        /// It makes the authority misbehave, and only reads.
        case disturbs
    }

    let rule: Rule
    let conformance: Conformance

    /// The stable name (`errors.rate-limited`).
    public var id: String { rule.id }
    /// What has to hold, as a sentence.
    public var title: String { rule.title }
    /// Why, and how it is tried.
    public var explanation: String { rule.explanation }
    /// What trying it does to the authority.
    public var effect: Effect { rule.effect }

    /// The id, the name of the provider and the title.
    public var description: String { "\(conformance.name): \(id)" }

    /// Tries it, and tells what became of it.
    public func evaluate() async -> ConformanceOutcome { await conformance.evaluate(rule) }

    /// Tries it, for a test of any framework.
    ///
    /// - Parameter tell: gets a line where the requirement isn't applicable or was tried in part only; printed by default, so
    ///   that nothing is passed over in silence.
    /// - Returns: what became of it: passed, or not applicable.
    /// - Throws: ``ConformanceFailure`` where it doesn't hold.
    @discardableResult
    public func check(
        tell: @Sendable (String) -> Void = { print($0) }
    ) async throws -> ConformanceOutcome {
        let outcome = await evaluate()
        switch outcome {
        case .failed(let message): throw ConformanceFailure(requirement: id, message: message)
        case .notApplicable(let reason): tell("\(self) is not applicable: \(reason)")
        case .passed(let notes): for note in notes { tell("\(self) passed in part: \(note)") }
        }
        return outcome
    }
}

/// A requirement as the kit knows it, whichever provider is tried.
struct Rule: Sendable {
    let id: String
    let title: String
    let explanation: String
    let effect: Requirement.Effect
    /// Tries it. Throws ``Finding``, ``NotApplicable`` or ``MissingPart`` where it can't say that it holds.
    let body: @Sendable (Trial) async throws -> Void

    init(
        _ id: String, _ title: String, _ explanation: String, _ effect: Requirement.Effect,
        _ body: @escaping @Sendable (Trial) async throws -> Void
    ) {
        self.id = id
        self.title = title
        self.explanation = explanation
        self.effect = effect
        self.body = body
    }
}
