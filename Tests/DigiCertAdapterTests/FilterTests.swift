import CertProtocol
import DigiCertAdapter
import Foundation
import Testing

/// What DigiCert is asked to filter by itself: only what can lose no wanted row.
struct FilterTests {
    private func query(_ filter: CertificateFilter) async throws -> String {
        let transport = RecordingTransport(orders([], total: 0, limit: 1000))
        _ = try await makeProvider(transport).listCertificates(
            ListCertificatesRequest(filter: filter), context: context
        )
        let start = "/services/v2/order/certificate?limit=1000&offset=0&sort=order_id"
        let path = try #require(transport.paths.first)
        #expect(path.hasPrefix(start))
        return String(path.dropFirst(start.count))
    }

    @Test(
        "a whole name is asked for, a pattern or a name with two spellings is not",
        arguments: [
            ("example.com", "&filters%5Bdomain_name%5D=example.com"),
            ("WWW.Example.com", "&filters%5Bdomain_name%5D=www.example.com"), ("*.example.com", ""), ("", ""),
            ("müller.example", ""), ("xn--mller-kva.example", ""), ("example.com.", ""), ("a b", ""),
        ]
    )
    func domain(pattern: String, expected: String) async throws {
        #expect(try await query(CertificateFilter(domain: pattern)) == expected)
    }

    @Test(
        "statuses are asked for where each is one word of DigiCert's",
        arguments: [
            ([.canceled], "&filters%5Bstatus%5D=canceled"), ([.revoked], "&filters%5Bstatus%5D=revoked"),
            (
                [.revoked, .canceled, .reissuePending],
                "&filters%5Bstatus%5D%5B0%5D=canceled&filters%5Bstatus%5D%5B1%5D=reissue_pending"
                    + "&filters%5Bstatus%5D%5B2%5D=revoked"
            ),
            ([], ""), ([.issued], ""), ([.pending], ""), ([.expired], ""), ([.rejected], ""),
            ([.revoked, .issued], ""), ([.unknown("")], ""),
        ] as [(Set<CertificateStatus>, String)]
    )
    func statuses(wanted: Set<CertificateStatus>, expected: String) async throws {
        #expect(try await query(CertificateFilter(statuses: wanted)) == expected)
    }

    @Test(
        "an end is asked for with a day's margin, unless ended certificates are wanted too",
        arguments: [
            ("2026-01-31T00:00:00Z", false, "&filters%5Bvalid_till%5D=%3C2026-02-02"),
            ("2026-01-31T23:59:59Z", false, "&filters%5Bvalid_till%5D=%3C2026-02-02"),
            ("2026-12-30T12:00:00Z", false, "&filters%5Bvalid_till%5D=%3C2027-01-01"),
            ("2026-01-31T00:00:00Z", true, ""),
        ]
    )
    func expiry(end: String, isExpired: Bool, expected: String) async throws {
        let date = try Date.ISO8601FormatStyle().parse(end)
        #expect(try await query(CertificateFilter(expiringBy: date, isExpired: isExpired)) == expected)
    }

    @Test(
        "an end that no calendar has is not asked for",
        arguments: [Date.distantFuture.addingTimeInterval(1e15), .distantPast])
    func absurdExpiry(end: Date) async throws {
        #expect(try await query(CertificateFilter(expiringBy: end)) == "")
    }

    @Test("conditions on different fields are asked for together")
    func combined() async throws {
        let filter = CertificateFilter(statuses: [.revoked], domain: "a.example")
        #expect(try await query(filter) == "&filters%5Bdomain_name%5D=a.example&filters%5Bstatus%5D=revoked")
    }
}
