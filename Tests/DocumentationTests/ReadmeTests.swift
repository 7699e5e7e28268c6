import CASandbox
import CertProtocol
import Foundation
import Testing

/// The README's code is the code of the file beside this one, which the compiler reads.
@Suite("README")
struct ReadmeTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    private static func blocks(_ language: String) throws -> [String] {
        try text("README.md").components(separatedBy: "```\(language)\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }
    }

    @Test("every piece of Swift in the README is compiled")
    func compiled() throws {
        let source = try Self.text("Tests/DocumentationTests/EmbeddingExample.swift")
        #expect(try Self.blocks("swift") == [source.trimmingCharacters(in: .newlines)])
    }

    @Test("the README stays short enough to be read")
    func length() throws {
        #expect(try Self.text("README.md").split(separator: "\n", omittingEmptySubsequences: false).count < 250)
    }

    @Test("the embedding example lists what expires, from both authorities")
    func embedding() async throws {
        let sandbox = try await CASandbox.start(options: SandboxOptions(orders: 400))
        let file = FileManager.default.temporaryDirectory.appending(path: "certhost-readme-\(UUID().uuidString).yaml")
        try (sandbox.pluginsYAML() + "environments: {test: {}}\n").write(to: file, atomically: true, encoding: .utf8)
        let certificates = try await certificatesExpiringSoon(configuration: file.path, environment: "test")
        #expect(Set(certificates.map(\.provider)) == ["digicert", "ncp"])
        await sandbox.stop()
    }

    @Test("every command that the README shows exists")
    func commands() throws {
        let known = [
            "providers", "list", "order", "duplicates", "subaccount-orders", "changes", "products", "organizations",
            "issue", "validation", "approvals", "download", "renew", "reissue", "duplicate", "extend", "revoke",
            "cancel",
            "import", "delete", "auto-renewal", "journal", "route", "config", "sandbox", "adapter",
        ]
        let shown = try Self.text("README.md").matches(of: /(?m)^\$ certhost ([a-z-]+)/).map { String($0.1) }
        #expect(!shown.isEmpty)
        for command in shown { #expect(known.contains(command)) }
    }
}
