import CASandbox
import CertProtocol
import Testing

struct LifecycleTests {
    @Test("many sandboxes run beside each other, each on a port of its own")
    func manyAtOnce() async throws {
        let sandboxes = try await withThrowingTaskGroup(of: CASandbox.self) { group in
            for _ in 0..<8 { group.addTask { try await CASandbox.start() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(sandboxes.map(\.port)).count == 8)
        for sandbox in sandboxes {
            #expect(try await sandbox.digiCert("/user/me").status == 200)
            #expect(sandbox.requestCount == 1)
            await sandbox.stop()
        }
    }

    @Test("a taken port is an error, and stopping frees it")
    func takenPort() async throws {
        let first = try await CASandbox.start()
        await #expect(throws: (any Error).self) { try await CASandbox.start(port: first.port) }
        #expect(try await first.digiCert("/user/me").status == 200)
        await first.stop()
        await #expect(throws: PlainClient.Failure.self) { try await first.digiCert("/user/me") }
        let second = try await CASandbox.start(port: first.port)
        #expect(try await second.digiCert("/user/me").status == 200)
        await second.stop()
        await second.stop()
    }

    @Test("requests are recorded as they stood on the wire, without credentials")
    func recorded() async throws {
        let sandbox = try await CASandbox.start()
        _ = try await sandbox.digiCert("/order/certificate?limit=1&filters[status]=issued")
        _ = try await sandbox.client.send("POST", "/elsewhere?x=%20")
        #expect(
            sandbox.requests.map(\.description) == [
                "GET /services/v2/order/certificate?limit=1&filters[status]=issued", "POST /elsewhere?x=%20",
            ]
        )
        await sandbox.stop()
    }

    @Test("plugins.yaml names both providers with the addresses and keys to reach them")
    func pluginsYAML() async throws {
        let sandbox = try await CASandbox.start()
        let port = sandbox.port
        #expect(
            sandbox.pluginsYAML() == """
                # The bundled sandbox: made-up data, made-up keys. Not for production.
                version: 1

                providers:
                  digicert:
                    adapter: digicert
                    settings:
                      api_key: "sandbox-digicert-api-key-not-a-secret"
                      base_url: "http://127.0.0.1:\(port)/services/v2"
                  ncp:
                    adapter: ncp
                    settings:
                      access_key: "sandbox-ncp-access-key-not-real"
                      base_url: "http://127.0.0.1:\(port)"
                      secret_key: "sandbox-ncp-secret-key-not-a-secret"

                """
        )
        await sandbox.stop()
    }

    @Test("the last rows of a million generated orders are served like the first")
    func million() async throws {
        let sandbox = try await CASandbox.start(options: SandboxOptions(orders: 1_000_000))
        let digiCert = try await sandbox.digiCert("/order/certificate?offset=999990&limit=1000&sort=order_id").json
        #expect(digiCert.array("orders")?.count == 12)
        #expect(digiCert.array("orders")?.last?.integer("id") == 1_499_999)
        #expect(digiCert.object("page")?.integer("total") == 1_000_002)
        let ncp = try await sandbox.ncp("/api/v2/certificate/getPaidCertificates?page=1001&pageSize=1000").json
        #expect(ncp.array("orders")?.last?.string("orderId") == "1910000")
        await sandbox.stop()
    }
}
