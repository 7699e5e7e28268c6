import CASandbox
import CertProtocol
import Foundation
import TestSupport
import Testing

/// The whole life of a certificate, as a user goes through it, with `openssl` as the judge of each step.
@Suite("The life of a certificate")
struct LifecycleWalkTests {
    /// What a step printed.
    private struct Walk {
        let command: SandboxedCommand
        let openSSL: OpenSSL
        /// All that was printed, to be searched for what must never be.
        private(set) var printed = ""

        mutating func step(_ arguments: [String], status: Int32 = 0) async throws -> JSONValue? {
            let result = try await command.runner.run(arguments + ["--format", "json"])
            #expect(result.status == status, "\(arguments): \(result.errors)")
            printed += result.output + result.errors
            return result.json
        }

        mutating func receipt(_ arguments: [String]) async throws -> JSONValue {
            try #require(try await step(arguments)?["receipt"])
        }

        /// Has the authority look until it has seen what was published.
        mutating func prove(_ order: String) async throws {
            for _ in 0..<10 {
                let seen = try await step(["validation", "check", order])?.array("validations") ?? []
                if !seen.isEmpty, seen.allSatisfy({ $0.string("status") == "VALID_STATUS_SUCCESS" }) { return }
            }
            Issue.record("\(order) is not validated")
        }

        /// A step that issues at once or after its validation: checks the certificate in its file against its key.
        func check(_ name: String, names: [String]) throws {
            let folder = command.runner.folder.path
            let text = try String(contentsOfFile: "\(folder)/\(name).crt", encoding: .utf8)
            let blocks = text.components(separatedBy: "-----BEGIN").dropFirst().map { "-----BEGIN" + $0 }
            try openSSL.verify(blocks, root: command.sandbox.rootCertificatePEM)
            let described = try openSSL.run([
                "x509", "-in", "\(folder)/\(name).crt", "-noout", "-ext", "subjectAltName",
            ])
            for name in names { #expect(described.contains("DNS:\(name)")) }
            let certified = try openSSL.run(["x509", "-in", "\(folder)/\(name).crt", "-noout", "-pubkey"])
            #expect(try openSSL.run(["pkey", "-in", "\(folder)/\(name).key", "-pubout"]) == certified)
            #expect(try mode("\(name).key") == 0o600)
            #expect(try mode("\(name).crt") == 0o644)
        }

        private func mode(_ file: String) throws -> Int? {
            let path = "\(command.runner.folder.path)/\(file)"
            return try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }

        /// Nothing that was printed is a secret.
        func checkSecrets() throws {
            #expect(!printed.contains("PRIVATE KEY"))
            for settings in command.sandbox.adapterSettings.values {
                for (name, value) in settings where name != "base_url" { #expect(!printed.contains(value)) }
            }
            let folder = command.runner.folder.path
            for file in try FileManager.default.contentsOfDirectory(atPath: folder) where file.hasSuffix(".key") {
                let key = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8).split(separator: "\n")
                #expect(!printed.contains(key[1]))
            }
        }
    }

    private static func generated(_ name: String, _ kind: String? = nil) -> [String] {
        ["--generate-key"] + (kind.map { [$0] } ?? []) + ["--key-out", "\(name).key", "--out", "\(name).crt", "--yes"]
    }

    private func walk(_ body: (inout Walk) async throws -> Void) async throws {
        try await SandboxedCommand.with { command in
            let openSSL = try OpenSSL()
            defer { openSSL.remove() }
            var walk = Walk(command: command, openSSL: openSSL)
            try await body(&walk)
            try walk.checkSecrets()
        }
    }

