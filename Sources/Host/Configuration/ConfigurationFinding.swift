/// One thing that is wrong, or doubtful, in a configuration: data, from which one place makes sentences.
public struct ConfigurationFinding: Sendable, Hashable {
    /// How bad it is.
    @nonexhaustive
    public enum Severity: String, Sendable, Hashable {
        /// The configuration can't be used.
        case error
        /// It can be used, and probably isn't what was meant.
        case warning
    }

    /// How bad it is.
    public var severity: Severity
    /// What class of finding it is, kebab-case, stable (`unknown-key`).
    public var code: String
    /// The file, as it was named.
    public var file: String
    /// The line, from 1; `nil` where it is about the file as a whole.
    public var line: Int?
    /// The column, from 1, in characters; `nil` where it is about the file as a whole.
    public var column: Int?
    /// Where in the configuration (`providers.example-ca.settings.region`); `nil` where nothing could be read.
    public var path: String?
    /// What is wrong, as a sentence without secrets.
    public var message: String
    /// What stands there; never a secret.
    public var found: String?
    /// What may stand there.
    public var allowed: [String]
    /// What was probably meant.
    public var suggestion: String?
    /// The line of the file that it points at; `nil` where there is none, or where a secret may stand in it.
    public var excerpt: String?

    /// A finding.
    public init(
        severity: Severity = .error, code: String, file: String, line: Int? = nil, column: Int? = nil,
        path: String? = nil, message: String, found: String? = nil, allowed: [String] = [], suggestion: String? = nil,
        excerpt: String? = nil
    ) {
        self.severity = severity
        self.code = code
        self.file = file
        self.line = line
        self.column = column
        self.path = path
        self.message = message
        self.found = found
        self.allowed = allowed
        self.suggestion = suggestion
        self.excerpt = excerpt
    }
}

/// A configuration that can't be used, with everything that is wrong in it.
public struct ConfigurationError: Error, Sendable {
    /// Everything found, errors and warnings, in the order of the file.
    public var findings: [ConfigurationFinding]

    /// An error.
    public init(_ findings: [ConfigurationFinding]) { self.findings = findings }
}
