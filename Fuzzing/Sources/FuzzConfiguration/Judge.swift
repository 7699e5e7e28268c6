import AdapterHTTP
import CertProtocol
import DigiCertAdapter
import Foundation
import Host
import NCPAdapter

/// Loads a file as the command does, and ends the process where the answer is not one that a user may be given.
struct Judge: Sendable {
    private struct NoTransport: ClientTransport {
        func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
            throw TransportFailure(.connect, "There is no network here.")
        }
    }

    static let shared = Judge()

    /// What a credential holds; no report may show it.
    private static let canary = "FAKE-canary-9d41"
    private static let mostFindings = 101

    private let file: String
    private let registry: AdapterRegistry?
    private let loader: ConfigurationLoader?

    private init() {
        file = FileManager.default.temporaryDirectory.appending(path: "certhost-fuzz-\(UUID().uuidString).yaml").path
        registry = try? AdapterRegistry([.digiCert(transport: NoTransport()), .ncp(transport: NoTransport())])
        let sandbox = EmbeddedSandbox(adapters: ["digicert"]) {
            ["digicert": ["api_key": Self.canary, "base_url": "http://127.0.0.1:8080/services/v2"]]
        }
        loader = registry.map {
            ConfigurationLoader(
                registry: $0, variables: ["KEY": Self.canary, "WORD": "eu", "HOME": "/home/somebody"],
                embeddedSandbox: sandbox)
        }
    }

    /// Loads the file's own choice of environment, and `prod`.
    func judge(_ bytes: [UInt8]) async {
        guard let loader, let registry else { fatalError("The adapters could not be registered.") }
        Self.expect(
            FileManager.default.createFile(atPath: file, contents: Data(bytes)),
            "no place for a file: a fault of this machine")
        let names: [String?] = bytes.firstRange(of: Array("prod".utf8)) == nil ? [nil] : [nil, "prod"]
        for environment in names {
            do throws(ConfigurationError) {
                let loaded = try await loader.load(path: file, environment: environment)
                check(loaded.warnings, of: bytes)
                Self.expect(loaded.warnings.allSatisfy { $0.severity == .warning }, "an error among the warnings")
                _ = loaded.effective.yaml()
                _ = try? CertificateHost(configuration: loaded.configuration, registry: registry)
            } catch {
                Self.expect(error.findings.contains { $0.severity == .error }, "refused without an error")
                check(error.findings, of: bytes)
            }
        }
    }

    private func check(_ findings: [ConfigurationFinding], of bytes: [UInt8]) {
        let lines = bytes.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
        Self.expect(findings.count <= Self.mostFindings, "\(findings.count) findings")
        for finding in findings {
            Self.expect(finding.line.map { (1...lines).contains($0) } ?? true, "a place outside of the file")
            Self.expect(finding.column.map { $0 >= 1 } ?? true, "a column before the first")
            Self.expect(!finding.message.isEmpty && !finding.code.isEmpty, "a finding that says nothing")
            for text in [finding.message, finding.found, finding.path, finding.suggestion] + finding.allowed {
                Self.expect(text?.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } ?? true, "a control character")
            }
        }
        let report = ConfigurationReport(findings).text
        guard bytes.firstRange(of: Array(Self.canary.utf8)) == nil else { return }
        Self.expect(!report.contains(Self.canary), "a credential in the report")
    }

    private static func expect(_ isTrue: Bool, _ what: @autoclosure () -> String) {
        guard !isTrue else { return }
        FileHandle.standardError.write(Data("What must never happen: \(what())\n".utf8))
        fatalError("finding")
    }
}
