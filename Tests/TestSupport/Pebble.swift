public import AdapterHTTP
internal import CertProtocol
internal import Foundation
internal import HTTPTypes

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Pebble, an ACME server that nobody here wrote, and its companion that answers DNS and http: real processes on loopback.
///
/// They are Debian's package `pebble`. What they trust and validate is theirs alone; every name resolves to 127.0.0.1.
public final class Pebble: Sendable {
    /// What is varied.
    public struct Options: Sendable {
        /// The share of good nonces that are refused, in per cent.
        public var refusedNonces = 0
        /// The external accounts, key by id, without one of which no account is registered.
        public var externalAccounts: [String: String] = [:]
        /// How many further roots there are.
        public var alternateRoots = 0
        /// Where http-01 is looked for; `nil` for the companion.
        public var httpPort: Int?
        /// How long a validation takes, at most, in seconds; the server takes a random part of it.
        public var validationTime = 0
        /// Every challenge passes.
        public var isEverythingValid = false

        /// Nothing varied.
        public init() {}
    }

    /// Whether the programs are installed.
    public static var isInstalled: Bool {
        ["pebble", "pebble-challtestsrv"].allSatisfy { FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)") }
    }

    /// Why a test that needs them is skipped.
    public static let absence: String = "Debian's package pebble is missing; `make test` installs it"

    private let options: Options
    private let folder: URL
    private let ports: [Int]
    private let processes = Locked<[Process]>([])

    /// Where the server's directory is.
    public var directory: String { "https://localhost:\(ports[0])/dir" }
    /// The file of the root that the server's own TLS certificate hangs under.
    public var tlsRoot: String { folder.appending(path: "https-ca.pem").path }
    /// The port that the companion is told what to answer at.
    public var companionPort: Int { ports[4] }
    private var management: String { "127.0.0.1:\(ports[1])" }

    /// Starts both, runs `body`, and ends them, whatever happens.
    public static func with<Value>(
        _ options: Options = Options(), _ body: (Pebble) async throws -> Value
    ) async throws -> Value {
        let pebble = try await started(options)
        do {
            let value = try await body(pebble)
            await pebble.stop()
            return value
        } catch {
            await pebble.stop()
            throw error
        }
    }

    /// Starts both. Whoever asks for it ends them with ``stop()``.
    public static func started(_ options: Options = Options()) async throws -> Pebble {
        // A port that was free may have been taken by somebody else's connection meanwhile.
        var attempt = 1
        while true {
            let pebble = try Pebble(options)
            do {
                try await pebble.start()
                return pebble
            } catch {
                await pebble.stop()
                guard attempt < 3 else { throw error }
                attempt += 1
            }
        }
    }

    private init(_ options: Options) throws {
        self.options = options
        folder = FileManager.default.temporaryDirectory.appending(path: "pebble-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        ports = try FreePort.several(7)
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
        try OpenSSL.run(
            "openssl",
            ["req", "-x509"] + key + ["-keyout", path("ca-key.pem"), "-out", tlsRoot, "-subj", "/CN=pebble https root"])
        try OpenSSL.run(
            "openssl",
            ["req", "-x509"] + key + [
                "-CA", tlsRoot, "-CAkey", path("ca-key.pem"), "-keyout", path("tls-key.pem"), "-out",
                path("tls-cert.pem"),
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-addext",
                "basicConstraints=critical,CA:FALSE",
            ])
        let accounts = options.externalAccounts.map { #""\#($0)":"\#($1)""# }.joined(separator: ",")
        let configuration = """
            {"pebble":{"listenAddress":"127.0.0.1:\(ports[0])","managementListenAddress":"\(management)",
            "certificate":"tls-cert.pem","privateKey":"tls-key.pem","httpPort":\(options.httpPort ?? ports[2]),
            "tlsPort":\(ports[3]),"ocspResponderURL":"","certificateValidityPeriod":86400,
            "externalAccountBindingRequired":\(!options.externalAccounts.isEmpty),
            "externalAccountMACKeys":{\(accounts)}}}
            """
        try Data(configuration.utf8).write(to: folder.appending(path: "config.json"))
    }

    private func path(_ name: String) -> String { folder.appending(path: name).path }

    private func start() async throws {
        try run(
            "pebble-challtestsrv",
            [
                "-http01", "127.0.0.1:\(ports[2])", "-https01", "", "-tlsalpn01", "127.0.0.1:\(ports[3])", "-dns01",
                "127.0.0.1:\(ports[5])", "-management", "127.0.0.1:\(companionPort)", "-defaultIPv6", "",
            ])
        try await waitUntilOpen([companionPort])
        try await startServer()
    }

    private func startServer() async throws {
        try run("pebble", ["-config", "config.json", "-dnsserver", "127.0.0.1:\(ports[5])", "-strict"])
        try await waitUntilOpen([ports[0], ports[1]])
    }

    /// Waits until the process that was started last listens at these ports, for a minute at most.
    private func waitUntilOpen(_ ports: [Int]) async throws {
        let last = processes.withLock(\.last)
        for port in ports {
            try await FreePort.waitUntilOpen(port) { last?.isRunning == true }
        }
    }

    /// Ends the server and starts it again at the same ports: it forgets every account, order and certificate, and has new
    /// roots.
    public func restart() async throws {
        let server = processes.withLock { $0.popLast() }
        if let server { await Self.end(server) }
        try await startServer()
    }

    private func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/\(program)")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = [
            "PATH": "/usr/bin:/bin", "PEBBLE_WFE_NONCEREJECT": "\(options.refusedNonces)", "PEBBLE_AUTHZREUSE": "0",
            "PEBBLE_ALTERNATE_ROOTS": "\(options.alternateRoots)", "PEBBLE_CHAIN_LENGTH": "2",
            options.validationTime == 0 ? "PEBBLE_VA_NOSLEEP" : "PEBBLE_VA_SLEEPTIME":
                "\(max(1, options.validationTime))",
        ].merging(options.isEverythingValid ? ["PEBBLE_VA_ALWAYS_VALID": "1"] : [:]) { $1 }
        let log = folder.appending(path: program + ".log")
        try Data().write(to: log)
        let handle = try FileHandle(forWritingTo: log)
        defer { try? handle.close() }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        processes.withLock { $0.append(process) }
    }

