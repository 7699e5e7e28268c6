internal import CertProtocol

/// The domain of the account that a name of an order lies in, or the name alone where it lies in none.
struct AccountDomain: Sendable {
    /// The name.
    let name: String
    /// The domain, and its JSON.
    var found: (domain: DigiCert.Domain, raw: JSONValue)?

    /// The domain, where its control has to be proven.
    var unproven: DigiCert.Domain? { found.flatMap { $0.domain.needsProof ? $0.domain : nil } }

    /// Whether what is proven for it holds for another name too.
    func covers(_ other: String) -> Bool {
        let own = found.map { $0.domain.name ?? "" } ?? name
        return other == own || other.hasSuffix("." + own)
    }

    /// What proves the control of it.
    ///
    /// - Parameters:
    ///   - order: the order that needs it.
    ///   - status: what a check said, where it found nothing.
    ///   - provider: the id of the provider.
    /// - Returns: the record.
    func validation(order: DigiCert.OrderInfo, status: String? = nil, provider: String) -> DomainValidation {
        if let (domain, raw) = found {
            return DomainValidation(domain, order: String(order.id), status: status, raw: raw, provider: provider)
        }
        var row = DomainValidation(provider: provider, domain: name, raw: JSONValue(.null))
        row.orderID = String(order.id)
        return row
    }

    /// The name and the domains above it, the closest first, but for the last label.
    static func candidates(for name: String) -> [String] {
        let labels = name.split(separator: ".")
        return labels.indices.dropLast().map { labels[$0...].joined(separator: ".") }
    }
}

extension [AccountDomain] {
    /// What proves the control of each.
    func validations(of order: DigiCert.OrderInfo, provider: String) -> [DomainValidation] {
        map { $0.validation(order: order, provider: provider) }
    }
}

extension DigiCert.OrderInfo {
    /// The names that are proven: those with a wildcard stand for what they lie below.
    var provenNames: [String] { names.map { $0.hasPrefix("*.") ? String($0.dropFirst(2)) : $0 } }
}
