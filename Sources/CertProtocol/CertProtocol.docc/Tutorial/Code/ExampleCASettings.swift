internal import CertProtocol

/// What a provider is configured with.
///
/// The declaration is all that there is to say about a setting: the host checks the file against it, and the tables of the
/// documentation, the editor's schema and `certhost config check` come from it.
struct ExampleCASettings: Decodable, Sendable {
    static let declaration = SettingsDeclaration([
        Setting("token", .secret, isRequired: true, "An API token of the account. One that may only read will do."),
        Setting("base_url", .serviceURL(.root), isRequired: true, "The root of the API, with its version."),
    ])

    /// The credential, `token`.
    @Credential var token: Secret
    /// Where the API is reached, `base_url`.
    let baseURL: ServiceURL
}
