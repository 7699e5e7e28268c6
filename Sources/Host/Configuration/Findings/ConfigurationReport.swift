/// Findings as text for people.
public struct ConfigurationReport: Sendable {
    /// The widest piece of a line that is shown, in characters.
    private static let width = 120

    /// What is reported.
    public var findings: [ConfigurationFinding]

    /// A report of these findings, in their order.
    public init(_ findings: [ConfigurationFinding]) { self.findings = findings }

    /// The findings, one after the other, and how many they are; empty where there are none.
    public var text: String {
        guard !findings.isEmpty else { return "" }
        let errors = findings.count { $0.severity == .error }
        let warnings = findings.count - errors
        let counts = [Self.count(errors, "error"), Self.count(warnings, "warning")].compactMap(\.self)
        return findings.map(Self.text(of:)).joined() + counts.joined(separator: ", ") + "\n"
    }

    private static func count(_ count: Int, _ noun: String) -> String? {
        count == 0 ? nil : "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    private static func text(of finding: ConfigurationFinding) -> String {
        let place = [finding.file, finding.line.map(String.init), finding.column.map(String.init)].compactMap(\.self)
        var text =
            "\(place.joined(separator: ":")): \(finding.severity.rawValue): \(finding.message) [\(finding.code)]\n"
        if let excerpt = finding.excerpt, let line = finding.line, let column = finding.column {
            let number = String(line)
            let margin = String(repeating: " ", count: number.count)
            let (piece, pad) = window(excerpt, column: column)
            text += "  \(number) | \(piece)\n  \(margin) | \(pad)^\n"
        }
        if let path = finding.path { text += "    at: \(path)\n" }
        if let found = finding.found { text += "    found: \(found)\n" }
        if !finding.allowed.isEmpty { text += "    allowed: \(finding.allowed.joined(separator: ", "))\n" }
        if let suggestion = finding.suggestion { text += "    did you mean “\(suggestion)”?\n" }
        return text
    }

    /// The piece of a line around a column, and what stands before the caret below it.
    private static func window(_ line: String, column: Int) -> (piece: String, pad: String) {
        let start = column > width ? column - width / 2 : 0
        let scalars = line.unicodeScalars.dropFirst(start)
        func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
            ConfigurationProblem.printable(String(String.UnicodeScalarView(scalars.map { $0 == "\t" ? " " : $0 })))
        }
        let before = text(scalars.prefix(column - 1 - start))
        return (text(scalars.prefix(width)), DisplayWidth.padded("", to: DisplayWidth.of(before)))
    }
}
