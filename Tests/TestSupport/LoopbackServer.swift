internal import CertProtocol

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A server on loopback that answers byte for byte what a test says, rules of HTTP or not.
public final class LoopbackServer: Sendable {
    /// What the server does with a request.
    public enum Action: Sendable {
        /// Writes these bytes and closes the connection.
        case write([UInt8])
        /// Writes these bytes and keeps the connection open for another request.
        case keepAlive([UInt8])
        /// Closes the connection with a reset.
        case reset
        /// Leaves the connection open until the server stops.
        case hang
    }

    /// The port it listens on.
    public let port: Int
    private let listener: Int32
    private let requests = Locked<[String]>([])
    private let open = Locked<Set<Int32>>([])
    private let accepted = Locked(0)

    /// The requests so far, head and body.
    public var received: [String] { requests.withLock(\.self) }

    /// The connections that are open now.
    public var openConnections: Int { open.withLock(\.count) }

    /// The connections that there have been.
    public var connections: Int { accepted.withLock(\.self) }

    /// A server that acts on each request by its text and its number, counted from 0.
    public init(_ action: @escaping @Sendable (String, Int) -> Action) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, pointer, &length) == 0
            }
        }
        guard bound else { throw LoopbackServerError(number: errno) }
        port = Int(UInt16(bigEndian: address.sin_port))
        startThread { [self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else {
                    if errno == EINTR || errno == ECONNABORTED { continue }
                    // Closed here and nowhere else: its number may belong to another server as soon as it is free, and
                    // accepting on that would steal from it.
                    close(descriptor)
                    return
                }
                accepted.withLock { $0 += 1 }
                open.withLock { _ = $0.insert(connection) }
                startThread { self.serve(connection, action) }
            }
        }
    }

    /// An answer with the length of its body, after which the connection is closed or, where `keepsAlive`, kept.
    public static func answer(
        _ status: String = "200 OK", _ body: String = "", headers: String = "Content-Type: application/json\r\n",
        keepsAlive: Bool = false
    ) -> [UInt8] {
        let connection = keepsAlive ? "" : "Connection: close\r\n"
        return Array(
            "HTTP/1.1 \(status)\r\n\(headers)\(connection)Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
    }

    /// Closes everything.
    public func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        open.withLock { open in
            for connection in open { shutdown(connection, Int32(SHUT_RDWR)) }
        }
    }

    private func serve(_ connection: Int32, _ action: @Sendable (String, Int) -> Action) {
        defer {
            open.withLock { open in
                open.remove(connection)
                close(connection)
            }
        }
        while let request = readRequest(connection) {
            let number = requests.withLock { requests in
                requests.append(request)
                return requests.count - 1
            }
            switch action(request, number) {
            case .write(let bytes):
                send(bytes, to: connection)
                shutdown(connection, Int32(SHUT_WR))
                return
            case .keepAlive(let bytes): send(bytes, to: connection)
            case .reset:
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
                return
            case .hang: while readMore(connection) != nil {}
            }
        }
    }

    private func readRequest(_ connection: Int32) -> String? {
        var bytes: [UInt8] = []
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n") {
                let head = text[..<end.lowerBound].lowercased()
                let length =
                    head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).filter { $0 != " " }) } ?? 0
                if text[end.upperBound...].utf8.count >= length { return text }
            }
            guard let more = readMore(connection) else { return nil }
            bytes += more
        }
    }

    private func readMore(_ connection: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = read(connection, &buffer, buffer.count)
        return count > 0 ? Array(buffer.prefix(count)) : nil
    }

    private func send(_ bytes: [UInt8], to connection: Int32) {
        var start = 0
        while start < bytes.count {
            let count = bytes.withUnsafeBytes { pointer in
                Glibc.send(
                    connection, pointer.baseAddress?.advanced(by: start), bytes.count - start,
                    Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            start += count
        }
    }
}

/// Why a server could not be started.
public struct LoopbackServerError: Error {
    /// The system's error number.
    public let number: Int32
}

private func startThread(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let box = Unmanaged.passRetained(ThreadBody(run: body))
    let result = pthread_create(
        &thread, nil,
        { context in
            if let context { Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run() }
            return nil
        }, box.toOpaque()
    )
    if result == 0 { pthread_detach(thread) } else { box.release() }
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) { self.run = run }
}
