/// The list of requirements, for documentation.
public enum RequirementTable {
    /// One row for each requirement: its id, what has to hold and why, and whether trying it changes anything at the
    /// authority. The capabilities, which are tried alike, share a row.
    public static var markdown: String {
        let shared = Rule.capabilities.first.map { first in
            Rule(
                "capability.…",
                "an operation works where it is declared, and is refused without traffic where it isn't",
                first.explanation, .mutates, first.body
            )
        }
        let rules = [shared].compactMap(\.self) + Rule.all.dropFirst(Rule.capabilities.count)
        var lines = ["| requirement | what holds | why | it |", "|---|---|---|---|"]
        for rule in rules {
            lines.append("| `\(rule.id)` | \(rule.title) | \(rule.explanation) | \(rule.effect.rawValue) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
