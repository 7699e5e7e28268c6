/// The socket that it listens on.
extension AdapterTemplate {
    static let listener = AdapterTemplate(
        "Tests/ExampleCAAdapterTests/Support/LoopbackListener.swift",
        ##"""
        import Foundation
        import Synchronization

        /// A request as it came in.
        struct StubRequest: Sendable {
            let method: String
            /// The path and the query.
            let target: String
            /// The header fields, their names in lower case.
            let headers: [String: String]
            let body: String
        }

        /// What is answered to a request.
        struct StubAnswer: Sendable {
            var status: Int
            var body: String
            var headers = ["Content-Type": "application/json"]
        }

        /// Listens on a port of this machine, and asks a function what to answer to each request. Where that is `nil` it never answers.
        ///
        /// It knows as much of HTTP/1.1 as the tests need: one request on a connection, its body as long as it says.
        final class LoopbackListener: Sendable {
            typealias Responder = @Sendable (StubRequest) -> StubAnswer?

            let port: UInt16
            private let descriptor: Int32
            private let open = Mutex<Set<Int32>>([])

            init(_ respond: @escaping Responder) throws {
                #if canImport(Glibc)
                    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
                #else
                    descriptor = socket(AF_INET, SOCK_STREAM, 0)
                #endif
                var address = sockaddr_in()
                address.sin_family = sa_family_t(AF_INET)
                address.sin_addr.s_addr = inet_addr("127.0.0.1")
                var size = socklen_t(MemoryLayout<sockaddr_in>.size)
                let listener = descriptor
                let isListening = withUnsafeMutablePointer(to: &address) { pointer in
                    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                        bind(listener, pointer, size) == 0 && listen(listener, 64) == 0
                            && getsockname(listener, pointer, &size) == 0
                    }
                }
                guard isListening else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
                port = UInt16(bigEndian: address.sin_port)
                Thread.detachNewThread { [self] in
                    while true {
                        let connection = accept(listener, nil, nil)
                        if connection >= 0 {
                            open.withLock { _ = $0.insert(connection) }
                            Thread.detachNewThread { self.serve(connection, respond) }
                        } else if errno != EINTR, errno != ECONNABORTED {
                            // Closed by nobody else, since its number may belong to another socket right after.
                            close(listener)
                            return
                        }
                    }
                }
            }

            /// Ends listening, and every connection.
            func stop() {
                shutdown(descriptor, Int32(SHUT_RDWR))
                open.withLock { for connection in $0 { shutdown(connection, Int32(SHUT_RDWR)) } }
            }

            private func serve(_ connection: Int32, _ respond: Responder) {
                defer {
                    open.withLock { open in
                        open.remove(connection)
                        close(connection)
                    }
                }
                guard let request = Self.request(from: connection) else { return }
                guard let answer = respond(request) else {
                    // Until the other side has had enough, or the tests have.
                    while Self.more(from: connection) != nil {}
                    return
                }
                var head = "HTTP/1.1 \(answer.status) Stub\r\nConnection: close\r\n"
                head += "Content-Length: \(answer.body.utf8.count)\r\n"
                for (name, value) in answer.headers { head += "\(name): \(value)\r\n" }
                let bytes = Array((head + "\r\n" + answer.body).utf8)
                var start = 0
                while start < bytes.count {
                    let count = bytes[start...].withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Self.sendFlags) }
                    guard count > 0 else { return }
                    start += count
                }
            }

            private static func request(from connection: Int32) -> StubRequest? {
                var bytes: [UInt8] = []
                while let more = more(from: connection) {
                    bytes += more
                    let text = String(decoding: bytes, as: UTF8.self)
                    guard let end = text.range(of: "\r\n\r\n") else { continue }
                    var lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
                    let start = lines.removeFirst().components(separatedBy: " ")
                    let fields = lines.map { line in
                        let name = line.prefix { $0 != ":" }
                        return (name.lowercased(), line.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces))
                    }
                    let headers = Dictionary(fields) { first, _ in first }
                    let body = String(text[end.upperBound...])
                    guard body.utf8.count >= headers["content-length"].flatMap({ Int($0) }) ?? 0 else { continue }
                    guard start.count == 3 else { return nil }
                    return StubRequest(method: start[0], target: start[1], headers: headers, body: body)
                }
                return nil
            }

            private static func more(from connection: Int32) -> [UInt8]? {
                var buffer = [UInt8](repeating: 0, count: 16_384)
                let count = recv(connection, &buffer, buffer.count, 0)
                return count > 0 ? Array(buffer.prefix(count)) : nil
            }

            /// A client that has gone must not end the tests with a signal.
            private static var sendFlags: Int32 {
                #if canImport(Glibc)
                    Int32(MSG_NOSIGNAL)
                #else
                    0
                #endif
            }
        }
        """##
    )
}
