import AdapterHTTP
import CertProtocol
import HTTPTransport
import HTTPTypes
import TestSupport
import Testing

/// A transport against a server that does what the test says.
private func withServer<Result>(
    _ action: @escaping @Sendable (String, Int) -> LoopbackServer.Action,
    _ body: (AsyncHTTPTransport, LoopbackServer) async throws -> Result
) async throws -> Result {
    let server = try LoopbackServer(action)
    let transport = AsyncHTTPTransport(maximumBodyBytes: 1 << 20)
    do {
        let result = try await body(transport, server)
        await transport.shutdown()
        server.stop()
        return result
    } catch {
        await transport.shutdown()
        server.stop()
        throw error
    }
}

private func request(
    _ server: LoopbackServer, _ path: String = "/x", scheme: String = "http", method: HTTPRequest.Method = .get,
    body: [UInt8]? = nil, timeout: Duration? = .seconds(20)
) -> TransportRequest {
    TransportRequest(
        head: HTTPRequest(method: method, scheme: scheme, authority: "127.0.0.1:\(server.port)", path: path),
        body: body, deadline: timeout.map { ContinuousClock.now.advanced(by: $0) },
        needsFreshConnection: method != .get
    )
}

private func failure(_ transport: AsyncHTTPTransport, _ request: TransportRequest) async -> TransportFailure.Kind? {
    do throws(TransportFailure) {
        _ = try await transport.send(request)
        return nil
    } catch {
        return error.kind
    }
}

@Suite("The transport over sockets")
struct AsyncHTTPTransportTests {
    @Test("the target leaves the machine byte for byte as it was given")
    func bytes() async throws {
        let path = "/a%2Fb/%7Bx%7D?filters%5Bstatus%5D=a%20b&c=+&d=%2B&e="
        try await withServer({ _, _ in .write(LoopbackServer.answer("200 OK", "{}")) }) { transport, server in
            let response = try await transport.send(request(server, path))
            #expect(response.head.status == .ok)
            #expect(response.body == Array("{}".utf8))
            #expect(server.received.first?.hasPrefix("GET \(path) HTTP/1.1\r\n") == true)
        }
    }

    @Test("redirects are handed back, not followed")
    func redirect() async throws {
        try await withServer({ _, _ in
            .write(LoopbackServer.answer("302 Found", "", headers: "Location: http://127.0.0.1:1/stolen\r\n"))
        }) { transport, server in
            let response = try await transport.send(request(server))
            #expect(response.head.status.code == 302)
            #expect(server.received.count == 1)
        }
    }

