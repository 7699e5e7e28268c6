/// Gathers findings while one configuration is read. It lives within one call and is never shared.
final class FindingCollector {
    /// How many findings a report holds: nobody mends more at a time, and a file may be wrong in every line.
    static let limit = 100
    /// How many are kept at all, so that a hostile file takes no memory to speak of.
    private static let capacity = 10_000

    private(set) var findings: [ConfigurationFinding] = []
    /// The files that were read, in the order in which what is found in them is told.
    var files: [String] = []
    /// How many were not kept.
    private var dropped = 0

    /// Whether something makes the configuration unusable.
    private(set) var hasErrors = false

    /// Adds a finding at a place in a file.
    func add(_ problem: ConfigurationProblem, at mark: SourceMark, path: ConfigurationPath? = nil) {
        add(problem, file: mark.file, mark: mark, path: path)
    }

    /// Adds a finding; without a mark it is about the file as a whole.
    func add(_ problem: ConfigurationProblem, file: String, mark: SourceMark? = nil, path: ConfigurationPath? = nil) {
        let text = path?.description
        append(
            ConfigurationFinding(
                severity: problem.severity, code: problem.code, file: file, line: mark?.line, column: mark?.column,
                path: text?.isEmpty == true ? nil : text, message: problem.message, found: problem.found,
                allowed: problem.allowed, suggestion: problem.suggestion))
    }

    private func append(_ finding: ConfigurationFinding) {
        hasErrors = hasErrors || finding.severity == .error
        if findings.count < Self.capacity { findings.append(finding) } else { dropped += 1 }
    }

    /// Adds what another collector has gathered.
    func append(_ other: FindingCollector) {
        other.findings.forEach(append)
        files += other.files
        dropped += other.dropped
        hasErrors = hasErrors || other.hasErrors
    }

    /// The findings in the order of the files, each place and kind once: several passes look at the same values. Beyond
    /// ``limit`` there is one more, which counts the rest.
    var inFileOrder: [ConfigurationFinding] {
        struct Place: Hashable {
            var code: String
            var message: String?
            var file: String
            var line: Int?
            var column: Int?
        }
        var seen: Set<Place> = []
        let unique = findings.filter { finding in
            // Several settings may be missing at one place; elsewhere one kind of finding at one place is one finding.
            let message = finding.code == "missing-setting" ? finding.message : nil
            return seen.insert(
                Place(
                    code: finding.code, message: message, file: finding.file, line: finding.line,
                    column: finding.column)
            ).inserted
        }
        func rank(_ finding: ConfigurationFinding) -> Int { files.firstIndex(of: finding.file) ?? 0 }
        let indexed = unique.enumerated().sorted { left, right in
            (rank(left.element), left.element.line ?? 0, left.element.column ?? 0, left.offset)
                < (rank(right.element), right.element.line ?? 0, right.element.column ?? 0, right.offset)
        }
        return capped(indexed.map(\.element))
    }

    /// The first findings, errors before warnings where not all can be shown, and how many are left.
    private func capped(_ findings: [ConfigurationFinding]) -> [ConfigurationFinding] {
        guard findings.count + dropped > Self.limit else { return findings }
        let errors = findings.indices.filter { findings[$0].severity == .error }
        let warnings = findings.indices.filter { findings[$0].severity != .error }
        let shown = Set((errors + warnings).prefix(Self.limit))
        let left = findings.indices.filter { !shown.contains($0) }.map { findings[$0] }
        let severity: ConfigurationFinding.Severity =
            left.contains { $0.severity == .error } || dropped > 0 && hasErrors ? .error : .warning
        let problem = ConfigurationProblem.moreFindings(left.count + dropped, severity: severity)
        let first = left.first
        return shown.sorted().map { findings[$0] } + [
            ConfigurationFinding(
                severity: severity, code: problem.code, file: first?.file ?? findings.last?.file ?? "",
                line: first?.line, column: first?.column, message: problem.message)
        ]
    }
}
