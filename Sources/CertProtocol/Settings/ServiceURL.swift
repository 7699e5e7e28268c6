internal import FoundationEssentials

/// Where a service is reached: scheme, authority and the path that its endpoints hang under.
public struct ServiceURL: Sendable, Hashable, CustomStringConvertible {
    /// What may follow the authority.
    @nonexhaustive
    public enum Shape: Sendable, Hashable {
        /// Nothing: `https://host:port`.
        case origin
        /// A path: `https://host:port/root`.
        case root
    }

    /// `https`, or `http` on loopback.
    public let scheme: String
    /// The host and, where it isn't the scheme's own, the port.
    public let authority: String
    /// The host.
    public let host: String
    /// The path, without a slash at its end; empty at the root.
    public let path: String

    /// The scheme, the authority and the path.
    public var description: String { "\(scheme)://\(authority)\(path)" }

    /// The same without its path.
    public var origin: ServiceURL { ServiceURL(scheme: scheme, authority: authority, host: host) }

    /// Whether the host is this machine.
    public var isLoopback: Bool { Self.isLoopback(host) }

    /// Reads an address.
    ///
    /// - Parameters:
    ///   - text: an absolute URL. A slash at its end is ignored.
    ///   - shape: what may follow the authority.
    /// - Throws: ``ServiceURLProblem`` for anything that a credential must not be sent to.
    public init(_ text: String, shape: Shape = .root) throws(ServiceURLProblem) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.host?.lowercased(), !host.isEmpty
        else { throw ServiceURLProblem("is not an absolute URL") }
        guard parts.port.map({ (1...65535).contains($0) }) ?? true else {
            throw ServiceURLProblem("must have a port between 1 and 65535")
        }
        guard parts.user == nil, parts.password == nil else { throw ServiceURLProblem("must not name a user") }
        guard parts.query == nil, parts.fragment == nil else {
            throw ServiceURLProblem("must not have a query or a fragment")
        }
        guard scheme == "https" || scheme == "http" else { throw ServiceURLProblem("must start with https://") }
        guard scheme == "https" || Self.isLoopback(host) else {
            throw ServiceURLProblem("must start with https://; plain http is accepted for loopback only")
        }
        var path = parts.percentEncodedPath
        while path.hasSuffix("/") { path.removeLast() }
        guard shape == .root || path.isEmpty else { throw ServiceURLProblem("must not have a path") }
        self.scheme = scheme
        self.host = host
        self.path = path
        authority = parts.port.map { "\(host):\($0)" } ?? host
    }

    private init(scheme: String, authority: String, host: String) {
        (self.scheme, self.authority, self.host, path) = (scheme, authority, host, "")
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "[::1]" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

/// Why a text is no address of a service.
public struct ServiceURLProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, as the rest of a sentence that starts with the setting.
    public let description: String

    init(_ description: String) { self.description = description }
}
