/// One setting of an adapter, declared once. Decoding, validation, documentation and schema come from the declaration.
public struct Setting: Sendable {
    /// What a setting holds.
    @nonexhaustive
    public enum Kind: Sendable, Hashable {
        /// Text.
        case string
        /// A credential; only a reference such as `${env:NAME}` may stand in the file.
        case secret
        /// A whole number within bounds.
        case integer(ClosedRange<Int>)
        /// `true` or `false`.
        case boolean
        /// One of these words.
        case choice([String])
        /// Where a service is reached. Plain http is accepted for loopback only.
        case serviceURL(ServiceURL.Shape)
        /// A length of time: `500ms`, `30s`, `5m`, `2h`, `30d`.
        case duration
        /// Text of a certain form.
        case pattern(SettingPattern)
        /// A length of time within bounds.
        case durationWithin(ClosedRange<Duration>)
        /// A file or a folder. In the file a path may be relative, which starts at that file's folder, or start with `~/`,
        /// which is the user's home; an adapter gets the absolute one.
        case path
    }

    /// The key in the file, snake_case.
    public var name: String
    /// What it holds.
    public var kind: Kind
    /// Whether it has to be there.
    public var isRequired: Bool
    /// What it is when it isn't there, as it would be written; `nil` where that is nothing.
    public var defaultText: String?
    /// What it means, in one or two sentences.
    public var documentation: String

    /// A setting.
    public init(
        _ name: String, _ kind: Kind, isRequired: Bool = false, default defaultText: String? = nil,
        _ documentation: String
    ) {
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
        self.defaultText = defaultText
        self.documentation = documentation
    }
}

/// All settings of an adapter, and the rules that hold between them.
public struct SettingsDeclaration: Sendable {
    /// A rule over several settings: what is wrong with the values, one problem for each finding.
    public typealias Rule = @Sendable (SettingsValues) -> [SettingProblem]

    /// The settings, in the order of the documentation.
    public var settings: [Setting]
    /// The rules that hold between them.
    public var rules: [Rule]

    /// A declaration.
    public init(_ settings: [Setting], rules: [Rule] = []) {
        self.settings = settings
        self.rules = rules
    }
}

/// What a rule finds wrong. The host adds file, line and column.
public struct SettingProblem: Sendable, Hashable {
    /// The name of the setting that is wrong.
    public var setting: String
    /// What is wrong, as a sentence without secrets.
    public var message: String
    /// The values that would be right.
    public var allowed: [String]

    /// A problem.
    public init(setting: String, message: String, allowed: [String] = []) {
        self.setting = setting
        self.message = message
        self.allowed = allowed
    }
}

/// A setting's value, of the type that its declaration names.
@nonexhaustive
public enum SettingValue: Sendable, Hashable {
    /// A text, a text of a certain form, a choice, an absolute path.
    case string(String)
    /// A credential.
    case secret(Secret)
    /// A whole number.
    case integer(Int)
    /// `true` or `false`.
    case boolean(Bool)
    /// Where a service is reached.
    case serviceURL(ServiceURL)
    /// A length of time.
    case duration(Duration)
}

/// The values of an adapter's settings, validated against their declaration, defaults filled in.
public struct SettingsValues: Sendable, Hashable {
    let values: [String: SettingValue]

    /// Values by the names of their settings.
    public init(_ values: [String: SettingValue]) { self.values = values }

    /// The value of a setting; `nil` where there is none.
    public subscript(_ setting: Setting) -> SettingValue? { values[setting.name] }

    /// The text of a setting of kind `string`, `pattern`, `choice` or `path`.
    public func string(_ setting: Setting) -> String? {
        if case .string(let value) = self[setting] { value } else { nil }
    }

    /// The credential of a setting of kind `secret`.
    public func secret(_ setting: Setting) -> Secret? {
        if case .secret(let value) = self[setting] { value } else { nil }
    }

    /// The number of a setting of kind `integer`.
    public func integer(_ setting: Setting) -> Int? {
        if case .integer(let value) = self[setting] { value } else { nil }
    }

    /// The value of a setting of kind `boolean`.
    public func boolean(_ setting: Setting) -> Bool? {
        if case .boolean(let value) = self[setting] { value } else { nil }
    }

    /// The address of a setting of kind `serviceURL`.
    public func serviceURL(_ setting: Setting) -> ServiceURL? {
        if case .serviceURL(let value) = self[setting] { value } else { nil }
    }

    /// The length of time of a setting of kind `duration` or `durationWithin`.
    public func duration(_ setting: Setting) -> Duration? {
        if case .duration(let value) = self[setting] { value } else { nil }
    }

    /// The choice of a setting of kind `choice`, as the enumeration whose raw values were declared.
    public func choice<Choice: RawRepresentable>(_ setting: Setting, as type: Choice.Type = Choice.self) -> Choice?
    where Choice.RawValue == String {
        string(setting).flatMap(Choice.init(rawValue:))
    }
}
