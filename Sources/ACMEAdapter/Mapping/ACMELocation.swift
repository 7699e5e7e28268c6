internal import AdapterHTTP
internal import CertProtocol
internal import FoundationEssentials

/// A resource of the server: what follows its origin.
///
/// A server hands out URLs for everything. A request that is signed by the account goes to the origin of the configured
/// directory and nowhere else, so that only what follows it is kept. That is also the id of orders and certificates.
struct ACMELocation: Sendable, Hashable {
    /// Path and query, percent-encoded, without the slash at the start.
    let id: String
    /// The URL, as it is signed and requested.
    let url: String

    /// A URL that the server has handed out.
    ///
    /// - Throws: `malformed_response` where it leads elsewhere, naming the host.
    init(_ text: String, at origin: ServiceURL) throws(CertificateError) {
        // What is relative to the origin stays there.
        let text = text.hasPrefix("/") && !text.hasPrefix("//") ? "\(origin)\(text)" : text
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(), let host = parts.host,
            parts.user == nil, parts.password == nil, scheme == origin.scheme, host.lowercased() == origin.host,
            Self.port(parts.port, scheme) == origin.port
        else {
            let host = URLComponents(string: text)?.host ?? "nowhere"
            throw CertificateError(
                .malformedResponse,
                "The server at \(origin.authority) refers to \(host.prefix(100)); nothing is sent there, since what the "
                    + "account signs goes to the directory's own origin only."
            )
        }
        let query = parts.percentEncodedQuery.map { "?\($0)" } ?? ""
        self.init(pathAndQuery: String(parts.percentEncodedPath.drop { $0 == "/" }) + query, at: origin)
    }

    /// A resource by the id that somebody gave.
    ///
    /// - Throws: `invalid_request` for what can't be one.
    init(id: String, at origin: ServiceURL) throws(CertificateError) {
        let path = id.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
        guard !id.isEmpty, !id.hasPrefix("/"), !path.contains("."), !path.contains(".."),
            id.utf8.allSatisfy({ Self.allowed.contains($0) }),
            let whole = URLComponents(string: "\(origin)/\(id)"), whole.host?.lowercased() == origin.host
        else {
            throw .unsent("“\(id)” is no id of this server: it is what follows the server's name in a URL.")
        }
        self.init(pathAndQuery: id, at: origin)
    }

    private init(pathAndQuery: String, at origin: ServiceURL) {
        id = pathAndQuery
        url = "\(origin)/\(pathAndQuery)"
    }

    /// How it is requested. Servers choose their paths as they like, so that logs show what it is instead.
    func target(_ resource: String) -> RequestTarget { RequestTarget(verbatim: "/\(id)", template: resource) }

    fileprivate static func port(_ port: Int?, _ scheme: String) -> Int { port ?? (scheme == "https" ? 443 : 80) }

    /// What a path and a query consist of (RFC 3986, section 3.3 and 3.4).
    private static let allowed = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?%".utf8)
}

extension ServiceURL {
    /// The port, the scheme's own where none is written.
    fileprivate var port: Int {
        ACMELocation.port(authority.dropFirst(host.count).split(separator: ":").last.flatMap { Int($0) }, scheme)
    }
}

extension CertificateError {
    /// An error about a request that wasn't sent.
    static func unsent(_ reason: String) -> CertificateError {
        CertificateError(.invalidRequest, "Nothing was sent: \(reason)")
    }
}
