internal import AdapterSystem
internal import CertProtocol

/// What publishes proofs without a person: a program, or the folder of a web server.
struct Publisher: Sendable {
    private let hook: ExternalProgram?
    private let webRoot: String?

    /// What the settings name.
    init(_ settings: ACMESettings, clock: OperationClock) {
        hook = settings.hookCommand.map { ExternalProgram(path: $0, clock: clock) }
        webRoot = settings.webRoot
    }

    /// Whether nothing but a person publishes.
    var isNobody: Bool { hook == nil && webRoot == nil }

    /// Whether it can publish that.
    func canPublish(_ type: ACME.ChallengeType) -> Bool { hook != nil || type == .http && webRoot != nil }

    /// Publishes, until the deadline at most. Publishing again what is there does no harm.
    ///
    /// - Throws: `invalid_configuration` where that fails, `timeout`, `cancelled`.
    func publish(_ publication: Publication, until deadline: ContinuousClock.Instant?) async throws(CertificateError) {
        if publication.type == .http, let webRoot {
            guard PrivateFile.isFolder(webRoot) else {
                throw CertificateError(.invalidConfiguration, "There is no folder \(webRoot) (http_directory).")
            }
            // A web server of another user has to read it.
            let path = webRoot + publication.path
            try PrivateFile.makeFolder(PrivateFile.folder(of: path), mode: 0o755)
            try PrivateFile.replace(path, publication.value.utf8, mode: 0o644)
        } else {
            try await run("present", publication, until: deadline)
        }
    }

    /// Takes it away again.
    func withdraw(_ publication: Publication, until deadline: ContinuousClock.Instant?) async throws(CertificateError) {
        if publication.type == .http, let webRoot {
            try PrivateFile.remove(webRoot + publication.path)
        } else {
            try await run("cleanup", publication, until: deadline)
        }
    }

    private func run(
        _ action: String, _ publication: Publication, until deadline: ContinuousClock.Instant?
    ) async throws(CertificateError) {
        do throws(CertificateError) {
            try await hook?.run(
                publication.arguments(action), environment: publication.variables(action), until: deadline)
        } catch {
            var error = error
            error.message = "\(action) of \(publication.type.rawValue) for \(publication.domain): \(error.message)"
            throw error
        }
    }
}