    @Test("a body is sent with its length, a mutation on a connection of its own")
    func mutation() async throws {
        try await withServer({ _, _ in .keepAlive(LoopbackServer.answer(keepsAlive: true)) }) { transport, server in
            for _ in 0..<3 {
                _ = try await transport.send(request(server, method: .post, body: Array("{\"a\":1}".utf8)))
            }
            #expect(server.received.count == 3)
            #expect(
                server.received.allSatisfy {
                    $0.lowercased().contains("content-length: 7") && $0.hasSuffix("{\"a\":1}")
                })
        }
    }

    @Test(
        "what a broken answer is",
        arguments: [
            ("reset", .connectionLost), ("closed", .connectionLost), ("truncated", .connectionLost),
            ("garbage", .malformed), ("status 000", .malformed), ("status 999", .malformed), ("large", .bodyTooLarge),
            ("long", .bodyTooLarge),
        ] as [(String, TransportFailure.Kind)]
    )
    func broken(_ fault: String, _ expected: TransportFailure.Kind) async throws {
        try await withServer({ _, _ in
            switch fault {
            case "reset": .reset
            case "closed": .write([])
            case "truncated": .write(Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort".utf8))
            case "status 000": .write(LoopbackServer.answer("000 Nothing", "body"))
            case "status 999": .write(LoopbackServer.answer("999 Much", "body"))
            case "garbage": .write(Array("not http at all\r\n\r\n".utf8))
            case "large": .write(Array("HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n".utf8))
            // Left open: a body that is cut off is another fault, and could be noticed first.
            default:
                .keepAlive(
                    Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n".utf8)
                        + [UInt8](repeating: 65, count: 0x200000)
                )
            }
        }) { transport, server in
            #expect(await failure(transport, request(server)) == expected)
        }
    }

    @Test("the deadline ends a call to a server that never answers, and closes the connection")
    func deadline() async throws {
        try await withServer({ _, _ in .hang }) { transport, server in
            #expect(await failure(transport, request(server, timeout: .milliseconds(200))) == .deadline(wasSent: true))
            while server.openConnections > 0 { await Task.yield() }
        }
    }

    /// A head and the start of a body that never goes on.
    private static let stalled = Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".utf8)

    @Test("the deadline holds for a body that stops coming, too, and closes the connection")
    func deadlineOfBody() async throws {
        try await withServer({ _, _ in .keepAlive(Self.stalled) }) { transport, server in
            #expect(await failure(transport, request(server, timeout: .milliseconds(200))) == .deadline(wasSent: true))
            while server.openConnections > 0 { await Task.yield() }
        }
    }

    @Test("cancelling the task while a body comes closes the connection")
    func cancellationOfBody() async throws {
        try await withServer({ _, _ in .keepAlive(Self.stalled) }) { transport, server in
            let task = Task { await failure(transport, request(server, timeout: .seconds(60))) }
            while server.received.isEmpty { await Task.yield() }
            task.cancel()
            #expect(await task.value == .cancelled(wasSent: true))
            while server.openConnections > 0 { await Task.yield() }
        }
    }

    @Test("cancelling the task closes the connection")
    func cancellation() async throws {
        try await withServer({ _, _ in .hang }) { transport, server in
            let task = Task { await failure(transport, request(server, timeout: nil)) }
            while server.received.isEmpty { await Task.yield() }
            task.cancel()
            #expect(await task.value == .cancelled(wasSent: true))
            while server.openConnections > 0 { await Task.yield() }
        }
    }

    @Test("nothing listens: refused at once, proven not sent")
    func refused() async throws {
        let server = try LoopbackServer { _, _ in .hang }
        server.stop()
        let transport = AsyncHTTPTransport()
        #expect(await failure(transport, request(server)) == .connect)
        await transport.shutdown()
    }

    @Test("a server that doesn't speak TLS is a TLS failure, proven not sent")
    func noTLS() async throws {
        try await withServer({ _, _ in .write(LoopbackServer.answer()) }) { transport, server in
            let kind = await failure(transport, request(server, scheme: "https"))
            #expect(kind == .tls || kind == .connectionLost || kind == .connect, "\(String(describing: kind))")
            #expect(!server.received.contains { $0.contains("GET") })
        }
    }

    @Test("a file of roots that can't be read is a configuration failure")
    func roots() async throws {
        let transport = AsyncHTTPTransport()
        var broken = TransportRequest(
            head: HTTPRequest(method: .get, scheme: "https", authority: "127.0.0.1:1", path: "/"))
        broken.network = NetworkOptions(additionalRoots: "/nonexistent/roots.pem")
        #expect(await failure(transport, broken) == .configuration)
        broken.network = NetworkOptions(proxy: "socks5://127.0.0.1:1")
        #expect(await failure(transport, broken) == .configuration)
        await transport.shutdown()
    }

    @Test("the proxy is used for https elsewhere, never for this machine or what NO_PROXY names")
    func proxy() async throws {
        let proxy = try LoopbackServer { _, _ in .write(LoopbackServer.answer("403 Forbidden")) }
        let transport = AsyncHTTPTransport(
            environment: ["HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)", "NO_PROXY": ".internal.example, localhost"]
        )
        func send(_ authority: String) async -> TransportFailure.Kind? {
            await failure(
                transport,
                TransportRequest(
                    head: HTTPRequest(method: .get, scheme: "https", authority: authority, path: "/"),
                    deadline: .now.advanced(by: .seconds(20))
                )
            )
        }
        #expect(await send("ca.example") == .connect)
        #expect(proxy.received.first?.hasPrefix("CONNECT ca.example:443 ") == true)
        #expect(await send("127.0.0.1:1") == .connect)
        #expect(await send("a.internal.example") == .nameLookup)
        #expect(proxy.received.count == 1)
        await transport.shutdown()
        proxy.stop()
    }
}
