internal import CertProtocol
internal import FoundationEssentials

/// A condition that DigiCert applies itself (“List orders”, filters).
///
/// A condition is pushed down only where no wanted row can be lost by it; the host applies all of them again. Conditions on
/// different fields are joined by *and*, and so are those of a ``CertificateFilter``.
struct OrderFilter: Sendable, Hashable {
    /// The name of the query item.
    let name: String
    /// Its value.
    let value: String

    /// What can be pushed down of a filter.
    static func pushedDown(_ filter: CertificateFilter) -> [OrderFilter] {
        domain(filter.domain) + statuses(filter.statuses) + expiry(filter)
    }

    /// A name without a wildcard. DigiCert compares with the common name and the additional names.
    private static func domain(_ pattern: String?) -> [OrderFilter] {
        guard let name = pattern?.lowercased(), !name.isEmpty, !name.hasSuffix("."),
            // Of a name in another script nobody knows in which of its two spellings DigiCert keeps it.
            !name.contains("xn--"),
            name.utf8.allSatisfy({ "abcdefghijklmnopqrstuvwxyz0123456789-._".utf8.contains($0) })
        else { return [] }
        return [OrderFilter(name: "filters[domain_name]", value: name)]
    }

    /// Statuses, where each one is exactly one of DigiCert's. Rows of the list carry no status but their order's.
    ///
    /// The others can't be pushed down: `pending` is also `processing` and `needs_csr`, `rejected` also `denied`, `issued`
    /// also `approved`, `pending_approval` is `needs_approval`, and none of these can be filtered by; `expired` orders are
    /// found under `issued` as well as under their own name, which can't be filtered by either.
    private static func statuses(_ wanted: Set<CertificateStatus>) -> [OrderFilter] {
        let words = wanted.map { status -> String? in
            switch status {
            case .canceled: "canceled"
            case .revoked: "revoked"
            case .reissuePending: "reissue_pending"
            default: nil
            }
        }
        guard !words.contains(nil) else { return [] }
        let sorted = words.compactMap(\.self).sorted()
        if sorted.count == 1 { return [OrderFilter(name: "filters[status]", value: sorted[0])] }
        return sorted.enumerated().map { OrderFilter(name: "filters[status][\($0.offset)]", value: $0.element) }
    }

    /// An upper bound of the last day. DigiCert's days are of a zone that nobody documents, so there is a day's margin, and
    /// `<` leaves its own day out.
    private static func expiry(_ filter: CertificateFilter) -> [OrderFilter] {
        // With `isExpired` rows of either kind are wanted, and there is no *or*.
        guard let end = filter.expiringBy, !filter.isExpired,
            // Years of four digits, the margin included.
            (0..<253_402_000_000).contains(end.timeIntervalSince1970)
        else { return [] }
        let bound = CalendarDay(end.addingTimeInterval(2 * 86_400))
        return [OrderFilter(name: "filters[valid_till]", value: "<\(bound)")]
    }
}
