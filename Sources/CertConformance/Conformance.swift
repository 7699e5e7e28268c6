internal import CertProtocol

/// The suite for one provider: what it has to do, tried against a description of the certificate authority behind it.
///
/// ```swift
/// let conformance = Conformance("acme") { try await AcmeSandbox.describe() }
///
/// @Test("the provider conforms", arguments: conformance.requirements)
/// func conforms(_ requirement: Requirement) async throws { try await requirement.check() }
/// ```
///
/// The kit knows no test framework; any that can call ``Requirement/check(tell:)`` will do.
public struct Conformance: Sendable {
    /// What the kit may do to the authority.
    @nonexhaustive
    public enum Mode: Sendable, Hashable {
        /// Everything: order, revoke, make it misbehave. For test servers.
        case everything
        /// Read and order, but not make it misbehave. For a real account where orders are free, and only on purpose.
        case mutating
        /// Read only. For real accounts.
        case readOnly
    }

    /// The provider's name in results.
    public let name: String
    /// What the kit may do.
    public var mode: Mode
    /// How long trying one requirement may take. More is a failure: something hangs.
    public var patience: Duration
    /// How long a call may go on that ought to have ended.
    package var promptness = Duration.seconds(30)
    let open: @Sendable () async throws -> AuthorityUnderTest

    /// The suite of a provider.
    ///
    /// - Parameters:
    ///   - name: the provider's name in results.
    ///   - mode: what the kit may do.
    ///   - patience: how long trying one requirement may take.
    ///   - open: describes the authority. Called anew for each requirement, so that none spoils the next; what it starts is
    ///     ended by ``AuthorityUnderTest/close``.
    public init(
        _ name: String, mode: Mode = .everything, patience: Duration = .seconds(120),
        open: @escaping @Sendable () async throws -> AuthorityUnderTest
    ) {
        self.name = name
        self.mode = mode
        self.patience = patience
        self.open = open
    }

    /// Every requirement, in the order of the documentation. The list is the same for every provider; what one can't be tried
    /// for is not applicable, with a reason.
    public var requirements: [Requirement] {
        Rule.all.map { Requirement(rule: $0, conformance: self) }
    }

    /// The requirement of that id; `nil` where there is none.
    public subscript(_ id: String) -> Requirement? { requirements.first { $0.id == id } }

    func evaluate(_ rule: Rule) async -> ConformanceOutcome {
        if let reason = refusal(of: rule) { return .notApplicable(reason) }
        let authority: AuthorityUnderTest
        do {
            authority = try await open()
        } catch {
            return .failed("The authority could not be started, so nothing was tried: \(error)")
        }
        let trial = Trial(authority: authority, mode: mode, patience: patience, promptness: promptness)
        let outcome = await race(patience) { await trial.outcome(of: rule) }
        await authority.close()
        return outcome
            ?? .failed("It did not end within \(patience). Something ignores its deadline or its cancellation.")
    }

    private func refusal(of rule: Rule) -> String? {
        switch (mode, rule.effect) {
        case (.everything, _), (.mutating, .mutates), (_, .reads): nil
        case (.readOnly, .mutates): "This run only reads."
        default: "This run does not make the authority misbehave."
        }
    }
}
