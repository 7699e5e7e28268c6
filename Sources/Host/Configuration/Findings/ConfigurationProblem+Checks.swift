internal import CertProtocol

extension ConfigurationProblem {
    // MARK: What `config check` alone looks at

    static func openSecretFile(_ path: String) -> Self {
        .init(
            "open-secret-file",
            "The credential in “\(shown(path))” can be read or written by others than the file's owner; chmod 600 ends that.",
            severity: .warning, found: "${file:\(path)}")
    }

    /// What a provider answered to a call that was made to see whether it works.
    static func refused(_ error: CertificateError, provider: String) -> Self {
        let words = [error.providerCode.map { "“\($0)”" }, error.providerMessage].compactMap(\.self)
        let answer = words.isEmpty ? "" : " The certificate authority says: \(words.joined(separator: " "))."
        return .init(
            "provider-" + error.code.rawValue.replacing("_", with: "-"), "“\(provider)”: \(error.message)\(answer)")
    }
}
