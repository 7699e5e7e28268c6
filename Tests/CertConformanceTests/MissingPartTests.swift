import CertConformance
import CertProtocol
import Testing

/// What the kit says of a description that lacks something.
@Suite("An incomplete description")
struct MissingPartTests {
    typealias Change = @Sendable (inout AuthorityUnderTest) -> Void

    private static func outcome(
        of requirement: String, mode: Conformance.Mode = .everything, _ change: @escaping Change
    ) async throws -> ConformanceOutcome {
        let conformance = Conformance("memory", mode: mode) {
            var authority = try MemoryDescription.describe()
            change(&authority)
            return authority
        }
        return try await #require(conformance[requirement]).evaluate()
    }

    /// Capabilities that need data, and the member of `Samples` that it belongs into.
    private static let samples: [(Capability, String)] = [
        (.orderDetail, "orders"), (.listDuplicates, "orderWithDuplicates"), (.listReissues, "orderWithReissues"),
        (.issue, "issue"), (.renew, "renew"), (.reissue, "reissue"), (.duplicate, "duplicate"), (.extend, "extend"),
        (.revoke, "revocations"), (.cancel, "cancel"), (.delete, "delete"), (.import, "importCertificate"),
        (.autoRenewal, "autoRenewal"), (.download, "download"), (.domainValidation, "domainValidations"),
        (.domainValidationChange, "domainValidationChange"), (.approvals, "approval"),
    ]

    @Test("a declared capability without data is a failure that names the member to set", arguments: samples)
    func sample(capability: Capability, member: String) async throws {
        let outcome = try await Self.outcome(of: "capability.\(capability.rawValue)") { $0.samples = Samples() }
        guard case .failed(let message) = outcome else {
            Issue.record("\(capability) passed without data: \(outcome)")
            return
        }
        #expect(message.contains("in `samples.\(member)`") && message.contains("`.withheld(because:)`"))
    }

    private static let parts: [(String, String, Change)] = [
        ("errors.not-found", "`samples.missingOrder`", { $0.samples.missingOrder = .missing }),
        ("errors.rate-limited", "`faults[.rateLimited]`", { $0.faults = [:] }),
        ("time.deadline", "`faults[.hang]`", { $0.faults = [:] }),
        ("mutations.lost-answer", "`faults[.lostAnswer]`", { $0.faults = [:] }),
        ("records.unknown-status", "`faults[.unknownStatus]`", { $0.faults = [:] }),
        ("lists.rows-removed", "`faults[.rowsRemoved]`", { $0.faults = [:] }),
        ("factory.no-traffic", "`requestCount`", { $0.requestCount = .missing }),
        ("mutations.sent-once", "`mutationCount`", { $0.mutationCount = .missing }),
        ("secrecy.errors", "`secrets`", { $0.secrets = .missing }),
        ("secrecy.logs", "`logs`", { $0.logs = .missing }),
        ("secrecy.logs", "Nothing was logged", { $0.logs = .value([]) }),
        ("factory.settings", "the adapter's factory", { $0.factory = .missing }),
        ("lists.rows-removed", "The list is the same after the fault", { $0.faults[.rowsRemoved] = .injected {} }),
    ]

    @Test("a part that is left out is a failure that names it", arguments: parts.indices)
    func part(_ index: Int) async throws {
        let (requirement, words, change) = Self.parts[index]
        guard case .failed(let message) = try await Self.outcome(of: requirement, change) else {
            Issue.record("\(requirement) passed")
            return
        }
        #expect(message.contains(words))
    }

    private static let reason = "This authority has no such thing."
    private static let withheld: [(String, Change)] = [
        ("capability.cancel", { $0.samples.cancel = .withheld(because: reason) }),
        ("errors.unreachable", { $0.faults[.unreachable] = .withheld(because: reason) }),
        ("secrecy.dumps", { $0.secrets = .withheld(because: reason) }),
        ("factory.no-traffic", { $0.factory = .withheld(because: reason) }),
    ]

    @Test("a part that is withheld is not applicable, and the reason is told", arguments: withheld.indices)
    func withheldPart(_ index: Int) async throws {
        let (requirement, change) = Self.withheld[index]
        #expect(try await Self.outcome(of: requirement, change) == .notApplicable(Self.reason))
    }

    @Test("what could be tried in part only passes with a note of what could not, and why")
    func inPart() async throws {
        let outcome = try await Self.outcome(of: "mutations.lost-answer") {
            $0.samples.cancel = .withheld(because: Self.reason)
            $0.samples.delete = .missing
        }
        guard case .passed(let notes) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(notes.count == 2)
        #expect(notes.contains("cancel: \(Self.reason)"))
        #expect(notes.contains { $0.hasPrefix("delete: Give the kit") })
    }

    @Test("that a lost call was not carried out is the truth where nothing comes of it, and the reason is told")
    func voidWithoutAnswer() async throws {
        let conformance = Conformance("memory") {
            var authority = try MemoryDescription.describe(.forgetsLostAnswers)
            for capability in authority.provider.capabilities.operations.elements {
                authority.voidWithoutAnswer[capability] = Self.reason
            }
            return authority
        }
        let outcome = try await #require(conformance["find-order.after-lost-answer"]).evaluate()
        guard case .passed(let notes) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(notes.contains("issue comes to nothing where its answer is lost: \(Self.reason)"))
    }

    @Test("an authority whose traffic can't be counted is tried without, and the result says so")
    func uncounted() async throws {
        let outcome = try await Self.outcome(of: "capability.list-certificates") {
            $0.requestCount = .withheld(because: Self.reason)
        }
        #expect(outcome == .passed(notes: []))
        let conformance = Conformance("memory") {
            var authority = try MemoryDescription.describe(without: [.renew])
            authority.requestCount = .withheld(because: Self.reason)
            return authority
        }
        let undeclared = try await #require(conformance["capability.renew"]).evaluate()
        #expect(undeclared == .passed(notes: ["what reached the authority was not counted: \(Self.reason)"]))
    }
}
