import ACMEAdapter
import AdapterHTTP
import CertProtocol
import Crypto
import Foundation
import HTTPTransport
import TestSupport
import Testing

/// An account of a test at a real server, with a folder of its own. What it starts it ends.
final class ACMEAccount: Sendable {
    let folder: URL
    let transport = AsyncHTTPTransport()
    let openSSL: OpenSSL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "acme-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        openSSL = try OpenSSL()
    }

    /// Makes an account, runs `body`, and removes what there is.
    static func with<Value>(_ body: (ACMEAccount) async throws -> Value) async throws -> Value {
        let account = try ACMEAccount()
        let result: Result<Value, any Error>
        do { result = .success(try await body(account)) } catch { result = .failure(error) }
        await account.close()
        return try result.get()
    }

    func close() async {
        await transport.shutdown()
        openSSL.remove()
        try? FileManager.default.removeItem(at: folder)
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// A provider at Pebble. Two with the same state are one account, as two processes would be.
    func provider(
        _ pebble: Pebble, _ settings: [String: SettingValue] = [:], state: String = "state",
        through transport: (any ClientTransport)? = nil, clock: OperationClock = .system
    ) throws -> any CertificateProvider {
        var values: [String: SettingValue] = [
            "directory": .serviceURL(try ServiceURL(pebble.directory)), "terms_agreed": .boolean(true),
            "contact": .string("operator@example.test"), "state": .string(path(state)),
        ]
        values.merge(settings) { $1 }
        return try AdapterFactory.acme(transport: transport ?? self.transport, clock: clock).make(
            SettingsValues(values),
            AdapterContext(providerID: "acme", network: NetworkOptions(additionalRoots: pebble.tlsRoot)))
    }

    /// An order for names, the first as the common name, with a key of its own.
    func request(
        _ names: [String], method: String? = nil
    ) throws -> (issue: IssueRequest, key: P256.Signing.PrivateKey) {
        let key = P256.Signing.PrivateKey()
        return (try request(names, method: method, key: key.pemRepresentation), key)
    }

    /// An order for names, the first as the common name, with that key.
    func request(_ names: [String], method: String? = nil, key: String) throws -> IssueRequest {
        let alternatives = names.map { "DNS:\($0)" }.joined(separator: ",")
        let text = try openSSL.run([
            "req", "-new", "-key", openSSL.file(key), "-subj", "/CN=\(names[0])", "-addext",
            "subjectAltName=\(alternatives)",
        ])
        var request = IssueRequest(
            product: "dv",
            contents: CertificateContents(
                signingRequest: text, commonName: names[0], dnsNames: Array(names.dropFirst())))
        request.validationMethod = method
        return request
    }

    /// A program that publishes at Pebble's companion, and writes each of its runs into a file.
    func hook(_ pebble: Pebble, failing action: String = "none") throws -> SettingValue {
        let script = pebble.hookScript(log: path("hook.log"), failing: action)
        let file = folder.appending(path: "hook")
        try Data(script.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        return .string(file.path)
    }

    /// What the program was started with so far: `present a.example http-01 TOKEN VALUE`.
    var hookRuns: [[String]] {
        let text = (try? String(contentsOfFile: path("hook.log"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map { line in
            let halves = line.split(separator: "|")
            #expect(halves.first == halves.last, "arguments and environment say the same")
            return halves[0].split(separator: " ").map(String.init)
        }
    }

    /// The serial number of a certificate, as Pebble writes it.
    func serial(_ certificate: String) throws -> String {
        let text = try openSSL.run(["x509", "-noout", "-serial"], input: certificate)
        return text.split(separator: "=").last.map { $0.lowercased().filter { !$0.isWhitespace } } ?? ""
    }

    /// The names in a certificate, as `openssl` prints them.
    func names(_ certificate: String) throws -> String {
        try openSSL.run(["x509", "-noout", "-ext", "subjectAltName"], input: certificate)
    }
}

/// The error that `body` throws.
func certificateError<Result>(
    _ body: () async throws -> Result, sourceLocation: SourceLocation = #_sourceLocation
) async throws -> CertificateError {
    let error = await #expect(throws: CertificateError.self, sourceLocation: sourceLocation) { _ = try await body() }
    return try #require(error, sourceLocation: sourceLocation)
}

/// Looks at an order until it has ended, as a host does that follows it.
func follow(
    _ orderID: String, _ provider: any CertificateProvider
) async throws -> CertProtocol.Order {
    for _ in 0..<600 {
        let order = try await provider.orderDetail(
            OrderDetailRequest(.order(orderID)), context: OperationContext())
        if order.status != .pending { return order }
        try await Task.sleep(for: .milliseconds(100))
    }
    throw CertificateError(.timeout, "The order \(orderID) has not ended.")
}
