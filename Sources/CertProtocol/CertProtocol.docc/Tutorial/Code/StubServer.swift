import AdapterHTTP
import CertConformance
import CertProtocol
import HTTPTypes
import Synchronization

/// Example CA, as far as its documentation tells. The adapter's requests end here instead of in the network.
///
/// It checks what the real one checks, so that a test that passes says something about the real one. It misbehaves when the
/// conformance suite asks it to.
final class StubServer: ClientTransport {
    /// Where it would be, were there a network between.
    static let root = "https://api.example-ca.example/v1"
    /// The token that it accepts.
    static let token = "test-token-not-a-secret"
    /// The ways in which it can misbehave.
    static let faults: [AuthorityFault] = [
        .unavailable, .unreachable, .rateLimited, .wrongCredential, .html, .truncated, .hang, .unknownStatus,
        .unknownFields, .rowsRemoved, .rowsInserted, .repeatedPage,
    ]
    /// Those that concern requests which change something. None is answered here.
    static let changeFaults: [AuthorityFault] = [.lostAnswer, .failureAfterExecution, .failureBeforeExecution]

    /// The most rows of a page.
    private static let largestPage = 10

    /// What it holds, and what happened to it.
    private struct State {
        var certificates = (1...25).map { StubCertificate(id: 1000 + $0, order: 500 + $0) }
        var canned: [String: String] = [:]
        var fault: AuthorityFault?
        var requests: [String] = []
    }

    private let state = Mutex(State())

    /// The targets of the requests so far.
    var requests: [String] { state.withLock { $0.requests } }

    /// Answers requests for a path with this, whatever it holds.
    func answer(_ path: String, with body: JSONValue) {
        state.withLock { $0.canned[path] = body.text }
    }

    /// Starts to misbehave; `nil` ends it. Rows that come or go do so at once.
    func meet(_ fault: AuthorityFault?) {
        state.withLock { state in
            state.fault = fault
            if fault == .rowsRemoved { state.certificates.removeFirst() }
            if fault == .rowsInserted { state.certificates.insert(StubCertificate(id: 1, order: 1), at: 0) }
        }
    }

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        let fault = state.withLock { state in
            state.requests.append(request.head.path ?? "")
            return state.fault
        }
        switch fault {
        case .unreachable: throw TransportFailure(.connect, "nobody listens")
        case .hang: throw await Self.silence(until: request.deadline)
        case .unavailable: return Self.answer(503, #"{"error":{"code":"maintenance","message":"Come back later."}}"#)
        case .rateLimited:
            let seconds = AuthorityFault.retryAfter.components.seconds
            return Self.answer(429, #"{"error":{"code":"too_many"}}"#, [.retryAfter: "\(seconds)"])
        case .html: return Self.answer(200, "<html>Maintenance</html>", [.contentType: "text/html"])
        case .truncated: return Self.answer(200, #"{"certificates":[{"id":10"#)
        default: return respond(to: request.head, fault)
        }
    }

    private func respond(to head: HTTPRequest, _ fault: AuthorityFault?) -> TransportResponse {
        guard head.headerFields[.authorization] == "Bearer \(Self.token)", fault != .wrongCredential else {
            return Self.answer(401, #"{"error":{"code":"unauthorized","message":"Unknown token."}}"#)
        }
        let parts = (head.path ?? "").split(separator: "?", maxSplits: 1).map(String.init)
        let query = Self.items(of: parts.count > 1 ? parts[1] : "")
        if let canned = state.withLock({ $0.canned[parts.first ?? ""] }) { return Self.answer(200, canned) }
        switch (head.method, parts.first ?? "") {
        case (.get, "/v1/certificates"):
            let limit = min(query["limit"].flatMap { Int($0) } ?? Self.largestPage, Self.largestPage)
            return Self.answer(200, page(after: query["after"].flatMap { Int($0) }, limit: limit, fault))
        case (.get, let path) where path.hasPrefix("/v1/orders/"):
            let id = Int(path.dropFirst("/v1/orders/".count))
            let rows = state.withLock { $0.certificates.filter { $0.order == id } }
            guard let first = rows.first else {
                return Self.answer(404, #"{"error":{"code":"not_found","message":"No such order."}}"#)
            }
            return Self.answer(200, first.orderText(fault))
        default:
            return Self.answer(404, #"{"error":{"code":"no_endpoint","message":"No such endpoint."}}"#)
        }
    }

    private func page(after id: Int?, limit: Int, _ fault: AuthorityFault?) -> String {
        state.withLock { state in
            let start = fault == .repeatedPage ? nil : id
            let rest = state.certificates.filter { $0.id > start ?? 0 }
            let rows = rest.prefix(limit).map { $0.text(fault) }.joined(separator: ",")
            return #"{"certificates":[\#(rows)],"has_more":\#(rest.count > limit)}"#
        }
    }

    /// Never answers: ends when the request's time does, or when its task is cancelled.
    private static func silence(until deadline: ContinuousClock.Instant?) async -> TransportFailure {
        do {
            try await Task.sleep(until: deadline ?? .now.advanced(by: .seconds(3600)), clock: .continuous)
            return TransportFailure(.deadline(wasSent: true), "the deadline passed")
        } catch {
            return TransportFailure(.cancelled(wasSent: true), "cancelled")
        }
    }

    private static func items(of query: String) -> [String: String] {
        let pairs = query.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        return Dictionary(pairs.filter { $0.count == 2 }.map { ($0[0], $0[1]) }) { first, _ in first }
    }

    private static func answer(
        _ status: Int, _ body: String, _ headers: HTTPFields = [.contentType: "application/json"]
    ) -> TransportResponse {
        TransportResponse(
            head: HTTPResponse(status: .init(code: status), headerFields: headers), body: Array(body.utf8)
        )
    }
}

/// A certificate that the stub holds, the only one of its order.
private struct StubCertificate {
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