    /// What the server has logged.
    public var log: String { (try? String(contentsOf: folder.appending(path: "pebble.log"), encoding: .utf8)) ?? "" }

    /// Ends both.
    public func stop() async {
        for process in processes.withLock({ $0 }) { await Self.end(process) }
        try? FileManager.default.removeItem(at: folder)
    }

    private static func end(_ process: Process) async {
        process.terminate()
        for _ in 0..<500 where process.isRunning { try? await Task.sleep(for: .milliseconds(10)) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        while process.isRunning { try? await Task.sleep(for: .milliseconds(10)) }
    }

    // MARK: Asking both

    /// The root of a chain of certificates, PEM: the first, or an alternate one.
    public func root(_ number: Int = 0, through transport: any ClientTransport) async throws -> String {
        try await ask(management, "/roots/\(number)", scheme: "https", through: transport)
    }

    /// What the server itself says of a certificate: `Valid` or `Revoked`, and why.
    public func status(ofSerial serial: String, through transport: any ClientTransport) async throws -> String {
        try await ask(management, "/cert-status-by-serial/\(serial)", scheme: "https", through: transport)
    }

    /// Tells the companion what to answer: `/set-txt`, `/add-http01` and so on.
    public func tell(_ path: String, _ body: String, through transport: any ClientTransport) async throws {
        _ = try await ask("127.0.0.1:\(companionPort)", path, body: body, through: transport)
    }

    /// What the companion has been asked: `/dns-request-history`, `/http-request-history`.
    public func history(_ path: String, of host: String, through transport: any ClientTransport) async throws -> String
    {
        try await ask("127.0.0.1:\(companionPort)", path, body: #"{"host":"\#(host)"}"#, through: transport)
    }

    /// A program that publishes at the companion what ACME wants to be published, and writes each of its runs into a file:
    /// arguments, a bar, and the same from the environment.
    ///
    /// - Parameters:
    ///   - log: the file.
    ///   - action: `present` or `cleanup`, which ends with status 7 then.
    /// - Returns: a script for bash.
    public func hookScript(log: String, failing action: String = "none") -> String {
        #"""
        #!/bin/bash
        set -eu
        echo "$*|$ACME_ACTION $ACME_DOMAIN $ACME_CHALLENGE $ACME_NAME $ACME_VALUE" >> '\#(log)'
        if [ "$1" = '\#(action)' ]; then exit 7; fi
        case "$1 $3" in
            "present http-01") at=/add-http01 body="{\"token\":\"$4\",\"content\":\"$5\"}" ;;
            "cleanup http-01") at=/del-http01 body="{\"token\":\"$4\"}" ;;
            "present dns-01") at=/set-txt body="{\"host\":\"$4.\",\"value\":\"$5\"}" ;;
            "cleanup dns-01") at=/clear-txt body="{\"host\":\"$4.\"}" ;;
        esac
        exec 3<>/dev/tcp/127.0.0.1/\#(companionPort)
        printf 'POST %s HTTP/1.0\r\nContent-Length: %d\r\n\r\n%s' "$at" "${#body}" "$body" >&3
        read -r answer <&3
        case "$answer" in *200*) ;; *) exit 1 ;; esac
        """#
    }

    private func ask(
        _ authority: String, _ path: String, scheme: String = "http", body: String? = nil,
        through transport: any ClientTransport
    ) async throws -> String {
        let head = HTTPRequest(method: body == nil ? .get : .post, scheme: scheme, authority: authority, path: path)
        var request = TransportRequest(head: head, body: body.map { Array($0.utf8) })
        if scheme == "https" { request.network.additionalRoots = tlsRoot }
        let response = try await transport.send(request)
        return String(decoding: response.body, as: UTF8.self)
    }
}

/// Ports of this machine that nobody listens at.
public enum FreePort {
    /// So many, all different. They were free a moment ago.
    public static func several(_ count: Int) throws -> [Int] {
        var sockets: [Int32] = []
        defer { for socket in sockets { close(socket) } }
        return try (0..<count).map { _ in
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            sockets.append(listener)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isBound = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                    bind(listener, pointer, length) == 0 && getsockname(listener, pointer, &length) == 0
                }
            }
            guard isBound else { throw LoopbackServerError(number: errno) }
            return Int(UInt16(bigEndian: address.sin_port))
        }
    }

    /// Waits until somebody listens, for a minute at most, and while whoever is to listen is there.
    public static func waitUntilOpen(_ port: Int, while isThere: () -> Bool = { true }) async throws {
        for _ in 0..<3000 {
            let isRunning = isThere()
            if isOpen(port) { return }
            guard isRunning else { throw LoopbackServerError(number: ECONNREFUSED) }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw LoopbackServerError(number: ETIMEDOUT)
    }

    private static func isOpen(_ port: Int) -> Bool {
        let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(client) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                connect(client, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
