/// Gathers findings while one configuration is read. It lives within one call and is never shared.
final class FindingCollector {
    private(set) var findings: [ConfigurationFinding] = []
    /// The files that were read, in the order in which what is found in them is told.
    var files: [String] = []

    /// Whether something makes the configuration unusable.
    var hasErrors: Bool { findings.contains { $0.severity == .error } }

    /// Adds a finding at a place in a file.
    func add(_ problem: ConfigurationProblem, at mark: SourceMark, path: ConfigurationPath? = nil) {
        add(problem, file: mark.file, mark: mark, path: path)
    }

    /// Adds a finding; without a mark it is about the file as a whole.
    func add(_ problem: ConfigurationProblem, file: String, mark: SourceMark? = nil, path: ConfigurationPath? = nil) {
        let text = path?.description
        findings.append(
            ConfigurationFinding(
                severity: problem.severity, code: problem.code, file: file, line: mark?.line, column: mark?.column,
                path: text?.isEmpty == true ? nil : text, message: problem.message, found: problem.found,
                allowed: problem.allowed, suggestion: problem.suggestion))
    }

    /// Adds what another collector has gathered.
    func append(_ other: FindingCollector) {
        findings += other.findings
        files += other.files
    }

    /// The findings in the order of the files, each place and kind once: several passes look at the same values.
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
        return indexed.map(\.element)
    }
}
