/// What a text has to look like, said twice: for the machine as a regular expression, for people with an example.
///
/// ```swift
/// let account = SettingPattern("[0-9]{6}", "a number of six digits", example: "123445")
/// ```
public struct SettingPattern: Sendable, Hashable {
    /// A regular expression that the whole text matches, in what Swift's `Regex` and JSON Schema (ECMA 262) share:
    /// character classes, groups, alternatives, counts. No anchors.
    public var expression: String
    /// What such a text is, as the end of “This has to be …”.
    public var meaning: String
    /// A text that matches.
    public var example: String

    /// A pattern.
    public init(_ expression: String, _ meaning: String, example: String) {
        self.expression = expression
        self.meaning = meaning
        self.example = example
    }

    /// Whether a text is one of those meant; an expression that can't be read matches nothing.
    public func matches(_ text: String) -> Bool {
        guard let regex = try? Regex(expression).matchingSemantics(.unicodeScalar) else { return false }
        return (try? regex.wholeMatch(in: text)) != nil
    }
}
