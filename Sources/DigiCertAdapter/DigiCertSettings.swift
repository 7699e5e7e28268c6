internal import CertProtocol

/// What a provider is configured with.
struct DigiCertSettings: Sendable {
    /// Where an account lives.
    enum Region: String, CaseIterable {
        case us
        case eu

        /// The root of the API (“Services API”, base URLs).
        var root: String {
            switch self {
            case .us: "https://www.digicert.com/services/v2"
            case .eu: "https://certcentral.digicert.eu/services/v2"
            }
        }
    }

    static let apiKeySetting = Setting(
        "api_key", .secret, isRequired: true,
        "An API key of CertCentral (Automation, API keys). It acts as the user it is linked to; a key restricted to "
            + "“View only” can read everything."
    )
    static let regionSetting = Setting(
        "region", .choice(Region.allCases.map(\.rawValue)), default: Region.us.rawValue,
        "The platform that holds the account: eu where the console's title says CertCentral Europe."
    )
    static let baseURLSetting = Setting(
        "base_url", .serviceURL(.root), "The root of the API; overrides region."
    )

    static let declaration = SettingsDeclaration([apiKeySetting, regionSetting, baseURLSetting])

    /// The credential.
    let apiKey: Secret
    /// Where the API is reached.
    let root: ServiceURL

    init(_ values: SettingsValues) throws(CertificateError) {
        guard let apiKey = values.secret(Self.apiKeySetting) else {
            throw CertificateError(.invalidConfiguration, "api_key is missing. Name an API key of CertCentral there.")
        }
        self.apiKey = apiKey
        let region = values.choice(Self.regionSetting, as: Region.self) ?? .us
        do {
            root = try values.serviceURL(Self.baseURLSetting) ?? ServiceURL(region.root)
        } catch {
            throw CertificateError(.invalidConfiguration, "The address of region \(region.rawValue) \(error).")
        }
    }
}
