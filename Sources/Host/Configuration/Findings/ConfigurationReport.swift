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
        let scalars = Array(line.unicodeScalars)
        let start = column > width ? column - width / 2 : 0
        var piece = String.UnicodeScalarView()
        var pad = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated().dropFirst(start).prefix(width) {
            piece.append(scalar == "\t" ? " " : scalar)
            if index < column - 1 { appendBlank(asWideAs: scalar, to: &pad) }
        }
        return (String(piece), String(pad))
    }

    /// East Asian letters take two columns of a terminal, combining marks take none.
    private static func appendBlank(asWideAs scalar: Unicode.Scalar, to pad: inout String.UnicodeScalarView) {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            pad.append(contentsOf: "  ".unicodeScalars)
        default:
            if scalar.properties.generalCategory != .nonspacingMark { pad.append(" ") }
        }
    }
}
