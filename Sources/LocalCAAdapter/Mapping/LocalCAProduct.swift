internal import CertProtocol
internal import X509

/// What a local authority issues. Nothing has a price.
enum LocalCAProduct: String, CaseIterable {
    /// For TLS servers.
    case server
    /// For TLS clients.
    case client
    /// For programs that are both to one another.
    case peer

    /// The product of that name.
    init(named name: String) throws(CertProtocol.CertificateError) {
        guard let product = Self(rawValue: name) else {
            throw .refused(
                "unknown_product",
                "The local CA has no product “\(name)”, only \(Self.allCases.map(\.rawValue).joined(separator: ", ")); a route can "
                    + "name one: {provider: …, product: server}."
            )
        }
        self = product
    }

    var title: String {
        switch self {
        case .server: "TLS server certificate"
        case .client: "TLS client certificate"
        case .peer: "TLS server and client certificate"
        }
    }

    var usages: [ExtendedKeyUsage.Usage] {
        switch self {
        case .server: [.serverAuth]
        case .client: [.clientAuth]
        case .peer: [.serverAuth, .clientAuth]
        }
    }
}
