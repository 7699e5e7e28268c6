internal import CertProtocol

/// The settings of an account at NAVER Cloud Platform, declared once.
struct NCPSettings: Sendable {
    /// One of three separate clouds. Hosts: the API overview pages of api.ncloud-docs.com, api-gov.ncloud-docs.com and
    /// api-fin.ncloud-docs.com.
    enum Zone: String, CaseIterable {
        case `public`
        case government = "gov"
        case financial = "fin"

        var origin: String {
            switch self {
            case .public: "https://certificatemanager.apigw.ntruss.com"
            case .government: "https://certificatemanager.apigw.gov-ntruss.com"
            case .financial: "https://certificatemanager.apigw.fin-ntruss.com"
            }
        }

        /// The versions offered, the default first. The government's and the financial zone's guides list v1 only.
        var versions: [APIVersion] { self == .public ? [.v2, .v1] : [.v1] }
    }

    /// A version of the API.
    enum APIVersion: String, CaseIterable {
        case v1, v2
    }

    let credential: NCPCredential
    let zone: Zone
    let api: APIVersion
    let privateAuthority: String?
    let root: ServiceURL

    static let accessKey = Setting(
        "access_key", .secret, isRequired: true, "The access key id of an API authentication key."
    )
    static let secretKey = Setting(
        "secret_key", .secret, isRequired: true, "The secret key that belongs to access_key.")
    static let zone = Setting(
        "zone", .choice(Zone.allCases.map(\.rawValue)), default: Zone.public.rawValue,
        "Which of the separate clouds holds the account: public, government or financial."
    )
    static let api = Setting(
        "api", .choice(APIVersion.allCases.map(\.rawValue)),
        "The version of the API. v2 is the default in the public zone and exists only there; v1 is the default elsewhere. "
            + "The key of a sub-account can use v1 only."
    )
    static let baseURL = Setting(
        "base_url", .serviceURL(.origin), "The origin to reach instead of the zone's own; paths start at /api/."
    )

    static let privateAuthority = Setting(
        "ca_tag", .string, "The tag of the account's private certificate authority that signs, in the government zone."
    )

    static let declaration = SettingsDeclaration(
        [accessKey, secretKey, zone, api, privateAuthority, baseURL],
        rules: [{ values in versionProblem(values).map { [$0] } ?? [] }]
    )

    /// Reads validated values.
    ///
    /// - Throws: `invalid_configuration` where they break the declaration after all.
    init(_ values: SettingsValues) throws(CertificateError) {
        guard let accessKey = values.secret(Self.accessKey), let secretKey = values.secret(Self.secretKey) else {
            throw CertificateError(.invalidConfiguration, "access_key and secret_key are required.")
        }
        if let problem = Self.versionProblem(values) {
            throw CertificateError(.invalidConfiguration, problem.message)
        }
        zone = Self.zone(values)
        privateAuthority = values.string(Self.privateAuthority)
        credential = NCPCredential(accessKey: accessKey, secretKey: secretKey)
        api = values.choice(Self.api) ?? zone.versions[0]
        do {
            root = try values.serviceURL(Self.baseURL) ?? ServiceURL(zone.origin, shape: .origin)
        } catch {
            throw CertificateError(.invalidConfiguration, "base_url \(error).")
        }
    }

    private static func zone(_ values: SettingsValues) -> Zone { values.choice(zone) ?? .public }

    private static func versionProblem(_ values: SettingsValues) -> SettingProblem? {
        let zone = zone(values)
        guard let version = values.choice(api, as: APIVersion.self), !zone.versions.contains(version) else {
            return nil
        }
        return SettingProblem(
            setting: api.name,
            message: "The \(zone.rawValue) zone offers no \(version.rawValue).",
            allowed: zone.versions.map(\.rawValue)
        )
    }
}
