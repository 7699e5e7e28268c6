/// One of the separate clouds. The sandbox tells them apart by the key, since it has one address.
enum NCPZone: String, CaseIterable, Sendable {
    case `public`
    case government = "gov"
    case financial = "fin"

    /// Whether the zone has that path: API 2.0 is the public zone's alone, private issuance the government's.
    func has(_ path: String) -> Bool {
        if path.hasPrefix("/api/v2/") { return self == .public }
        return self == .government || !path.hasSuffix("/issuePrivate")
    }
}
