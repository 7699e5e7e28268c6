import CertConformance
import Testing

/// The conformance suite, against the sandbox, for each zone and version of the API.
@Suite("NAVER Cloud conforms")
struct NCPConformanceTests {
    /// What can't be tried of NAVER Cloud in any variant: it renews by itself or not at all.
    private static let always: Set = ["extras.renewal-request", "extras.revocation-by-key", "secrecy.logs"]
    /// What v1 of the API doesn't have: orders, revocations, downloads, pages.
    private static let firstVersion: Set = [
        "errors.not-found", "extras.download-formats", "extras.lookups", "extras.page-size",
        "extras.revocation-reasons", "extras.revocation-scopes", "lists.repeated-page", "lists.rows-inserted",
        "lists.rows-removed", "lists.small-pages", "lists.upcoming",
    ]

    private static func notApplicable(_ variant: NCPAuthority.Variant) -> Set<String> {
        switch variant {
        case .publicV2: always
        case .publicV1, .financial: always.union(firstVersion).union(["extras.products-without-request"])
        case .government: always.union(firstVersion)
        }
    }

    private static func conformance(_ variant: NCPAuthority.Variant) -> Conformance {
        Conformance(variant.rawValue) { try await NCPAuthority.describe(variant) }
    }

    private static let ids = conformance(.publicV2).requirements.map(\.id)

    @Test("each requirement of the kit holds", arguments: NCPAuthority.Variant.allCases, ids)
    func conforms(_ variant: NCPAuthority.Variant, _ id: String) async throws {
        let requirement = try #require(Self.conformance(variant)[id])
        if case .notApplicable(let reason) = try await requirement.check() {
            #expect(Self.notApplicable(variant).contains(id), "\(reason)")
        }
    }
}
