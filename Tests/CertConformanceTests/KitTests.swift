import CertConformance
import CertProtocol
import Testing

/// The kit itself: a provider that conforms passes, and each that is broken fails where it is broken.
@Suite("The conformance kit")
struct KitTests {
    private static let conforming = Conformance("memory") { try MemoryDescription.describe() }

    @Test(
        "a provider that conforms passes every requirement, each of them tried in full",
        arguments: conforming.requirements)
    func reference(_ requirement: Requirement) async {
        #expect(await requirement.evaluate() == .passed(notes: []))
    }

    @Test("a broken provider fails what it breaks, with a message that says what to do", arguments: BrokenProvider.all)
    func broken(_ row: BrokenProvider) async throws {
        var conformance = Conformance("broken") { try MemoryDescription.describe(row.breakage) }
        // Those that never end would keep their full time.
        conformance.promptness = .seconds(2)
        let requirement = try #require(conformance[row.requirement], "there is no requirement \(row.requirement)")
        let outcome = await requirement.evaluate()
        guard case .failed(let message) = outcome else {
            Issue.record("\(row) was not noticed: \(outcome)")
            return
        }
        for words in row.words { #expect(message.contains(words)) }
    }

    @Test("each requirement has a provider that breaks it")
    func complete() {
        let broken = Set(BrokenProvider.all.map(\.requirement))
        let missing = Self.conforming.requirements.map(\.id).filter { !broken.contains($0) }
        #expect(missing.isEmpty, "add a row to BrokenProvider.all for each")
    }

    @Test("ids are unique, and each requirement says what it asks for and why")
    func documented() {
        let requirements = Self.conforming.requirements
        #expect(Set(requirements.map(\.id)).count == requirements.count)
        for requirement in requirements {
            #expect(!requirement.title.isEmpty && requirement.explanation.hasSuffix("."), "\(requirement)")
        }
    }
}
