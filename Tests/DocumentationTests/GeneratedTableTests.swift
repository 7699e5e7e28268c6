import ACMEAdapter
import AdapterHTTP
import CASandbox
import CertConformance
import CertProtocol
import DigiCertAdapter
import Foundation
import LocalCAAdapter
import NCPAdapter
import TestSupport
import Testing

@testable import Host

/// The tables of the documentation that are made from declarations, and the examples beside the schema that is made of them.
@Suite("Generated documentation")
struct GeneratedTableTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func registry() throws -> AdapterRegistry {
        let transport = ScriptedTransport { _, _ in TransportResponse(200, "{}") }
        return try AdapterRegistry([
            .digiCert(transport: transport), .ncp(transport: transport), .acme(transport: transport), .localCA(),
        ])
    }

    // One after the other, since writing takes the whole page.
    @Test(
        "a table says what the declarations say; `make docs-tables` writes it anew", .serialized,
        arguments: [
            ("README.md", "settings"), ("Sources/Host/Host.docc/Configuration.md", "settings"),
            ("Sources/Host/Host.docc/Configuration.md", "keys"),
            ("README.md", "capabilities"),
            ("Sources/CertConformance/CertConformance.docc/Capabilities.md", "capabilities"),
            ("Sources/CertConformance/CertConformance.docc/Capabilities.md", "capability-details"),
            ("Sources/CertConformance/CertConformance.docc/Conformance-Suite.md", "requirements"),
        ])
    func tables(_ page: String, _ name: String) throws {
        let table = try Self.table(name)
        let file = Self.root.appending(path: page)
        let text = try String(contentsOf: file, encoding: .utf8)
        let opening = try #require(text.range(of: "<!-- generated: \(name) -->\n"), "\(page) has no place for it")
        let closing = try #require(text.range(of: "<!-- end -->", range: opening.upperBound..<text.endIndex))
        if ProcessInfo.processInfo.environment["CERTHOST_WRITE_TABLES"] != nil {
            let new = text.replacingCharacters(in: opening.upperBound..<closing.lowerBound, with: table)
            try new.write(to: file, atomically: true, encoding: .utf8)
        } else {
            let written = String(text[opening.upperBound..<closing.lowerBound])
            #expect(written == table, "\(page) is stale: make docs-tables")
        }
    }

    private static func table(_ name: String) throws -> String {
        switch name {
        case "keys": ConfigurationTables.keys
        case "capabilities": CapabilityTable(try CapabilityColumns.all()).markdown
        case "capability-details": CapabilityTable(try CapabilityColumns.all()).detailsMarkdown
        case "requirements": RequirementTable.markdown
        default: ConfigurationTables.settings(of: try registry())
        }
    }

    @Test("the capability table as JSON says what the declarations say; `make docs-tables` writes it anew")
    func capabilitiesJSON() throws {
        let table = CapabilityTable(try CapabilityColumns.all()).json.indentedText + "\n"
        let file = Self.root.appending(path: "Sources/CertConformance/CertConformance.docc/capabilities.json")
        if ProcessInfo.processInfo.environment["CERTHOST_WRITE_TABLES"] != nil {
            try table.write(to: file, atomically: true, encoding: .utf8)
        } else {
            #expect(try String(contentsOf: file, encoding: .utf8) == table, "it is stale: make docs-tables")
        }
    }

    /// The shipped configuration, and the README's.
    private static func examples() throws -> [String] {
        let shipped = try String(contentsOf: Self.root.appending(path: "plugins.yaml"), encoding: .utf8)
        let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
        let examples = readme.components(separatedBy: "```yaml\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        return [shipped] + examples.filter { $0.contains("version: 1") }
    }

    @Test("the shipped configuration and the README's can be used")
    func loaded() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "certhost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let sandbox = EmbeddedSandbox(adapters: ["digicert", "ncp"]) { [:] }
        let loader = ConfigurationLoader(registry: try Self.registry(), variables: [:], embeddedSandbox: sandbox)
        for document in try Self.examples() {
            let path = folder.appending(path: "plugins.yaml").path
            try document.write(toFile: path, atomically: true, encoding: .utf8)
            let loaded = try await loader.load(path: path, environment: "sandbox")
            #expect(loaded.warnings.isEmpty && !loaded.configuration.providers.isEmpty)
        }
    }

    @Test(
        "the shipped configuration, the README's and the sandbox's are valid by the schema",
        .enabled(
            if: SchemaJudge.isAvailable, "Python's jsonschema and ruamel.yaml are missing; `make test` installs them"))
    func valid() async throws {
        let schema = ConfigurationSchema(registry: try Self.registry()).node
        let sandbox = try await CASandbox.start()
        let documents = try Self.examples() + [sandbox.pluginsYAML()]
        await sandbox.stop()
        #expect(try SchemaJudge.errors(in: documents, by: schema) == [[], [], []])
    }
}
