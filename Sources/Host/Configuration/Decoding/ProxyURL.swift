internal import FoundationEssentials

/// What a proxy's address has to be: an http URL without a path, whatever its host.
enum ProxyURL {
    /// What is wrong with an address, as the rest of a sentence; `nil` where nothing is.
    static func problem(with text: String) -> String? {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.host, !host.isEmpty
        else { return "is not an absolute URL, such as http://proxy.internal:3128" }
        guard scheme == "http" else { return "must start with http://; through it, requests are tunnelled in TLS" }
        guard parts.user == nil, parts.password == nil else { return "must not name a user: that is not supported" }
        guard parts.port.map({ (1...65535).contains($0) }) ?? true else {
            return "must have a port between 1 and 65535"
        }
        guard parts.path.isEmpty || parts.path == "/", parts.query == nil, parts.fragment == nil else {
            return "must not have a path, a query or a fragment"
        }
        return nil
    }
}
