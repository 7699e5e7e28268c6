import CertConformance
import CertProtocol
import Foundation
import Synchronization

/// Example CA, as far as its documentation tells, on a port of this machine.
///
/// It checks what the real one checks, so that a test that passes says something about the real one. It misbehaves when the
/// conformance suite asks it to.
final class StubServer: Sendable {
    /// The token that it accepts.
    static let token = "test-token-not-a-secret"
    /// The most rows of a page.
    private static let largestPage = 10

    /// What it holds, and what happened to it.
    private struct State: Sendable {
        var certificates = (1...25).map { StubCertificate(id: 1000 + $0, order: 500 + $0) }
        var canned: [String: String] = [:]
        var fault: AuthorityFault?
        var requests: [String] = []

        mutating func answer(_ request: StubRequest) -> StubAnswer? {
            requests.append(request.target)
            switch fault {
            case .hang: return nil
            case .unavailable: return .failure(503, "maintenance", "Come back later.")
            case .rateLimited:
                var answer = StubAnswer.failure(429, "too_many", "Slow down.")
                answer.headers["Retry-After"] = "\(AuthorityFault.retryAfter.components.seconds)"
                return answer
            case .html:
                return StubAnswer(status: 200, body: "<html>Maintenance</html>", headers: ["Content-Type": "text/html"])
            case .truncated: return StubAnswer(status: 200, body: #"{"certificates":[{"id":10"#)
            default: break
            }
            guard request.headers["authorization"] == "Bearer \(StubServer.token)" else {
                return .failure(401, "unauthorized", "Unknown token.")
            }
            guard let url = URLComponents(string: request.target), request.method == "GET" else {
                return .failure(405, "method", "There is nothing to change here.")
            }
            if let canned = canned[url.path] { return StubAnswer(status: 200, body: canned) }
            if url.path == "/v1/certificates" { return StubAnswer(status: 200, body: page(url.queryItems ?? [])) }
            if url.path.hasPrefix("/v1/orders/"), let id = Int(url.path.dropFirst("/v1/orders/".count)),
                let certificate = certificates.first(where: { $0.order == id })
            {
                return StubAnswer(status: 200, body: certificate.orderText(fault))
            }
            return .failure(404, "not_found", "No such thing.")
        }

        private func page(_ query: [URLQueryItem]) -> String {
            func number(_ name: String) -> Int? { query.first { $0.name == name }?.value.flatMap { Int($0) } }
            let limit = min(number("limit") ?? StubServer.largestPage, StubServer.largestPage)
            let start = fault == .repeatedPage ? 0 : number("after") ?? 0
            let rest = certificates.filter { $0.id > start }
            let rows = rest.prefix(limit).map { $0.text(fault) }.joined(separator: ",")
            return #"{"certificates":[\#(rows)],"has_more":\#(rest.count > limit)}"#
        }
    }

    private final class Shared: Sendable {
        let state = Mutex(State())
    }

    private let shared: Shared
    private let listener: LoopbackListener

    init() throws {
        let shared = Shared()
        self.shared = shared
        listener = try LoopbackListener { request in shared.state.withLock { $0.answer(request) } }
    }

    /// Where the API is.
    var root: String { "http://127.0.0.1:\(listener.port)/v1" }

    /// The targets of the requests so far.
    var requests: [String] { shared.state.withLock { $0.requests } }

    /// Answers requests for a path with this, whatever it holds.
    func answer(_ path: String, with body: JSONValue) {
        shared.state.withLock { $0.canned[path] = body.text }
    }

    /// Starts to misbehave; `nil` ends it. Rows that come or go do so at once.
    func meet(_ fault: AuthorityFault?) {
        shared.state.withLock { state in
            state.fault = fault
            if fault == .rowsRemoved { state.certificates.removeFirst() }
            if fault == .rowsInserted { state.certificates.insert(StubCertificate(id: 1, order: 1), at: 0) }
        }
    }

    func stop() { listener.stop() }
}

extension StubAnswer {
    /// An error as the API words it.
    fileprivate static func failure(_ status: Int, _ code: String, _ message: String) -> StubAnswer {
        StubAnswer(status: status, body: #"{"error":{"code":"\#(code)","message":"\#(message)"}}"#)
    }
}

/// A certificate that the stub holds, the only one of its order.
private struct StubCertificate: Sendable {
    let id: Int
    let order: Int

    /// The certificate as the API sends it.
    func text(_ fault: AuthorityFault?) -> String {
        let state = fault == .unknownStatus ? "frozen" : "valid"
        let more = fault == .unknownFields ? #","colour":"blue""# : ""
        return #"""
            {"id":\#(id),"order_id":\#(order),"common_name":"host-\#(id).example.com",\#
            "names":["host-\#(id).example.com"],"state":"\#(state)","serial":"0A\#(id)",\#
            "valid_from":"2026-01-10T08:00:00Z","valid_to":"2026-07-28T08:00:00Z"\#(more)}
            """#
    }

    /// Its order as the API sends it.
    func orderText(_ fault: AuthorityFault?) -> String {
        let state = fault == .unknownStatus ? "frozen" : "valid"
        let more = fault == .unknownFields ? #","colour":"blue""# : ""
        return #"""
            {"id":\#(order),"state":"\#(state)","product":"server-ov","created_at":"2026-01-09T15:30:00Z",\#
            "certificates":[\#(text(fault))]\#(more)}
            """#
    }
}
