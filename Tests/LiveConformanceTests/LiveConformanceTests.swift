import CertConformance
import Foundation
import Testing

/// The conformance suite against a real account: read-only, unless a variable names a requirement that changes something.
@Suite("Conformance of a real account")
struct LiveConformanceTests {
    private static let run = LiveRun(ProcessInfo.processInfo.environment)
    private static let ids = Conformance("live") { throw LiveRun.Mistake(description: "never opened") }
        .requirements.map(\.id)

    @Test(
        "each requirement that can be tried holds",
        .enabled(if: run.obstacle == nil, Comment(rawValue: run.obstacle ?? "")), .serialized, arguments: ids)
    func conforms(_ id: String) async {
        switch await Self.run.evaluate(id) {
        case .failed(let message): Issue.record("[\(id)] \(message)")
        case .notApplicable(let reason): print("\(id) is not applicable: \(reason)")
        case .passed(let notes): for note in notes { print("\(id) passed in part: \(note)") }
        }
    }
}
