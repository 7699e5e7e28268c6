internal import CertProtocol
internal import FoundationEssentials

/// Whether a certificate is one of those that a filter wants.
struct CertificateMatcher: Sendable {
    private let filter: CertificateFilter
    private let domain: Glob?

    init(_ filter: CertificateFilter) {
        self.filter = filter
        domain = filter.domain.map(Glob.init)
    }

    func matches(_ certificate: Certificate) -> Bool {
        matchesStatus(certificate) && matchesDomain(certificate) && matchesExpiry(certificate)
    }

    private func matchesStatus(_ certificate: Certificate) -> Bool {
        guard !filter.statuses.isEmpty else { return true }
        if case .unknown = certificate.status {
            return filter.statuses.contains { if case .unknown = $0 { true } else { false } }
        }
        return filter.statuses.contains(certificate.status)
    }

    private func matchesDomain(_ certificate: Certificate) -> Bool {
        guard let domain else { return true }
        let names = [certificate.commonName].compactMap(\.self) + (certificate.dnsNames ?? [])
        return names.contains { domain.matches(DomainName.normalized($0) ?? $0.lowercased()) }
    }

    private func matchesExpiry(_ certificate: Certificate) -> Bool {
        guard filter.isExpired || filter.expiringBy != nil else { return true }
        let end = certificate.notAfter?.startInUTC
        let hasExpired = certificate.status == .expired || end.map { $0 <= filter.now } ?? false
        if hasExpired { return filter.isExpired }
        guard let limit = filter.expiringBy, let end else { return false }
        return end <= limit
    }
}

/// A pattern in which `*` stands for any run of characters. Everything else compares as lower-case A-labels.
struct Glob: Sendable {
    private let parts: [Substring]

    init(_ pattern: String) {
        // Labels without a star are normalised; those with one can't be, and compare as they are.
        let name = pattern.hasSuffix(".") ? pattern.dropLast() : pattern[...]
        let labels = name.split(separator: ".", omittingEmptySubsequences: false).map { label in
            label.contains("*") ? label.lowercased() : DomainName.normalized(String(label)) ?? label.lowercased()
        }
        parts = labels.joined(separator: ".").split(separator: "*", omittingEmptySubsequences: false)
    }

    func matches(_ text: String) -> Bool {
        guard let first = parts.first, let last = parts.last else { return text.isEmpty }
        guard parts.count > 1 else { return text == first }
        guard text.hasPrefix(first), text.utf8.count >= first.utf8.count + last.utf8.count, text.hasSuffix(last) else {
            return false
        }
        var rest = text.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }
}
