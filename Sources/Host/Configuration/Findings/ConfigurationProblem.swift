internal import CertProtocol

/// What is wrong, apart from where. This is the one place that makes sentences of mistakes.
struct ConfigurationProblem: Error, Sendable {
    var severity: ConfigurationFinding.Severity = .error
    var code: String
    var message: String
    var found: String?
    var allowed: [String] = []
    var suggestion: String?

    init(
        _ code: String, _ message: String, severity: ConfigurationFinding.Severity = .error, found: String? = nil,
        allowed: [String] = [], suggestion: String? = nil
    ) {
        self.severity = severity
        self.code = code
        self.message = Self.printable(message)
        self.found = found.map(Self.shown)
        self.allowed = allowed.map(Self.printable)
        self.suggestion = suggestion.map(Self.printable)
    }

    /// A text of the file as it may be shown: on one line, of bounded length, without the password of a URL.
    static func shown(_ text: String) -> String {
        if hasURLCredential(text) { return "<redacted>" }
        let shown = String(String.UnicodeScalarView(text.unicodeScalars.prefix(80)))
        return printable(shown) + (text.unicodeScalars.count > 80 ? "…" : "")
    }

    /// A text without characters that move the cursor or turn the direction of writing, each replaced by a mark: they
    /// would make a line read as another.
    static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
                    default: scalar
                    }
                }))
    }

    /// Whether a text holds a URL with a user part, which may hold a password.
    static func hasURLCredential(_ text: String) -> Bool {
        // Byte by byte, since it is asked of every value. What is looked for is ASCII, and part of no other character.
        guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else { return false }
        var before: (UInt8, UInt8) = (0, 0)
        for byte in text.utf8[..<at] {
            if byte == UInt8(ascii: "/"), before == (UInt8(ascii: ":"), UInt8(ascii: "/")) { return true }
            before = (before.1, byte)
        }
        return false
    }
}

extension ConfigurationProblem {
    // MARK: The file

    static func missingFile(_ path: String) -> Self {
        .init("missing-file", "There is no file “\(shown(path))”; create it, or name another with --config.")
    }

    static func unusableFile(_ path: String, _ problem: FileProblem) -> Self {
        .init(
            "unreadable-file",
            "“\(shown(path))” \(problem.reason); mend that, or name another file with --config.")
    }

    static let emptyFile = Self(
        "empty-file", "The file is empty; write at least “version: 1” and “providers:”, or name another with --config.")

    static let wideEncoding = Self("encoding", "The file is UTF-16 or UTF-32; save it as UTF-8.")
}

extension ConfigurationProblem {
    // MARK: Keys and types

    static func wrongType(found: String, expected: String, suggestion: String? = nil) -> Self {
        .init(
            "wrong-type", "This has to be \(expected).", found: found, allowed: [expected], suggestion: suggestion)
    }

    static func unknownKey(_ key: String, known: [String], of place: String, home: String? = nil) -> Self {
        let suggestion = NearMiss.suggestion(for: key, among: known)
        let hasOddSpace = key.unicodeScalars.contains {
            $0 != " " && $0.properties.generalCategory == .spaceSeparator
        }
        let hint =
            hasOddSpace
            ? "; it holds a character that looks like a space and is none to YAML"
            : suggestion == nil ? home.map { "; it belongs in \($0)" } ?? "" : ""
        return .init(
            "unknown-key", "“\(shown(key))” is not a key of \(place)\(hint).", found: key, allowed: known,
            suggestion: suggestion)
    }

    static func misplacedKey(_ key: String, known: [String]) -> Self {
        .init(
            "misplaced-key", "“\(shown(key))” stands at the top of the file only, not in an environment.", found: key,
            allowed: known)
    }

    static func missingKey(_ key: String, of place: String) -> Self {
        .init("missing-key", "\(place) needs “\(key)”.", allowed: [key])
    }

    static func missingVersion(found: String?) -> Self {
        .init(
            found == nil ? "missing-version" : "unsupported-version",
            found == nil
                ? "The file doesn't say which version of the format it is in; write “version: 1”."
                : "This version of the format is not known; write “version: 1”.",
            found: found, allowed: ["1"])
    }

    static func missingSetting(_ setting: Setting, adapter: String) -> Self {
        let example = setting.kind == .secret ? "; for example ${env:\(setting.name.uppercased())}" : ""
        return .init(
            "missing-setting", "The adapter \(adapter) needs the setting “\(setting.name)”\(example).",
            allowed: [setting.name])
    }

    static let noProviders = Self(
        "no-providers", "The configuration names no provider, so there is nothing to ask.", severity: .warning)

    // MARK: Values

    static func invalidChoice(_ found: String, allowed: [String]) -> Self {
        .init(
            "invalid-choice", "This is none of the values that may stand here.", found: found, allowed: allowed,
            suggestion: NearMiss.suggestion(for: found, among: allowed))
    }

    static func outOfRange(_ found: String, _ range: ClosedRange<Int>) -> Self {
        .init(
            "out-of-range", "The number is out of range.", found: found,
            allowed: ["\(range.lowerBound) to \(range.upperBound)"])
    }

    static func invalidDuration(_ found: String) -> Self {
        .init(
            "invalid-duration", "This is not a length of time.", found: found,
            allowed: ["500ms", "30s", "5m", "2h", "30d"], suggestion: NearMiss.duration(for: found))
    }

    static func zeroDuration(_ found: String) -> Self {
        .init("invalid-duration", "The time has to be longer than nothing.", found: found, allowed: ["500ms", "30s"])
    }

