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

    static let directory = Setting("directory", .serviceURL(.root), isRequired: true, "The directory of the server.")
    static let contact = Setting("contact", .string, "The mail addresses of the account, separated by commas.")
    static let termsAgreed = Setting(
        "terms_agreed", .boolean, default: "false",
        "Whether you agree to the server's terms of service. Without that nothing is registered where there are any."
    )
    static let externalKeyID = Setting(
        "eab_key_id", .string, "The key id of the external account, where one is needed.")
    static let externalKey = Setting("eab_hmac_key", .secret, "The HMAC key of eab_key_id, in base64url as handed out.")
    static let accountKey = Setting(
        "account_key", .secret,
        "The private key of the account, PEM: EC P-256 or P-384, or RSA. Otherwise one is made and kept in state."
    )
    static let state = Setting(
        "state", .path,
        "The folder of the account's key and of the orders that are under way; by default certhost/acme/ID under "
            + "XDG_STATE_HOME, else under ~/.local/state. Without it the account is lost."
    )
    static let challenge = Setting(
        "challenge", .choice(ACME.ChallengeType.allCases.map(\.rawValue)), default: ACME.ChallengeType.http.rawValue,
        "How the control of domains is proven. Names with a wildcard are proven by dns-01 in any case."
    )
    static let hookCommand = Setting(
        "hook_command", .path,
        "A program that publishes what proves a domain, and takes it away again."
    )
    static let webRoot = Setting(
        "http_directory", .path,
        "The root of the web server of all domains, where http-01 is published."
    )
    static let preferredChain = Setting(
        "preferred_chain", .string, "Of several chains, the issuer's common name of the topmost certificate."
    )
    static let authorizationTimeout = Setting(
        "authorization_timeout", .durationWithin(.seconds(1)...(.seconds(86_400))), default: "5m",
        "How long the server may take to decide about what was published, before that is an error."
    )

    static let declaration = SettingsDeclaration(
        [
            directory, contact, termsAgreed, externalKeyID, externalKey, accountKey, state, challenge, hookCommand,
            webRoot,
            preferredChain, authorizationTimeout,
        ], rules: [problems]
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
        externalAccount = try values.secret(Self.externalKey).map { key throws(CertificateError) in
            try ExternalAccount(keyID: values.string(Self.externalKeyID) ?? "", key: key)
        }
        accountKey = try values.secret(Self.accountKey).map { key throws(CertificateError) in
            try JWSKey(pem: key, orThrow: .invalidConfiguration, "account_key")
        }
        secrets = [Self.externalKey, Self.accountKey].compactMap(values.secret)
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

    /// An external account is a key id and a key; the folder of a web server proves nothing in DNS.
    @Sendable private static func problems(_ values: SettingsValues) -> [SettingProblem] {
        var problems: [SettingProblem] = []
        let hasID = values.string(externalKeyID) != nil
        if hasID != (values.secret(externalKey) != nil) {
            let (there, missing) = hasID ? (externalKeyID, externalKey) : (externalKey, externalKeyID)
            problems.append(.init(setting: there.name, message: "An external account needs \(missing.name) too."))
        }
        if values.choice(challenge) == ACME.ChallengeType.dns, values.string(webRoot) != nil {
            problems.append(
                .init(setting: webRoot.name, message: "dns-01 isn't published by a web server; hook_command can."))
        }
        return problems
    }
}
