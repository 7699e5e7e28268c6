import ACMEAdapter
import AdapterHTTP
import CertProtocol
import Crypto
import Foundation
import HTTPTypes
import TestSupport
import Testing

/// A server of one account and one order, in memory, that answers as a test says. It checks what real servers check: that each
/// nonce is its own and unused, that `url` is where the request went, and that the signature is the key's.
final class ACMEStub: ClientTransport {
    /// One signed request.
    struct Signed: Sendable {
        var path: String
        var header: JSONValue
        var payload: JSONValue?
    }

    /// An answer to a signed request, from its number among those to the same path, counted from 0.
    typealias Answer = @Sendable (Int) -> TransportResponse

    private struct State {
        var nonces: Set<String> = []
        var nextNonce = 0
        var key: P256.Signing.PublicKey?
        var signed: [Signed] = []
        var plain: [String] = []
        var hosts: Set<String> = []
    }

    static let origin = "https://acme.test"
    private let state = Locked(State())
    private let answers: [String: Answer]

    /// A server with these answers by path; all others are those of an order that is ready at once.
    init(_ answers: [String: Answer] = [:]) { self.answers = answers }

    /// The signed requests so far.
    var signed: [Signed] { state.withLock(\.signed) }
    /// The paths of all requests so far.
    var paths: [String] { state.withLock(\.plain) }
    /// Where requests went.
    var hosts: Set<String> { state.withLock(\.hosts) }

    /// How often a path was asked with a signature.
    func count(_ path: String) -> Int { signed.count { $0.path == path } }

    static func url(_ path: String) -> String { origin + path }

    /// An order in that state.
    static func order(_ status: String, _ extra: String = "") -> TransportResponse {
        TransportResponse(
            status == "new" ? 201 : 200,
            #"{"status":"\#(status == "new" ? "pending" : status)","identifiers":[{"type":"dns","value":"a.example"}],"#
                + #""authorizations":["\#(url("/authz/1"))"],"finalize":"\#(url("/finalize/1"))"\#(extra)}"#,
            headers: ["Location": url("/order/1"), "Content-Type": "application/json"])
    }

    /// An authorization in that state.
    static func authorization(
        _ status: String, token: String = "a-token_0", name: String = "a.example", error: String? = nil,
        headers: [String: String] = [:]
    ) -> TransportResponse {
        let problem = error.map { #","error":\#($0)"# } ?? ""
        let challenges = ["http-01", "dns-01"].map {
            #"{"type":"\#($0)","url":"\#(url("/chal/\($0)"))","status":"pending","token":"\#(token)"\#(problem)}"#
        }
        return TransportResponse(
            200,
            #"{"status":"\#(status)","identifier":{"type":"dns","value":"\#(name)"},"challenges":[\#(challenges.joined(separator: ","))]}"#,
            headers: headers)
    }

    static func problem(_ name: String, _ status: Int = 400, headers: [String: String] = [:]) -> TransportResponse {
        TransportResponse(
            status, #"{"type":"\#(ACME.Problem.namespace)\#(name)","detail":"the detail of \#(name)"}"#,
            headers: headers)
    }

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        let path = request.head.path ?? ""
        state.withLock { state in
            state.plain.append(path)
            state.hosts.insert(request.head.authority ?? "")
        }
        var response: TransportResponse
        if let body = request.body {
            response = answer(path, body)
        } else if let answer = answers[path] {
            response = answer(state.withLock { $0.plain.count { $0 == path } } - 1)
        } else {
            response = path == "/dir" ? Self.directory() : TransportResponse(path == "/nonce" ? 200 : 404)
        }
        if path != "/dir", let name = HTTPField.Name("Replay-Nonce") {
            response.head.headerFields[name] = state.withLock { state in
                state.nextNonce += 1
                state.nonces.insert("nonce-\(state.nextNonce)")
                return "nonce-\(state.nextNonce)"
            }
        }
        return response
    }

    static func directory(_ changes: [String: String] = [:]) -> TransportResponse {
        let members = [
            "newNonce": "/nonce", "newAccount": "/account", "newOrder": "/new-order", "revokeCert": "/revoke",
        ]
        let urls = members.map { #""\#($0)":"\#(changes[$0] ?? url($1))""# }
        return TransportResponse(200, "{\(urls.joined(separator: ","))}")
    }

    private func answer(_ path: String, _ body: [UInt8]) -> TransportResponse {
        guard let message = try? JSONValue(parsing: body),
            let header = message.string("protected").flatMap(Self.decoded),
            let header = try? JSONValue(parsing: header)
        else { return TransportResponse(400, "this is no message") }
        let payload = message.string("payload").flatMap(Self.decoded).flatMap { try? JSONValue(parsing: $0) }
        let isGood = state.withLock { state in
            guard let nonce = header.string("nonce"), state.nonces.remove(nonce) != nil else { return false }
            if let jwk = header.object("jwk"), let key = Self.key(jwk) { state.key = key }
            state.signed.append(Signed(path: path, header: header, payload: payload))
            return header.string("url") == Self.url(path) && state.key.map { Self.verifies(message, by: $0) } ?? false
        }
        guard isGood else {
            Issue.record("the request to \(path) isn't signed as it has to be: \(header.text)")
            return TransportResponse(400, "refused")
        }
        if let answer = answers[path] { return answer(count(path) - 1) }
        return switch path {
        case "/account": TransportResponse(201, #"{"status":"valid"}"#, headers: ["Location": Self.url("/acct/1")])
        case "/new-order": Self.order("new")
        case "/order/1": Self.order("valid", #","certificate":"\#(Self.url("/cert/1"))""#)
        case "/authz/1": Self.authorization("valid")
        case "/revoke": TransportResponse(200)
        case "/finalize/1": Self.order("processing")
        case "/chal/http-01", "/chal/dns-01": TransportResponse(200, "{}")
        default: Self.problem("malformed", 404)
        }
    }

    private static func decoded(_ text: String) -> [UInt8]? {
        let base64 = text.replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: base64 + String(repeating: "=", count: (4 - base64.count % 4) % 4)).map {
            [UInt8]($0)
        }
    }

    private static func key(_ jwk: JSONValue) -> P256.Signing.PublicKey? {
        guard let x = jwk.string("x").flatMap(decoded), let y = jwk.string("y").flatMap(decoded) else { return nil }
        return try? P256.Signing.PublicKey(rawRepresentation: x + y)
    }

    private static func verifies(_ message: JSONValue, by key: P256.Signing.PublicKey) -> Bool {
        guard let header = message.string("protected"), let payload = message.string("payload"),
            let bytes = message.string("signature").flatMap(decoded),
            let signature = try? P256.Signing.ECDSASignature(rawRepresentation: bytes)
        else { return false }
        return key.isValidSignature(signature, for: Data("\(header).\(payload)".utf8))
    }
}

extension ACMEAccount {
    /// A provider at a server in memory.
    func provider(
        _ stub: ACMEStub, _ settings: [String: SettingValue] = [:], retries: Int = 0, clock: OperationClock = .system
    ) throws -> any CertificateProvider {
        var values: [String: SettingValue] = [
            "directory": .serviceURL(try ServiceURL("\(ACMEStub.origin)/dir")), "state": .string(path("state")),
        ]
        values.merge(settings) { $1 }
        return try AdapterFactory.acme(transport: stub, clock: clock).make(
            SettingsValues(values), AdapterContext(providerID: "acme", retries: retries))
    }
}
