import BenchmarkSupport
import Foundation

/// Everything that has a budget, measured in one run. Every figure stands beside a baseline of the same run, since
/// absolute times say little about another machine.
@main
struct Benchmark {
    /// What can be measured by itself.
    enum Section: String, CaseIterable {
        case overhead, configuration, ahead, page, windows, growth

        func run(command: String, report: inout Report) async throws {
            switch self {
            case .overhead: try await CallOverhead.run(report: &report)
            case .configuration: try await ConfigurationLoading.run(report: &report)
            case .ahead: try ReadingAhead.run(command: command, report: &report)
            case .page: try await PageCost.run(command: command, report: &report)
            case .windows: try RateWindowUse.run(command: command, report: &report)
            case .growth: try Growth.run(command: command, report: &report)
            }
        }
    }

    static func main() async throws {
        let names = CommandLine.arguments.dropFirst(2)
        let chosen = names.compactMap(Section.init)
        guard CommandLine.arguments.count > 1, chosen.count == names.count else {
            let all = Section.allCases.map(\.rawValue).joined(separator: "|")
            say("usage: benchmark PATH-OF-CERTHOST [\(all)]…")
            exit(64)
        }
        var report = Report()
        for section in chosen.isEmpty ? Section.allCases : chosen {
            try await section.run(command: CommandLine.arguments[1], report: &report)
        }
        exit(report.end())
    }
}
