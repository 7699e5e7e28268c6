extension ConfigurationProblem {
    // MARK: Quotes and brackets

    static func unclosedQuote(noticedOnLine line: Int) -> Self {
        .init("unclosed-quote", "The quote that opens here is not closed; the text was read on to line \(line).")
    }

    static func quoteClosedElsewhere(onLine line: Int) -> Self {
        .init(
            "unclosed-quote",
            "The quote that opens here is closed on line \(line) only, by one that was meant to open another text; close "
                + "it where its text ends.")
    }

    static let textAfterQuote = Self(
        "syntax",
        "After the closing quote only a comment may follow; put the whole value in quotes, and write a quote within it "
            + "twice ('') or with a backslash (\\\").")

    static func unclosedBracket(_ bracket: Character, noticedOnLine line: Int) -> Self {
        .init(
            "unclosed-bracket",
            "The “\(bracket)” that opens here is not closed; what follows was read as a part of it up to line \(line).")
    }

    static func wrongBracket(_ found: Character, expected: Character, openedOnLine line: Int) -> Self {
        .init(
            "wrong-bracket",
            "This closes nothing: what is open here was opened on line \(line) and ends with "
                + "“\(expected)”.", found: String(found), allowed: [String(expected)])
    }

    static func strayBracket(_ found: Character) -> Self {
        .init("wrong-bracket", "This closes nothing; remove it, or open what it closes.", found: String(found))
    }

    static func missingComma(openedOnLine line: Int, closedBy bracket: Character) -> Self {
        .init(
            "missing-comma",
            "A comma or “\(bracket)” is missing before this place, in what was opened on line \(line).")
    }

    static let unquotedReference = Self(
        "unquoted-reference", "Within brackets a reference has to stand in quotes.", allowed: ["\"${env:NAME}\""])

    // MARK: Indentation and colons

    static let colonInValue = Self(
        "syntax", "A value that holds a colon and a space has to stand in quotes.")

    static let indentedBelowValue = Self(
        "syntax",
        "The key is indented below a line that has a value already; give it the indentation of its neighbours, or take "
            + "the value above away.")

    static func indentedLess(than column: Int) -> Self {
        .init(
            "syntax",
            "The line is indented less than the first key of the file, which starts in column \(column); give "
                + "all keys at the top the same indentation.")
    }

    static let missingColon = Self(
        "syntax", "This is read as a key, and no colon follows it; write “key: value”, with a space behind the colon.")

    static let mergeConflict = Self(
        "merge-conflict", "This is what a version control system leaves where two changes meet; settle the conflict.")

    static let noBreakSpace = Self(
        "no-break-space", "This looks like a space and is none to YAML; write a plain space.",
        found: "a no-break space",
        allowed: ["a space"])

    static let valueStartsAlias = Self(
        "syntax",
        "A value that starts with “*” or “&” has to stand in quotes. (Where an alias or an anchor is meant: its name is made "
            + "of letters, digits, “-” and “_”.)",
        allowed: ["\"*.example.com\""])

    /// What libyaml says of everything else, in words that tell what to do; where there are none, its own.
    static func syntax(_ problem: String, contextLine: Int?) -> Self {
        let hints = [
            "mapping values are not allowed in this context":
                "A colon stands where no key can be; put quotes around the value, or mend the indentation.",
            "mapping keys are not allowed in this context":
                "A “?” stands where no key can be; put quotes around the value.",
            "block sequence entries are not allowed in this context":
                "A list can't start here; write “-” on a line of its own below its key, or put quotes around the value.",
            "did not find expected key":
                "The line fits nothing that is open here; give it the indentation of its neighbours, or close what was "
                + "opened before.",
            "did not find expected '-' indicator":
                "An element of the list (“- …”) is expected here; mend the indentation.",
            "did not find expected node content": "A value is expected here.",
            "found character that cannot start any token":
                "A value can't start with this character; put quotes around the value.",
            "found undefined tag handle":
                "A value that starts with “!” is a tag to YAML, and tags are not used here; put quotes around the value.",
            "found unknown escape character":
                "YAML has no such escape; write the backslash twice, or use single quotes, in which it is a plain character.",
            "did not find expected hexdecimal number": "An escape needs digits here, such as \\x41 or \\u00e9.",
            "found invalid Unicode character escape code": "This escape is not a character of Unicode.",
            "found an indentation indicator equal to 0": "The number behind “|” or “>” is 1 to 9.",
            "did not find expected comment or line break":
                "Behind “|” or “>” only a comment may follow; the text starts on the next line.",
        ]
        var message = hints[problem] ?? "This is not valid YAML: \(problem)."
        if hints[problem] == nil || problem == "did not find expected key", let contextLine {
            message += " (It belongs to what starts on line \(contextLine).)"
        }
        return .init("syntax", message)
    }
}
