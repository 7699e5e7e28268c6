import Foundation

/// pkilint as a judge of certificates and revocation lists that isn't ours. It stands beside Python, which
/// `Tests/requirements.txt` is installed for.
package enum Linter: String, Sendable {
    /// A certificate, by RFC 5280.
    case certificate = "lint_pkix_cert"
    /// A server's certificate, by the Baseline Requirements of the CA/Browser Forum.
    case serverCertificate = "lint_cabf_serverauth_cert"
    /// A revocation list.
    case revocationList = "lint_crl"

    /// Whether it is there.
    package static let isAvailable = (try? OpenSSL.run(Linter.certificate.command, ["--help"])) != nil

    private var command: String {
        guard let python = ProcessInfo.processInfo.environment["CERTHOST_PYTHON"] else { return rawValue }
        return URL(fileURLWithPath: python).deletingLastPathComponent().appending(path: rawValue).path
    }

    /// What it finds.
    ///
    /// - Parameters:
    ///   - pem: what is looked at.
    ///   - options: more of the command's options.
    /// - Returns: the codes of the findings, warnings and worse.
    /// - Throws: where it can't be run.
    package func findings(in pem: String, _ options: [String] = []) async throws -> Set<String> {
        let file = FileManager.default.temporaryDirectory.appending(path: "certhost-lint-\(UUID().uuidString)")
        try Data(pem.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        // Its exit status is the number of findings.
        let line = "\"$0\" \"$@\"; test $? -lt 126"
        let text = try await OpenSSL.runAside(
            "sh", ["-c", line, command, "lint", "-s", "WARNING", "-f", "JSON"] + options + [file.path])
        guard text.hasPrefix("{") else { throw OpenSSL.Failure(description: text) }
        return Set(text.matches(of: /"code": "([^"]+)"/).map { String($0.1) })
    }
}
