import CertProtocol
import Foundation
import TestSupport
import Testing

/// The `dev` environment of the shipped plugins.yaml: the same commands as for `prod`, with a local CA behind them.
@Suite("The dev environment of the shipped configuration")
struct DevEnvironmentTests {
    /// The shipped configuration in a folder of its own, which is the home and the folder for state too.
    private struct Laptop {
        let runner: CommandRunner
        let openSSL: OpenSSL
        let state: String

        init() throws {
            runner = try CommandRunner()
            openSSL = try OpenSSL()
            state = runner.folder.appending(path: "state").path
            let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent()
            try runner.write(String(contentsOf: root.appending(path: "plugins.yaml"), encoding: .utf8))
        }

        var authority: String { state + "/certhost/local-ca" }

        func run(_ arguments: [String]) async throws -> CommandRunner.Result {
            let result = try await runner.run(arguments + ["-e", "dev"], environment: ["XDG_STATE_HOME": state])
            #expect(!(result.output + result.errors).contains("PRIVATE KEY"))
            return result
        }

        func json(_ arguments: String...) async throws -> JSONValue {
            let result = try await run(arguments + ["--format", "json"])
            #expect(result.status == 0, "\(arguments): \(result.errors)")
            return try #require(result.json)
        }

        func file(_ name: String) -> String { runner.folder.appending(path: name).path }

        /// Starts a TLS server that serves one client with the certificate and key that were ordered, and ends.
        ///
        /// - Returns: its port, and the server, for the case that no client comes.
        func serve() async throws -> (port: String, server: Process) {
            let server = Process()
            server.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            server.arguments = [
                "openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", file("c.pem"), "-cert_chain", file("c.pem"),
                "-key", file("k.pem"), "-naccept", "1",
            ]
            let said = runner.folder.appending(path: "server.out")
            try Data().write(to: said)
            server.standardOutput = try FileHandle(forWritingTo: said)
            server.standardError = FileHandle.nullDevice
            server.standardInput = Pipe()
            try server.run()
            // It says which port it has: "ACCEPT 127.0.0.1:40123".
            for _ in 0..<3000 {
                let text = try String(contentsOf: said, encoding: .utf8)
                if let line = text.split(separator: "\n").first(where: { $0.hasPrefix("ACCEPT") }),
                    text.hasSuffix("\n"), let port = line.split(separator: ":").last
                {
                    return (String(port), server)
                }
                try await Task.sleep(for: .milliseconds(10))
            }
            server.terminate()
            throw CertificateError(.timeout, "The server does not listen.")
        }

        static func with(_ body: (Laptop) async throws -> Void) async throws {
            let laptop = try Laptop()
            defer {
                laptop.openSSL.remove()
                try? FileManager.default.removeItem(at: laptop.runner.folder)
            }
            try await body(laptop)
        }
    }

    @Test("issue without --provider gives a certificate that a TLS server shows to a client that trusts root.pem")
    func handshake() async throws {
        try await Laptop.with { laptop in
            let result = try await laptop.run([
                "issue", "--domain", "app.test", "--product", "ssl_plus", "--generate-key", "--key-out", "k.pem",
                "--out", "c.pem", "--yes",
            ])
            #expect(result.status == 0, "\(result.errors)")
            // The first order says where the root is that has to be trusted.
            let root = laptop.authority + "/root.pem"
            #expect(result.errors.contains(root), "\(result.errors)")
            #expect(!result.errors.contains("sandbox"))
            try laptop.openSSL.run([
                "verify", "-x509_strict", "-purpose", "sslserver", "-verify_hostname", "app.test", "-CAfile", root,
                "-untrusted", laptop.file("c.pem"), laptop.file("c.pem"),
            ])
            let (port, server) = try await laptop.serve()
            defer { if server.isRunning { server.terminate() } }
            let shaken = try await OpenSSL.runAside(
                "openssl",
                [
                    "s_client", "-connect", "127.0.0.1:\(port)", "-servername", "app.test", "-verify_hostname",
                    "app.test", "-verify_return_error", "-CAfile", root, "-no-CApath", "-no-CAstore", "-brief",
                ])
            #expect(shaken.contains("Verification: OK"), "\(shaken)")
        }
    }

