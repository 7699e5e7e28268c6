internal import CertProtocol

/// What can be ordered, by the endpoint that it is ordered at.
enum NCPProduct: Hashable {
    /// Advanced DV and OV, under their `certificateType`.
    case advanced(String)
    /// Cloud Basic.
    case cloudBasic
    /// A certificate of the account's own private authority, under its `certificateType`.
    case privateCA(String)

    /// The name of Cloud Basic, which is ours: the documentation names no `certificateType` for it.
    static let cloudBasicName = "CLOUD_BASIC"
    /// What the private authority of the government zone makes.
    static let privateNames = ["NCP_PRIVATE", "NCP_PRIVATE_SSL"]

    /// The product of that name. Further Advanced ones are taken for what their names say.
    ///
    /// - Throws: `invalid_request` where the zone has none of that name.
    init(_ name: String, zone: NCPSettings.Zone) throws(CertificateError) {
        switch (zone, name) {
        case (.government, _) where Self.privateNames.contains(name): self = .privateCA(name)
        case (.public, Self.cloudBasicName): self = .cloudBasic
        case (.public, _) where name.hasPrefix("NCP_PAID_"): self = .advanced(name)
        default:
            let known = zone == .public ? ["NCP_PAID_DV_01", "NCP_PAID_OV_01", Self.cloudBasicName] : Self.privateNames
            throw .unsent("NAVER Cloud sells \(known.joined(separator: ", ")) here, not “\(name)”.")
        }
    }

    /// The ways to prove the control of a domain, the default first. A private authority wants no proof.
    var validationMethods: [String] {
        switch self {
        case .advanced: ["D", "PD"]
        case .cloudBasic: ["D"]
        case .privateCA: []
        }
    }
}
