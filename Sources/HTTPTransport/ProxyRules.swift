internal import AdapterHTTP
internal import CertProtocol
internal import FoundationEssentials
internal import HTTPTypes

/// Which requests go through the proxy: https ones, unless the host is this machine or `NO_PROXY` names it.
struct ProxyRules: Sendable {
    let proxy: (host: String, port: Int)?
    private let exceptions: [String]

    init(_ network: NetworkOptions, environment: [String: String]) throws(TransportFailure) {
        func variable(_ name: String) -> String? {
            let value = environment[name] ?? environment[name.lowercased()]
            return value.flatMap { $0.isEmpty ? nil : $0 }
        }
        exceptions = (variable("NO_PROXY") ?? "").split(separator: ",").map { entry in
            let name = entry.filter { $0 != " " }.lowercased()
            return name == "*" ? name : String(name.trimmingPrefix { $0 == "." || $0 == "*" })
        }
        guard let text = network.proxy ?? variable("HTTPS_PROXY") else {
            proxy = nil
            return
        }
        let address = text.contains("://") ? text : "http://" + text
        guard let parts = URLComponents(string: address), let host = parts.host, !host.isEmpty, parts.scheme == "http"
        else {
            // The text isn't repeated: it may hold a password.
            throw TransportFailure(.configuration, "The proxy is not an address of the form http://host:port.")
        }
        guard parts.user == nil, parts.password == nil else {
            throw TransportFailure(.configuration, "A proxy that wants a password is not supported.")
        }
        let port = parts.port ?? 3128
        guard (1...65535).contains(port) else {
            throw TransportFailure(.configuration, "The port of the proxy is not between 1 and 65535.")
        }
        proxy = (host, port)
    }

    func applies(to head: HTTPRequest) -> Bool {
        guard proxy != nil, head.scheme == "https", let authority = head.authority,
            let url = try? ServiceURL("https://\(authority)"), !url.isLoopback
        else { return false }
        return !exceptions.contains { exception in
            exception == "*" || (!exception.isEmpty && (url.host == exception || url.host.hasSuffix("." + exception)))
        }
    }
}