    @Test("at DigiCert: issue, validation, approval, download, reissue, duplicate, renew, revoke, cancel")
    func digiCert() async throws {
        try await walk { walk in
            // An order that a person has to approve.
            let paid = ["--product", "ssl_plus", "--organization", "112234", "--validity", "1y"]
            let issue =
                ["issue", "--provider", "digicert", "--domain", "shop.example.com", "--idempotency-key", "shop"] + paid
                + Self.generated("first")
            var receipt = try await walk.receipt(issue)
            #expect(receipt.string("state") == "pending")
            #expect(receipt.strings("awaiting") == ["approval"])
            let order = "digicert/" + (try #require(receipt.string("order_id")))
            let approvals = try await walk.step(["approvals", "list", "--provider", "digicert"])?.array("approvals")
            let request = try #require(approvals?.first { "digicert/\($0.string("order_id") ?? "")" == order })
            #expect(
                request.members.map(\.name) == [
                    "provider", "request_id", "type", "status", "date", "order_id", "common_name",
                ]
            )
            let approve = [
                "approvals", "approve", "digicert/\(request.string("request_id") ?? "")", "--comment", "Fine.",
            ]
            #expect(try await walk.receipt(approve + ["--yes"]).string("state") == "done")

            // The same command again goes on with the first order.
            receipt = try await walk.receipt(issue + ["--wait"])
            #expect(receipt.string("state") == "issued")
            #expect("digicert/\(receipt.string("order_id") ?? "")" == order)
            #expect(
                receipt.members.map(\.name) == [
                    "provider", "operation", "journal_key", "order_id", "certificate_id", "state", "awaiting",
                    "certificates_pem",
                ]
            )
            try walk.check("first", names: ["shop.example.com"])

            // Another name waits for its validation.
            let domain = try await walk.receipt(
                ["issue", "--provider", "digicert", "--product", "ssl_dv_geotrust", "--domain", "dv.example.kr"]
                    + Self.generated("dv")
            )
            #expect(domain.strings("awaiting") == ["domain_validation"])
            let pending = "digicert/" + (try #require(domain.string("order_id")))
            let shown = try #require(try await walk.step(["validation", "show", pending])?.array("validations")?.first)
            #expect(
                shown.members.map(\.name) == [
                    "provider", "order_id", "domain", "method", "status", "record_name", "record_type", "record_value",
                    "expires_at",
                ]
            )
            #expect(shown.string("record_type") == "TXT")
            _ = try await walk.receipt(["validation", "set-method", pending, "dns-cname-token"])
            let changed = try await walk.step(["validation", "show", pending])?.array("validations")?.first
            #expect(changed?.string("record_type") == "CNAME")
            _ = try await walk.step(["validation", "check", pending])
            #expect(try await walk.step(["order", pending])?["order"]?.string("status") == "issued")
            _ = try await walk.step(["download", pending, "--out", "dv.crt"])
            try walk.check("dv", names: ["dv.example.kr"])

            // Within the paid order.
            for operation in ["reissue", "duplicate"] {
                let further = try await walk.receipt([operation, order] + Self.generated(operation, "rsa2048"))
                #expect(further.string("operation") == operation)
                if further.string("state") == "pending" {
                    let list = try await walk.step(["approvals", "list"])?.array("approvals") ?? []
                    let request = try #require(list.last?.string("request_id"))
                    _ = try await walk.receipt(["approvals", "approve", "digicert/\(request)", "--yes"])
                    _ = try await walk.receipt(
                        [operation, order, "--idempotency-key", try #require(further.string("journal_key")), "--wait"]
                            + Self.generated(operation, "rsa2048")
                    )
                }
                try walk.check(operation, names: ["shop.example.com"])
            }

            // The successor.
            let renewed = try await walk.receipt(
                ["renew", order, "--organization", "112233", "--validity", "1y"] + Self.generated("renewed"))
            #expect(renewed.string("state") == "issued")
            try walk.check("renewed", names: ["shop.example.com"])
            let successor = "digicert/" + (try #require(renewed.string("order_id")))
            #expect(successor != order)
            #expect(walk.printed.contains("certhost reissue \(order) gives a new certificate at no charge"))

            // No more than the scope that was named.
            let held = try await walk.step(["order", order])?["order"]?.array("certificates")
            let certificate = try #require(held?.first?.string("certificate_id"))
            let revoked = try await walk.receipt([
                "revoke", order, "--certificate", certificate, "--reason", "superseded", "--yes",
            ])
            #expect(["done", "pending"].contains(revoked.string("state")))
            #expect(try await walk.step(["order", successor])?["order"]?.string("status") == "issued")
            _ = try await walk.step(["cancel", successor, "--yes"], status: 1)
            let open = try await walk.receipt(
                ["issue", "--provider", "digicert", "--product", "ssl_dv_geotrust", "--domain", "other.example.kr"]
                    + Self.generated("other")
            )
            let canceled = try await walk.receipt(["cancel", "digicert/\(open.string("order_id") ?? "")", "--yes"])
            #expect(canceled.string("state") == "done")
        }
    }

    @Test("at NAVER Cloud: issue, validation, issued, download, reissue, extend, renewal flag, revoke, import, delete")
    func ncp() async throws {
        try await walk { walk in
            let issue =
                [
                    "issue", "--provider", "ncp", "--product", "NCP_PAID_DV_01", "--domain", "www.example.com",
                    "--domain",
                    "shop.example.com", "--idempotency-key", "www",
                ] + Self.generated("first")
            let pending = try await walk.receipt(issue)
            #expect(pending.string("state") == "pending")
            let order = "ncp/" + (try #require(pending.string("order_id")))
            let shown = try await walk.step(["validation", "show", order])?.array("validations")
            #expect(shown?.count == 2)
            try await walk.prove(order)
            let issued = try await walk.receipt(issue + ["--wait"])
            #expect(issued.string("state") == "issued")
            try walk.check("first", names: ["www.example.com", "shop.example.com"])
            _ = try await walk.step(["download", order, "--format-out", "chain", "--out", "chain.pem"])

            let reissue = ["reissue", order, "--idempotency-key", "again"] + Self.generated("reissued", "rsa-2048")
            _ = try await walk.receipt(reissue)
            try await walk.prove(order)
            #expect(try await walk.receipt(reissue + ["--wait"]).string("state") == "issued")
            try walk.check("reissued", names: ["www.example.com", "shop.example.com"])

            let before = try await walk.step(["order", order])?["order"]?.string("valid_until")
            #expect(try await walk.receipt(["extend", order, "--validity", "1y", "--yes"]).string("state") == "done")
            #expect(try await walk.step(["order", order])?["order"]?.string("valid_until") != before)
            let first = try #require(issued.string("certificate_id"))
            _ = try await walk.receipt(["auto-renewal", "off", "ncp/\(first)"])
            let revoked = try await walk.receipt([
                "revoke", order, "--certificate", first, "--reason", "superseded", "--yes",
            ])
            #expect(["done", "pending"].contains(revoked.string("state")))
            let certificates = try await walk.step(["order", order])?["order"]?.array("certificates") ?? []
            for certificate in certificates where certificate.string("certificate_id") != first {
                #expect(certificate.string("status") == "issued")
            }

            let imported = try await walk.receipt([
                "import", "--provider", "ncp", "--name", "imported", "--certificate", "first.crt", "--key", "first.key",
                "--chain", "chain.pem",
            ])
            let id = try #require(imported.string("certificate_id"))
            #expect(
                try await walk.receipt(["delete", "ncp/\(id)", "--name", "imported", "--yes"]).string("state") == "done"
            )
        }
    }
}
