import AdapterHTTP
import CertConformance
import CertProtocol
import HTTPTypes
import TestSupport

/// A transport to a real server that can be made to misbehave, and counts what passes.
final class FaultyTransport: ClientTransport {
    private struct State {
        var fault: AuthorityFault?
        var requests = 0
        var changes = 0
    }

    private let transport: any ClientTransport
    private let state = Locked(State())
    /// What the paths of Pebble's resources that change something contain.
    private static let changing = ["/order-plz", "/chalZ/", "/finalize-order/", "/revoke-cert"]

    init(_ transport: any ClientTransport) { self.transport = transport }

    /// The requests so far.
    var requests: Int { state.withLock(\.requests) }
    /// Those of them that were to change something.
    var changes: Int { state.withLock(\.changes) }

    /// Misbehaves from now on; `nil` to behave.
    func set(_ fault: AuthorityFault?) { state.withLock { $0.fault = fault } }

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        guard !Task.isCancelled else { throw TransportFailure(.cancelled(wasSent: false), "cancelled") }
        let path = request.head.path ?? ""
        let isChange = Self.changing.contains { path.contains($0) }
        let fault = state.withLock { state in
            state.requests += 1
            if isChange { state.changes += 1 }
            return state.fault
        }
        switch fault {
        case .unavailable: return TransportResponse(503, "out of order")
        case .rateLimited: return TransportResponse(429, "", headers: ["Retry-After": "7"])
        case .html: return TransportResponse(200, "<html>Welcome</html>", headers: ["Content-Type": "text/html"])
        case .wrongCredential where request.head.method == .post:
            return TransportResponse(
                401, #"{"type":"urn:ietf:params:acme:error:unauthorized","detail":"the account is deactivated"}"#)
        case .hang: throw await hang(request)
        case .hangOnChange where isChange: throw await hang(request)
        case .failureBeforeExecution where isChange: return TransportResponse(502, "before")
        case .lostAnswer where isChange:
            _ = try await transport.send(request)
            throw TransportFailure(.connectionLost, "the connection was lost")
        case .failureAfterExecution where isChange:
            _ = try await transport.send(request)
            return TransportResponse(502, "after")
        default: return changed(try await transport.send(request), by: fault, isOrder: path.contains("/my-order/"))
        }
    }

    /// An answer as a fault leaves it.
    private func changed(_ response: TransportResponse, by fault: AuthorityFault?, isOrder: Bool) -> TransportResponse {
        var response = response
        let text = String(decoding: response.body, as: UTF8.self)
        switch fault {
        case .truncated: response.body = Array(response.body.prefix(response.body.count / 2))
        case .unknownStatus where isOrder:
            response.body = Array(text.replacing(#""status": "valid""#, with: #""status": "teleported""#).utf8)
        case .unknownFields where isOrder:
            response.body = Array(text.replacing(#""status":"#, with: #""weather": "fine", "status":"#).utf8)
        default: break
        }
        return response
    }

    /// Waits until the request's time is over, or nobody waits for it any longer.
    private func hang(_ request: TransportRequest) async -> TransportFailure {
        do {
            try await Task.sleep(until: request.deadline ?? .now + .seconds(600), clock: .continuous)
            return TransportFailure(.deadline(wasSent: true), "the deadline passed")
        } catch {
            return TransportFailure(.cancelled(wasSent: true), "cancelled")
        }
    }
}