    @Test("the life of a certificate: listed, shown, renewed, downloaded, revoked, and known to openssl as revoked")
    func life() async throws {
        try await Laptop.with { laptop in
            let providers = try await laptop.json("providers", "--check").array("providers") ?? []
            #expect(providers.map { $0.string("id") } == ["digicert", "ncp", "local"])
            #expect(providers.map { $0.boolean("enabled") } == [false, false, true])
            #expect(providers.last?["health"]?.string("outcome") == "ok")
            #expect(try await laptop.json("list").array("certificates")?.isEmpty == true)
            let issued = try await laptop.json(
                "issue", "--domain", "web.test", "--domain", "www.web.test", "--product", "ssl_basic", "--validity",
                "1y",
                "--certificate-validity", "199d", "--organization", "112233", "--generate-key", "--key-out", "k.pem",
                "--out", "c.pem", "--yes")["receipt"]
            #expect(issued?.string("provider") == "local" && issued?.string("state") == "issued")
            let order = "local/" + (try #require(issued?.string("order_id")))
            let shown = try await laptop.json("order", order)["order"]
            #expect(shown?.string("status") == "issued" && shown?.string("product") == "server")
            let serial = try #require(issued?.string("certificate_id"))
            #expect(
                try await laptop.json("order", "local/\(serial)", "--by", "serial")["order"]?.string("order_id")
                    == issued?.string("order_id"))
            // The names and the product of the order, a key of its own.
            let renewed = try await laptop.json(
                "renew", order, "--generate-key", "--key-out", "k2.pem", "--out", "c2.pem", "--yes")["receipt"]
            #expect(renewed?.string("state") == "issued" && renewed?.string("order_id") != issued?.string("order_id"))
            // Without a signing request, the key of the order.
            let kept = try await laptop.json("renew", order, "--out", "c3.pem", "--again", "--yes")["receipt"]
            #expect(kept?.string("state") == "issued")
            let keys = try ["c.pem", "c2.pem", "c3.pem"].map {
                try laptop.openSSL.run(["x509", "-noout", "-pubkey", "-in", laptop.file($0)])
            }
            #expect(keys[0] == keys[2] && keys[0] != keys[1])
            for format in ["pem", "chain", "fullchain", "p7b"] {
                let result = try await laptop.run(["download", order, "--format-out", format, "--out", "\(format).txt"])
                #expect(result.status == 0, "\(result.errors)")
            }
            #expect(try await laptop.json("list").array("certificates")?.count == 3)
            let revoked = try await laptop.json(
                "revoke", order, "--certificate", serial, "--reason", "keyCompromise", "--yes")["receipt"]
            #expect(revoked?.string("state") == "done")
            let listed = try await laptop.json("list", "--status", "revoked").array("certificates") ?? []
            #expect(listed.map { $0.string("serial_number") } == [serial])
            for (file, isGood) in ["c.pem": false, "c2.pem": true] {
                let arguments = [
                    "verify", "-crl_check", "-CAfile", laptop.authority + "/root.pem", "-CRLfile",
                    laptop.authority + "/crl.pem", "-untrusted", laptop.file(file), laptop.file(file),
                ]
                if isGood {
                    try laptop.openSSL.run(arguments)
                } else {
                    let failure = #expect(throws: OpenSSL.Failure.self) { try laptop.openSSL.run(arguments) }
                    #expect(failure?.description.contains("certificate revoked") == true, "\(failure as Any)")
                }
            }
        }
    }

    @Test(
        "a name that a laptop must not vouch for is refused with what is allowed, and other environments know no local CA"
    )
    func refused() async throws {
        try await Laptop.with { laptop in
            let result = try await laptop.run([
                "issue", "--domain", "www.bank.com", "--product", "ssl_plus", "--generate-key", "--key-out", "k.pem",
                "--yes",
            ])
            #expect(result.status == 1)
            #expect(result.errors.contains("*.test") && result.errors.contains("www.bank.com"), "\(result.errors)")
            let sandbox = try await laptop.runner.run("providers", "-e", "sandbox", "--format", "json")
            #expect(sandbox.json?.array("providers")?.map { $0.string("id") } == ["digicert", "ncp"])
            let checked = try await laptop.run(["config", "check"])
            #expect(checked.output == "plugins.yaml: no findings\n", "\(checked.output)")
        }
    }

    @Test("without XDG_STATE_HOME the folder is under the home, where the journal is")
    func home() async throws {
        try await Laptop.with { laptop in
            let result = try await laptop.runner.run([
                "issue", "-e", "dev", "--domain", "app.test", "--product", "any", "--generate-key", "--key-out",
                "k.pem",
                "--yes",
            ])
            #expect(result.status == 0, "\(result.errors)")
            let state = laptop.runner.folder.appending(path: ".local/state/certhost").path
            let files = try FileManager.default.contentsOfDirectory(atPath: state)
            #expect(files.contains("journal.sqlite") && files.contains("local-ca"))
        }
    }
}
