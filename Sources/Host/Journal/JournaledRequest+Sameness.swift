internal import CertProtocol
internal import FoundationEssentials

/// Which requests are the same, and which may be the same order.
extension JournaledRequest {
    /// Whether both ask for the same: names compare as lower-case A-labels in any order, and the line ends of a signing request
    /// don't count.
    func asksTheSame(as other: JournaledRequest) -> Bool { canonical == other.canonical }

    /// Names as lower-case A-labels, each once, sorted, the common name among them.
    var names: [String] {
        guard let contents else { return [] }
        return Set(([contents.commonName] + contents.dnsNames).map(Self.label)).sorted()
    }

    /// What two requests have in common that may be the same order.
    var subject: String {
        var parts = [operation.rawValue, orderID ?? ""]
        if case .import(let request) = self { parts.append(request.name) } else { parts += names }
        return parts.joined(separator: "\n")
    }

    /// Which earlier calls keep this one from being sent, where the caller gave no key and doesn't insist.
    var duplicateRule: DuplicateRule {
        switch self {
        case .issue, .renew, .extend: .ordersOnce
        // One certificate for each key pair is what these are for: the same names again are no mistake, unless the signing
        // request is the same too.
        case .reissue, .duplicate: .ordersOnceForEachKey
        // It may be imported, deleted and imported again on one day.
        case .import: .onlyUnresolved
        // Carried out twice they do nothing more than once; a revocation in haste is held up by nothing.
        case .revoke, .cancel, .delete, .autoRenewal, .domainValidationChange, .approval: .none
        }
    }

    private var canonical: JournaledRequest {
        var copy = self
        if var contents {
            contents.signingRequest = Self.trimmed(contents.signingRequest)
            contents.commonName = Self.label(contents.commonName)
            contents.dnsNames = Set(contents.dnsNames.map(Self.label)).sorted()
            copy.contents = contents
        }
        if case .import(var request) = self {
            request.certificatePEM = Self.trimmed(request.certificatePEM)
            request.chainPEM = request.chainPEM.map(Self.trimmed)
            copy = .import(request)
        }
        return copy
    }

    private static func label(_ name: String) -> String { DomainName.normalized(name) ?? name }

    private static func trimmed(_ pem: String) -> String {
        pem.split(whereSeparator: \.isNewline).joined(separator: "\n")
    }
}

/// Which earlier calls keep a new one from being sent.
enum DuplicateRule: Sendable {
    /// Those of the same product, order and names that are unresolved or ordered something lately.
    case ordersOnce
    /// The same; of what was ordered only that with the same signing request.
    case ordersOnceForEachKey
    /// Those that are unresolved.
    case onlyUnresolved
    /// None.
    case none
}