    static func durationOutOfRange(_ found: String, _ range: ClosedRange<Duration>) -> Self {
        .init(
            "out-of-range", "The length of time is out of range.", found: found,
            allowed: ["\(range.lowerBound.text) to \(range.upperBound.text)"])
    }

    static func patternMismatch(_ found: String, _ pattern: SettingPattern) -> Self {
        .init(
            "invalid-pattern", "This has to be \(pattern.meaning), such as \(pattern.example).", found: found,
            allowed: [pattern.example])
    }

    static func invalidLimit(_ found: String) -> Self {
        .init(
            "invalid-limit",
            "This is not a rate window: a number of requests and a length of time, both more than nothing.",
            found: found,
            allowed: ["100/5s", "1000/180s"], suggestion: NearMiss.rateWindow(for: found))
    }

    static func invalidID(_ id: String) -> Self {
        .init(
            "invalid-id", "An id has lower-case letters, digits and hyphens, and starts with a letter or a digit.",
            found: id, allowed: ["[a-z0-9][a-z0-9-]*"])
    }

    static func invalidURL(_ found: String, _ reason: String) -> Self {
        .init("invalid-url", "The address \(reason).", found: found)
    }

    static func invalidDomain(_ found: String) -> Self {
        .init(
            "invalid-domain", "This is not a pattern for domain names.", found: found,
            allowed: ["example.com", "*.example.com", "*"])
    }

    static func emptyValue(_ what: String) -> Self { .init("empty-value", "\(what) must not be empty.") }

    static func invalidSetting(_ problem: SettingProblem, found: String?) -> Self {
        .init("invalid-setting", problem.message, found: found, allowed: problem.allowed)
    }

    static let unusableSecret = Self(
        "unusable-secret",
        "The credential holds white space or a control character, such as a line break; it was probably copied with more "
            + "than itself.")

    static let invalidRoots = Self(
        "invalid-ca-file", "The file holds no certificate in PEM form (“-----BEGIN CERTIFICATE-----”).")

    static func literalSecret(_ name: String) -> Self {
        .init(
            "literal-secret",
            "A credential must not stand in the file; refer to it, and replace the one that stood here.",
            allowed: ["${env:\(name.uppercased())}", "${file:PATH}"])
    }

    // MARK: What is referred to

    static func unknownAdapter(_ found: String, known: [String]) -> Self {
        .init(
            "unknown-adapter", "There is no adapter “\(shown(found))”.", found: found, allowed: known,
            suggestion: NearMiss.suggestion(for: found, among: known))
    }

    static func unknownEnvironment(_ name: String, declared: [String], origin: String?) -> Self {
        let choices = declared.isEmpty ? "the file declares none" : "declared are: \(declared.joined(separator: ", "))"
        let source = origin.map { " (named by \($0))" } ?? ""
        return .init(
            "unknown-environment", "There is no environment “\(shown(name))”\(source); \(choices).", found: name,
            allowed: declared, suggestion: NearMiss.suggestion(for: name, among: declared))
    }

    static func unknownProvider(_ id: String, known: [String]) -> Self {
        .init(
            "unknown-provider", "There is no provider “\(shown(id))”.", found: id, allowed: known,
            suggestion: NearMiss.suggestion(for: id, among: known))
    }

    static func disabledTarget(_ id: String) -> Self {
        .init(
            "disabled-target", "The provider “\(id)” is disabled, so this target is always skipped.",
            severity: .warning, found: id)
    }

    static func unreachableRoute(after line: Int) -> Self {
        .init(
            "unreachable-route",
            "This route can never match, because the one on line \(line) takes every call that it would.",
            severity: .warning)
    }

    static let unclosedReference = Self(
        "unclosed-reference", "“${” is not closed by “}”; write “$${” where a plain “${” is meant.")

    static func malformedReference(_ reference: String) -> Self {
        let kind = reference.split(separator: ":", omittingEmptySubsequences: false).first.map(String.init) ?? ""
        let isName = !reference.isEmpty && reference.utf8.allSatisfy(ReferenceTemplate.isVariableCharacter)
        let suggestion =
            isName
            ? "${env:\(reference)}"
            : NearMiss.suggestion(for: kind, among: ["env", "file"]).map {
                "${\($0):\(reference.dropFirst(kind.count + 1))}"
            }
        return .init(
            "malformed-reference", "This is not a reference that is known here; “$${” writes a plain “${”.",
            allowed: ["${env:NAME}", "${env:NAME:-fallback}", "${file:PATH}"], suggestion: suggestion)
    }

    static let nestedReference = Self(
        "nested-reference", "A fallback is taken as it stands; it can't hold another reference.",
        allowed: ["${env:NAME:-fallback}"])

    static let secretFallback = Self(
        "secret-fallback", "A credential can't have a fallback in the file.", allowed: ["${env:NAME}", "${file:PATH}"])

    static func unsetVariable(_ name: String) -> Self {
        .init(
            "unset-variable",
            "The environment variable \(name) is not set; set it, or give a fallback where one may be.",
            found: "${env:\(name)}")
    }

    static func unreadableReference(_ path: String, _ problem: FileProblem) -> Self {
        .init("unreadable-file", "The file “\(shown(path))” \(problem.reason).", found: "${file:\(path)}")
    }

    static let noEmbeddedSandbox = Self(
        "no-embedded-sandbox",
        "This program has no sandbox of its own; remove “sandbox”, or use the certhost command.", found: "embedded")

    static func sandboxFailed(_ reason: String) -> Self {
        .init("sandbox-failed", "The embedded sandbox can't be started: \(shown(reason))")
    }
}
