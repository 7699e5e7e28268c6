import CertProtocol
import Foundation
import TestSupport
import Testing

/// What the sandbox hands out, as pkilint judges it.
@Suite(
    "pkilint on the sandbox's certificates",
    .enabled(if: Linter.isAvailable, "pkilint is missing; `make test` installs it"))
struct SandboxLintTests {
    /// An asterisk is no part of a name by RFC 5280; the certificates of both authorities have them.
    private static let asterisk: Set<String> = ["pkix.invalid_domain_name_syntax"]

    /// The certificates of a fullchain.
    private static func blocks(_ text: String) -> [String] {
        text.components(separatedBy: "-----BEGIN").dropFirst().map { "-----BEGIN" + $0 }
    }

    private func expectClean(_ certificates: Set<String>) async throws {
        let all = certificates.sorted()
        let openSSL = try OpenSSL()
        defer { openSSL.remove() }
        for (certificate, findings) in zip(all, try await Linter.certificate.findings(in: all)) {
            guard !findings.isEmpty else { continue }
            let names = try openSSL.run(
                ["x509", "-noout", "-text", "-in", openSSL.file(certificate)])
            #expect(findings == Self.asterisk && names.contains("DNS:*."), "\(findings) in\n\(names)")
        }
    }

    @Test("it finds nothing in what is issued by either, for every kind of key and product")
    func issued() async throws {
        try await SandboxedCommand.with { command in
            let digiCert = ["--provider", "digicert", "--organization", "112233"]
            let orders = [
                digiCert + ["--product", "ssl_plus", "--domain", "www.example.com", "--generate-key", "rsa-2048"],
                digiCert + ["--product", "ssl_ev_plus", "--domain", "ev.example.com", "--generate-key", "ec-p384"],
                digiCert + ["--product", "ssl_multi_domain", "--domain", "a.example.com", "--domain", "b.example.com"]
                    + ["--generate-key"],
                digiCert + ["--product", "ssl_wildcard", "--domain", "*.example.com", "--generate-key"],
                ["--provider", "digicert", "--product", "ssl_dv_geotrust", "--domain", "dv.example.com"]
                    + ["--generate-key"],
                ["--provider", "ncp", "--product", "NCP_PAID_DV_01", "--domain", "dv.example.kr", "--generate-key"],
            ]
            var certificates: Set<String> = []
            for (number, order) in orders.enumerated() {
                let result = try await command.runner.run(
                    ["issue"] + order + ["--key-out", "\(number).key", "--yes", "--format", "json"])
                #expect(result.status == 0, "\(order): \(result.errors)")
                let receipt = try #require(result.json?["receipt"])
                let id = "\(receipt.string("provider") ?? "")/\(receipt.string("order_id") ?? "")"
                // Where a proof is awaited, the authority looks until it has seen it.
                for _ in 0..<10 where receipt.string("state") == "pending" {
                    _ = try await command.runner.run("validation", "check", id)
                }
                let download = try await command.runner.run("download", id, "--format-out", "fullchain")
                #expect(download.status == 0, "\(id): \(download.errors)")
                certificates.formUnion(Self.blocks(download.output))
            }
            #expect(certificates.count >= orders.count + 2)
            try await expectClean(certificates)
        }
    }

    @Test("it finds nothing in what the samples and a generated estate hold")
    func held() async throws {
        try await SandboxedCommand.with(orders: 24) { command in
            let listed = try await command.runner.run("list", "--all-certificates", "--format", "json")
            let rows = listed.json?.array("certificates") ?? []
            #expect(rows.count > 24)
            var certificates: Set<String> = []
            for row in rows {
                guard let order = row.string("order_id"), let id = row.string("certificate_id"),
                    let provider = row.string("provider")
                else { continue }
                let download = try await command.runner.run(
                    "download", "\(provider)/\(order)", "--certificate", id, "--format-out", "fullchain")
                // What isn't issued can't be downloaded.
                if download.status == 0 { certificates.formUnion(Self.blocks(download.output)) }
            }
            #expect(certificates.count > 20)
            try await expectClean(certificates)
        }
    }
}
