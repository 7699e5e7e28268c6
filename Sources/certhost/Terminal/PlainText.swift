/// Text from a certificate authority, made fit for a terminal.
enum PlainText {
    /// The text on one line, without anything that a terminal would obey or that would reorder what stands around it.
    static func singleLine(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator:
                result.append(scalar == "\t" || scalar.properties.isWhitespace ? " " : "\u{FFFD}")
            case .format where scalar != "\u{200D}":
                // Bidirectional overrides and the like; the joiner of emoji and of some scripts stays.
                result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
