import CASandbox
import CertProtocol
import Crypto
import Foundation
import Glibc

/// An answer as it came over the socket.
struct Reply: Sendable {
    let status: Int
    /// Names in lower case.
    let headers: [String: String]
    let body: [UInt8]

    var json: JSONValue { get throws { try JSONValue(parsing: body) } }

    /// SHA-256 of the JSON without white space, in hexadecimal.
    var digest: String {
        get throws {
            SHA256.hash(data: Data(try json.text.utf8)).map { String(format: "%02x", $0) }.joined()
        }
    }
}

/// A client that writes exactly the request target that it is given, which clients that know URLs don't.
struct PlainClient {
    struct Failure: Error {
        let reason: String
    }

    let port: Int

    func send(
        _ method: String,
        _ target: String,
        headers: [String: String] = [:],
        body: String = ""
    ) async throws -> Reply {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"]
        lines += headers.map { "\($0.key): \($0.value)" }
        lines += ["Content-Length: \(body.utf8.count)", "", body]
        let request = Array(lines.joined(separator: "\r\n").utf8)
        let port = port
        // A thread of its own: blocked ones of a pool would starve the server, which answers on the same few.
        let bytes = try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try Self.exchange(request, port: port) })
            }
        }
        return try Self.parse(bytes)
    }

    private static func exchange(_ request: [UInt8], port: Int) throws -> [UInt8] {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard handle >= 0 else { throw Failure(reason: "no socket") }
        defer { close(handle) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw Failure(reason: "connect: \(errno)") }
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes { Glibc.send(handle, $0.baseAddress, $0.count, 0) }
            guard count > 0 else { throw Failure(reason: "send: \(errno)") }
            sent += count
        }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(handle, &buffer, buffer.count, 0)
            guard count >= 0 else { throw Failure(reason: "recv: \(errno)") }
            if count == 0 { return received }
            received += buffer[..<count]
        }
    }

    private static func parse(_ bytes: [UInt8]) throws -> Reply {
        let blank = Array("\r\n\r\n".utf8)
        guard let end = bytes.firstRange(of: blank) else { throw Failure(reason: "no head") }
        var lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        guard let status = Int(lines.removeFirst().split(separator: " ")[1]) else { throw Failure(reason: "no status") }
        var headers: [String: String] = [:]
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        }
        var rest = bytes[end.upperBound...]
        guard headers["transfer-encoding"] == "chunked" else {
            return Reply(status: status, headers: headers, body: Array(rest))
        }
        var body: [UInt8] = []
        while let lineEnd = rest.firstRange(of: Array("\r\n".utf8)),
            let length = Int(String(decoding: rest[..<lineEnd.lowerBound], as: UTF8.self), radix: 16), length > 0
        {
            body += rest[lineEnd.upperBound..<(lineEnd.upperBound + length)]
            rest = rest[(lineEnd.upperBound + length + 2)...]
        }
        return Reply(status: status, headers: headers, body: body)
    }
}

/// The same sandbox for the tests that only read, and a client for it.
enum Shared {
    /// Enough for three pages.
    static let orders = 2500
    private static let sandbox = Task { try await CASandbox.start(options: SandboxOptions(orders: orders)) }

    static func running() async throws -> CASandbox { try await sandbox.value }
}

extension CASandbox {
    var client: PlainClient { PlainClient(port: port) }

    func digiCert(_ path: String) async throws -> Reply {
        let key = adapterSettings["digicert"]?["api_key"] ?? ""
        return try await client.send("GET", "/services/v2" + path, headers: ["X-DC-DEVKEY": key])
    }

    func ncp(_ target: String, method: String = "GET", body: String = "") async throws -> Reply {
        let signer = NCPSigner(settings: adapterSettings["ncp"] ?? [:])
        return try await client.send(method, target, headers: signer.headers(method, target), body: body)
    }
}

/// Signature v2, written down here a second time so that the sandbox's own check is not its only judge.
struct NCPSigner {
    var accessKey: String
    var secretKey: String
    var millisecondsOff = 0.0

    init(settings: [String: String]) {
        accessKey = settings["access_key"] ?? ""
        secretKey = settings["secret_key"] ?? ""
    }

    func headers(_ method: String, _ target: String) -> [String: String] {
        let timestamp = String(Int(Date().timeIntervalSince1970 * 1000 + millisecondsOff))
        return [
            "x-ncp-apigw-timestamp": timestamp,
            "x-ncp-iam-access-key": accessKey,
            "x-ncp-apigw-signature-v2": signature(method, target, timestamp),
        ]
    }

    func signature(_ method: String, _ target: String, _ timestamp: String) -> String {
        let text = method + " " + target + "\n" + timestamp + "\n" + accessKey
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(text.utf8),
            using: SymmetricKey(data: Data(secretKey.utf8))
        )
        return Data(code).base64EncodedString()
    }
}
