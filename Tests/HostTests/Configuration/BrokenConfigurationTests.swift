import AdapterHTTP
import CertProtocol
import DigiCertAdapter
import Foundation
import Host
import NCPAdapter
import TestSupport
import Testing

/// The files in `Corpus` are configurations as operators break them, each with the whole report that they get.
///
/// `CERTHOST_RECORD_REPORTS=1 swift test --filter BrokenConfigurationTests` writes the reports anew; read every change.
struct BrokenConfigurationTests {
    private static let corpus = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")
    private static let isRecording = ProcessInfo.processInfo.environment["CERTHOST_RECORD_REPORTS"] != nil

    static let names =
        ((try? FileManager.default.contentsOfDirectory(atPath: corpus.path)) ?? []).filter { $0.hasSuffix(".yaml") }
        .sorted()

    @Test("there are enough of them, and no report without its file")
    func completeness() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.corpus.path)
        #expect(Self.names.count >= 60)
        #expect(
            Set(files.filter { $0.hasSuffix(".report") })
                == Set(Self.names.map { $0.replacing(".yaml", with: ".report") }))
    }

    @Test("a broken configuration gets the report that is kept beside it", arguments: names)
    func report(_ name: String) async throws {
        let findings = try await findings(name)
        let report = ConfigurationReport(findings).text
        #expect(!findings.isEmpty)
        #expect(!report.contains("FAKE"), "A credential stands in the report:\n\(report)")
        let golden = Self.corpus.appending(path: name.replacing(".yaml", with: ".report"))
        if Self.isRecording { try Data(report.utf8).write(to: golden) }
        #expect(report == (try String(contentsOf: golden, encoding: .utf8)))
    }

    /// What is found, as if the file stood in `/etc/certhost` and were named by its name.
    private func findings(_ name: String) async throws -> [ConfigurationFinding] {
        let data = try Data(contentsOf: Self.corpus.appending(path: name))
        let fixture = try ConfigurationFixture(data)
        try fixture.write("FAKE-first\nFAKE-second\n", to: "key-with-lines")
        try fixture.write("no certificate", to: "not-a-certificate.pem")
        try FileManager.default.createDirectory(
            at: fixture.folder.appending(path: "folder"), withIntermediateDirectories: false)
        // A first line that is a comment may say what the command is given besides the file.
        let first = String(decoding: data.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        fixture.variables = [
            "HOME": "/home/somebody", "DIGICERT_API_KEY": "FAKE-digicert", "NCP_ACCESS_KEY": "FAKE-access",
            "NCP_SECRET_KEY": "FAKE-secret", "EMPTY": "", "WORD": "many",
        ]
        fixture.variables["CERTHOST_ENVIRONMENT"] = Self.value(of: "CERTHOST_ENVIRONMENT", in: first)
        let transport = ScriptedTransport { _, _ throws(TransportFailure) in
            throw TransportFailure(.connect, "Nothing is sent while a configuration is read")
        }
        let registry = try AdapterRegistry([.digiCert(transport: transport), .ncp(transport: transport)])
        let loader = ConfigurationLoader(registry: registry, variables: fixture.variables)
        let environment = Self.value(of: "--environment", in: first)
        var findings: [ConfigurationFinding]
        do { findings = try await loader.load(path: fixture.path, environment: environment).warnings } catch {
            findings = error.findings
        }
        for index in findings.indices {
            findings[index].file = name
            findings[index].message.replace(fixture.folder.path, with: "/etc/certhost")
        }
        return findings
    }

    private static func value(of name: String, in line: String) -> String? {
        line.hasPrefix("# \(name): ") ? String(line.dropFirst(name.count + 4)) : nil
    }
}
