internal import AdapterSystem
internal import CertProtocol

/// The settings of an account at an ACME server, declared once.
struct ACMESettings: Sendable {
    let directory: ServiceURL
    let contacts: [String]
    let areTermsAgreed: Bool
    let externalAccount: ExternalAccount?
    let accountKey: JWSKey?
    let secrets: [Secret]
    let stateFolder: String
    let challenge: ACME.ChallengeType
    let hookCommand: String?
    let webRoot: String?
    let preferredChain: String?
    let authorizationTimeout: Duration

    static let directory = Setting(
        "directory", .serviceURL(.root), isRequired: true, "The directory of the server, such as its page names it."
    )
    static let contact = Setting(
        "contact", .string, "The mail addresses that the account is registered with, separated by commas."
    )
    static let termsAgreed = Setting(
        "terms_agreed", .boolean, default: "false",
        "Whether you agree to the server's terms of service. Without that nothing is registered where there are any."
    )
    static let externalKeyID = Setting(
        "eab_key_id", .string, "The key id of the external account, where the server binds accounts to one."
    )
    static let externalKey = Setting(
        "eab_hmac_key", .secret, "The HMAC key that belongs to eab_key_id, in base64url as it was handed out."
    )
    static let accountKey = Setting(
        "account_key", .secret,
        "The private key of the account, PEM: EC P-256 or P-384, or RSA. Otherwise one is made and kept in state."
    )
    static let state = Setting(
        "state", .pattern(absolutePath),
        "The folder of the account's key and of the orders that are under way; by default certhost/acme/ID under "
            + "XDG_STATE_HOME, else under ~/.local/state. Without it the account is lost."
    )
    static let challenge = Setting(
        "challenge", .choice(ACME.ChallengeType.allCases.map(\.rawValue)), default: ACME.ChallengeType.http.rawValue,
        "How the control of domains is proven. Names with a wildcard are proven by dns-01 in any case."
    )
    static let hookCommand = Setting(
        "hook_command", .pattern(absolutePath),
        "A program that publishes what proves the control of a domain, and takes it away again."
    )
    static let webRoot = Setting(
        "http_directory", .pattern(absolutePath),
        "The root folder of the web server of all domains, into which http-01 is published."
    )
    static let preferredChain = Setting(
        "preferred_chain", .string,
        "The common name of the issuer of a chain's topmost certificate: which one is taken where there are several."
    )
    static let authorizationTimeout = Setting(
        "authorization_timeout", .durationWithin(.seconds(1)...(.seconds(86_400))), default: "5m",
        "How long the server may take to decide about what was published, before that is an error."
    )

    private static let absolutePath = SettingPattern("/.+", "an absolute path", example: "/var/lib/certhost/acme")

    static let declaration = SettingsDeclaration(
        [
            directory, contact, termsAgreed, externalKeyID, externalKey, accountKey, state, challenge, hookCommand,
            webRoot,
            preferredChain, authorizationTimeout,
        ],
        rules: [externalAccountProblems, publicationProblems]
    )

    /// Reads validated values.
    ///
    /// - Throws: `invalid_configuration` for a key that is none, and where nobody says where state is to be kept.
    init(_ values: SettingsValues, providerID: String) throws(CertificateError) {
        for problem in Self.declaration.rules.flatMap({ $0(values) }) {
            throw CertificateError(.invalidConfiguration, "\(problem.setting): \(problem.message)")
        }
        guard let directory = values.serviceURL(Self.directory) else {
            throw CertificateError(.invalidConfiguration, "directory is required.")
        }
        self.directory = directory
        contacts = (values.string(Self.contact) ?? "").split { ", \t\n".contains($0) }
            .map { $0.contains(":") ? String($0) : "mailto:\($0)" }
        areTermsAgreed = values.boolean(Self.termsAgreed) ?? false
        if let id = values.string(Self.externalKeyID), let key = values.secret(Self.externalKey) {
            externalAccount = try ExternalAccount(keyID: id, key: key)
        } else {
            externalAccount = nil
        }
        secrets = [Self.externalKey, Self.accountKey].compactMap(values.secret)
        if let text = values.secret(Self.accountKey) {
            guard let key = JWSKey(pem: text) else {
                throw CertificateError(
                    .invalidConfiguration,
                    "account_key is no private key in PEM that is EC P-256, EC P-384 or RSA, unencrypted."
                )
            }
            accountKey = key
        } else {
            accountKey = nil
        }
        guard let folder = values.string(Self.state) ?? PrivateFile.stateFolder("certhost/acme/\(providerID)") else {
            throw CertificateError(.invalidConfiguration, "There is no home folder to keep state in: set state.")
        }
        stateFolder = folder
        challenge = values.choice(Self.challenge) ?? .http
        hookCommand = values.string(Self.hookCommand)
        webRoot = values.string(Self.webRoot)
        preferredChain = values.string(Self.preferredChain)
        authorizationTimeout = values.duration(Self.authorizationTimeout) ?? .seconds(300)
    }

    /// An external account is a key id and a key, both or neither.
    @Sendable private static func externalAccountProblems(_ values: SettingsValues) -> [SettingProblem] {
        let hasID = values.string(externalKeyID) != nil
        guard hasID != (values.secret(externalKey) != nil) else { return [] }
        let (there, missing) = hasID ? (externalKeyID, externalKey) : (externalKey, externalKeyID)
        return [SettingProblem(setting: there.name, message: "An external account needs \(missing.name) too.")]
    }

    /// A folder of a web server publishes nothing in DNS.
    @Sendable private static func publicationProblems(_ values: SettingsValues) -> [SettingProblem] {
        guard values.choice(challenge) == ACME.ChallengeType.dns, values.string(webRoot) != nil else { return [] }
        return [
            SettingProblem(
                setting: webRoot.name, message: "A web server's folder proves nothing by dns-01; hook_command can.",
                allowed: []
            )
        ]
    }
}
