internal import CertProtocol
internal import FoundationEssentials

/// Filters that a provider may hand on to its authority.
extension Trial {
    func tryFilters() async throws {
        try requireDeclared(.listCertificates)
        let all = try await walk(Self.certificates(CertificateFilter())).rows.compactMap(\.certificate)
        guard let some = all.first else {
            throw lacking("The list is empty. Describe an authority that has certificates.")
        }
        // Whole seconds, as an authority's parameter may have them.
        let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
        var filters: [(String, CertificateFilter, (Certificate) -> Bool)] = []
        for status in Set(all.map(\.status)) {
            if case .unknown = status { continue }
            filters.append(
                ("the status \(status.name)", CertificateFilter(statuses: [status], now: now), { $0.status == status }))
        }
        if let name = some.commonName, !name.contains("*"), name.utf8.allSatisfy({ $0 < 0x80 }) {
            filters.append(
                (
                    "the name \(name)", CertificateFilter(domain: name, now: now),
                    { $0.names.contains(name.lowercased()) }
                ))
        }
        let ends = all.filter { $0.status != .expired }.compactMap { $0.notAfter?.startInUTC }.filter { $0 > now }
        if let last = ends.max() {
            filters.append(
                (
                    "an end by \(last.formatted(.iso8601))", CertificateFilter(expiringBy: last, now: now),
                    {
                        $0.status != .expired
                            && $0.notAfter.map { $0.startInUTC > now && $0.startInUTC <= last } ?? false
                    }
                ))
        }
        for (name, filter, isWanted) in filters {
            let shown = try await walk(Self.certificates(filter)).rows.compactMap(\.certificate).map(\.identity)
            let lost = Set(all.filter(isWanted).map(\.identity)).subtracting(shown)
            guard lost.isEmpty else {
                throw Finding(
                    "\(lost.count) certificates with \(name) are in the list, and not where that is asked for. Hand on to the "
                        + "authority only what it filters exactly so, and leave the rest to the host."
                )
            }
        }
    }

    /// The list under a filter.
    private static func certificates(_ filter: CertificateFilter) -> ListSource {
        ListSource(.listCertificates) { provider, cursor, size, context throws(CertificateError) in
            let request = ListCertificatesRequest(filter: filter, pageSize: size, cursor: cursor)
            return ListedPage(try await provider.listCertificates(request, context: context), ListedRow.init)
        }
    }
}

extension Certificate {
    fileprivate var identity: String { "\(orderID ?? "")/\(certificateID ?? "")" }

    /// Its names in lower case.
    fileprivate var names: [String] { ([commonName].compactMap(\.self) + (dnsNames ?? [])).map { $0.lowercased() } }
}
