internal import CertProtocol
internal import Host

/// How a provider answered a health check.
struct Health: Sendable {
    var error: CertificateError?
    var duration: Duration

    /// The answer in a few words.
    var words: String {
        error.map { "failed (\($0.code.rawValue))" } ?? "ok (\(duration.milliseconds) ms)"
    }

    var node: JSONNode {
        [
            "outcome": .string(error == nil ? "ok" : "failed"), "error": error?.node ?? .null,
            "duration_ms": .integer(duration.milliseconds),
        ]
    }
}

extension CertificateHost {
    /// Makes one cheap call to each enabled provider, to all at once; the answers by the providers' ids.
    func health(run: CommandRun, context: OperationContext) async -> [String: Health] {
        await withTaskGroup(of: (String, Health).self) { group in
            for provider in providers where provider.isEnabled {
                group.addTask { [self] in
                    let start = ContinuousClock.now
                    var failure: CertificateError?
                    do throws(CertificateError) {
                        try await checkHealth(of: provider.id, context: context)
                    } catch {
                        failure = run.translated(error)
                    }
                    return (provider.id, Health(error: failure, duration: ContinuousClock.now - start))
                }
            }
            var health: [String: Health] = [:]
            for await (id, result) in group { health[id] = result }
            return health
        }
    }
}
