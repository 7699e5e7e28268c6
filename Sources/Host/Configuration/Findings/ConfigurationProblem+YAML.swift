extension ConfigurationProblem {
    // MARK: The text

    static let byteOrderMark = Self(
        "byte-order-mark", "The file starts with a byte order mark, which UTF-8 doesn't need; save it without.",
        severity: .warning)

    static let invalidUTF8 = Self("invalid-utf8", "This is not valid UTF-8; save the file as UTF-8.")

    static func forbiddenCharacter(_ scalar: Unicode.Scalar) -> Self {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return .init(
            "forbidden-character",
            "The character \(name) may not stand in a file; remove it, or write it as an escape in double quotes.",
            found: name)
    }

    static let tab = Self(
        "tab-indentation", "The line is indented with a tab; YAML wants spaces.", found: "a tab", allowed: ["spaces"])

    static let tabAfterIndicator = Self(
        "tab-indentation", "A tab stands here, where what follows it may be indented; write a space.", found: "a tab",
        allowed: ["spaces"])

    // MARK: What YAML has and this format doesn't

    static let directive = Self("directive", "Lines that start with % are not used here; remove this one.")

    static let severalDocuments = Self(
        "several-documents", "The document ends above this line; one file holds one document.")

    static func tag(_ tag: String) -> Self {
        .init(
            "tag",
            "A value that starts with “!” is a tag to YAML, and tags are not used here; remove it, or put quotes "
                + "around the value.", found: tag)
    }

    static let mergeKey = Self(
        "merge-key", "Merge keys (<<) are not used here; write the keys out, or use an alias for the whole value.")

    static func duplicateKey(_ key: String, firstLine: Int) -> Self {
        .init(
            "duplicate-key",
            "“\(shown(key))” stands here a second time; the first is on line \(firstLine). Remove one of them.")
    }

    static func complexKey(_ kind: String) -> Self {
        .init(
            "complex-key",
            "A key has to be a string. To YAML, “{” and “[” open a mapping and a list: put quotes around the key, or fill in "
                + "the template that it comes from.",
            found: kind, allowed: ["a string"])
    }

    // MARK: Anchors and limits

    static func unknownAnchor(_ name: String, known: [String]) -> Self {
        .init(
            "unknown-anchor",
            "A value that starts with “*” repeats the one that is named with “&” above, and there is none of this name; "
                + "put quotes around the value where it is meant as a text.",
            found: "*\(name)", suggestion: NearMiss.suggestion(for: name, among: known).map { "*\(shown($0))" })
    }

    static func recursiveAlias(_ name: String) -> Self {
        .init("recursive-alias", "The alias stands within the value that it repeats.", found: "*\(name)")
    }

    static func aliasExpansion(limit: Int) -> Self {
        .init("alias-expansion", "The aliases up to here stand for more than \(limit) values; write fewer.")
    }

    static func tooDeep(limit: Int) -> Self {
        .init("too-deep", "The file is nested more than \(limit) levels deep here; no setting needs that.")
    }

    static func keyTooLong(_ length: Int, limit: Int) -> Self {
        .init(
            "key-too-long", "The key is too long.", found: "\(length) characters",
            allowed: ["at most \(limit) characters"])
    }

    static func moreFindings(_ count: Int, severity: ConfigurationFinding.Severity) -> Self {
        .init(
            "more-findings",
            "… and \(count) more \(count == 1 ? "finding" : "findings"), the first of them here; mend "
                + "those above and check again.", severity: severity)
    }
}
