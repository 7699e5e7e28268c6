internal import FoundationEssentials

/// What a proxy's address has to be: an http or https URL without a path, whatever its host.
enum ProxyURL {
    /// What is wrong with an address, as the rest of a sentence; `nil` where nothing is.
    static func problem(with text: String) -> String? {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.host, !host.isEmpty
        else { return "is not an absolute URL, such as http://proxy.internal:3128" }
        guard scheme == "http" || scheme == "https" else { return "must start with http:// or https://" }
        guard parts.path.isEmpty || parts.path == "/", parts.query == nil, parts.fragment == nil else {
            return "must not have a path, a query or a fragment"
        }
        return nil
    }
}
