import CASandbox
import Foundation
import Testing

extension PackageTests {
    /// The package of `Examples/Embedding`.
    @Suite("An embedder's package")
    struct EmbeddingTests {
        private static let package = checkout.appending(path: "Examples/Embedding")

        private static func build(_ product: String) async throws -> Set<String> {
            let result = try await swift("build", "--product", product, in: package)
            try #require(result.status == 0, "\(result.printed)")
            return try BuildManifest(of: scratch).modules(of: product)
        }

        @Test("a program that takes Host and one adapter compiles these modules, and no others")
        func hostAndOneAdapter() async throws {
            let modules = try await Self.build("route-check")
            #expect(
                modules == [
                    // The program and the three modules of ours; libyaml is the system's.
                    "RouteCheck", "Host", "DigiCertAdapter", "AdapterHTTP", "CertProtocol",
                    // Types of HTTP, logs, metrics, traces.
                    "HTTPTypes", "Logging", "CoreMetrics", "Metrics", "Instrumentation", "ServiceContextModule",
                    "Tracing",
                ]
            )
            let result = try await run(
                scratch.appending(path: "debug/route-check").path, ["plugins.yaml", "shop.example.com"],
                in: Self.package,
                environment: ["DIGICERT_API_KEY": "test-key-not-a-secret"]
            )
            #expect(result.output == "shop.example.com: digicert\n", "\(result.printed)")
        }

        @Test("one with sockets compiles NIO too, but no server, no argument parser, no database, no X.509")
        func withSockets() async throws {
            let modules = try await Self.build("expiry-watch")
            #expect(modules.isSuperset(of: ["ExpiryWatch", "HTTPTransport", "AsyncHTTPClient", "NIOCore", "Host"]))
            let unasked = ["Hummingbird", "ArgumentParser", "GRDB", "SwiftDocC", "X509", "CASandbox", "NCPAdapter"]
            for word in unasked { #expect(!modules.contains { $0.hasPrefix(word) }, "\(word) is compiled") }
        }

        @Test("the service lists what expires at the sandbox, and fails where an account can't be read")
        func service() async throws {
            _ = try await Self.build("expiry-watch")
            let sandbox = try await CASandbox.start(options: SandboxOptions(orders: 400))
            let yaml = sandbox.pluginsYAML().components(separatedBy: "  ncp:")[0]
            try await withTemporaryFolder { folder in
                let file = folder.appending(path: "plugins.yaml")
                try yaml.write(to: file, atomically: true, encoding: .utf8)
                let program = scratch.appending(path: "debug/expiry-watch").path
                let all = await Result.of { try await run(program, [file.path, "30", "--once"], in: folder) }
                await sandbox.stop()
                #expect(try all.get().status == 0, "\(all)")
                #expect(try all.get().printed.contains("expires soon"))
                let none = try await run(program, [file.path, "30", "--once"], in: folder)
                #expect(none.status == 3 && none.printed.contains("not read"), "\(none.printed)")
            }
        }
    }
}
