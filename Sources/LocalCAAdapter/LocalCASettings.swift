internal import CertProtocol

/// The settings of a local authority, declared once.
struct LocalCASettings: Sendable {
    /// The absolute path of the folder.
    let directory: String
    /// The names that certificates are issued for.
    let names: PermittedNames
    let longestValidity: Duration
    let defaultValidity: Duration

    static let directory = Setting(
        "directory", .path, isRequired: true,
        "The folder of the authority: its keys, its orders, and root.pem, the certificate to trust. Made on the first order."
    )
    static let names = Setting(
        "names", .pattern(PermittedNames.pattern),
        default:
            "localhost, *.localhost, *.test, *.example, *.internal, *.local, *.home.arpa, example.com, *.example.com",
        "The names that it issues for, separated by commas; `*.test` stands for every name below test."
    )
    static let longestValidity = Setting(
        "longest_validity", .durationWithin(.seconds(120)...mostValidity), default: "200d",
        "How long a certificate may be valid at most."
    )
    static let defaultValidity = Setting(
        "default_validity", .durationWithin(.seconds(120)...mostValidity), default: "90d",
        "How long a certificate is valid where the order doesn't say."
    )

    // Two minutes at least, since certificates begin one before they are made.
    /// Beyond it Apple's systems trust no server certificate, whoever signed it (support.apple.com/103769).
    private static let mostValidity = Duration.seconds(825 * 86_400)

    static let declaration = SettingsDeclaration(
        [directory, names, longestValidity, defaultValidity],
        rules: [{ values in validityProblem(values).map { [$0] } ?? [] }]
    )

    /// Reads validated values.
    ///
    /// - Throws: `invalid_configuration` where they break the declaration after all.
    init(_ values: SettingsValues) throws(CertificateError) {
        guard let directory = values.string(Self.directory), directory.hasPrefix("/") else {
            throw CertificateError(.invalidConfiguration, "directory is required, as an absolute path.")
        }
        guard let names = values.string(Self.names) ?? Self.names.defaultText, PermittedNames.pattern.matches(names)
        else {
            throw CertificateError(.invalidConfiguration, "names is not a list such as *.test, localhost.")
        }
        if let problem = Self.validityProblem(values) {
            throw CertificateError(.invalidConfiguration, problem.message)
        }
        self.directory = directory
        self.names = PermittedNames(names)
        longestValidity = Self.duration(Self.longestValidity, values)
        defaultValidity = Self.duration(Self.defaultValidity, values)
    }

    private static func duration(_ setting: Setting, _ values: SettingsValues) -> Duration {
        values.duration(setting) ?? setting.defaultText.flatMap { Duration(text: $0) } ?? .zero
    }

    private static func validityProblem(_ values: SettingsValues) -> SettingProblem? {
        let (longest, usual) = (duration(longestValidity, values), duration(defaultValidity, values))
        guard usual > longest else { return nil }
        let isWritten = values.duration(defaultValidity).map { $0.text != defaultValidity.defaultText } ?? false
        return SettingProblem(
            setting: isWritten ? defaultValidity.name : longestValidity.name,
            message: "default_validity (\(usual.text)) is longer than longest_validity (\(longest.text))."
        )
    }
}
