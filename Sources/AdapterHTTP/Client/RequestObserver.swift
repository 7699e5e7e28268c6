internal import CertProtocol
internal import HTTPTypes
internal import Logging
internal import Metrics

/// Logs and counts requests.
///
/// Log lines, at debug: `request` with `provider.id`, `http.method`, `http.path` (a template, no ids), `http.status`,
/// `http.attempt`, `duration.ms`, and `ca.trace-id` or `error.code` where there is one; `rate window` with `wait.ms`. Header
/// fields and bodies are never logged.
///
/// Metrics: counter `certhost.http.requests` by `provider`, `operation` and `outcome` (a status or an error code); timer
/// `certhost.http.duration` by `provider`; counter `certhost.http.retries` and timer `certhost.http.wait` by `provider`.
struct RequestObserver: Sendable {
    private let providerID: String
    private let logger: Logger

    init(providerID: String) {
        self.providerID = providerID
        logger = Logger(label: "certhost.http")
    }

    func waited(_ duration: Duration, context: OperationContext) {
        Timer(label: "certhost.http.wait", dimensions: [("provider", providerID)])
            .recordNanoseconds(duration.milliseconds * 1_000_000)
        var metadata = base(context)
        metadata["wait.ms"] = "\(duration.milliseconds)"
        logger.debug("rate window", metadata: metadata)
    }

    func finished(
        _ call: HTTPCall, outcome: Result<HTTPAnswer, AttemptFailure>, traceHeader: HTTPField.Name?, attempt: Int,
        duration: Duration, context: OperationContext
    ) {
        var metadata = base(context)
        metadata["http.method"] = "\(call.method.rawValue)"
        metadata["http.path"] = "\(call.target.template)"
        metadata["http.attempt"] = "\(attempt)"
        metadata["duration.ms"] = "\(duration.milliseconds)"
        let result: String
        switch outcome {
        case .success(let answer):
            result = "\(answer.status)"
            metadata["http.status"] = "\(answer.status)"
            let traceID = traceHeader.flatMap { answer.headers[$0] }
            metadata["ca.trace-id"] = traceID.map { "\(answer.redactor.message($0, limit: 80))" }
        case .failure(let failure):
            result = failure.error.httpStatus.map { "\($0)" } ?? failure.error.code.rawValue
            metadata["http.status"] = failure.error.httpStatus.map { "\($0)" }
            metadata["error.code"] = "\(failure.error.code.rawValue)"
            metadata["ca.trace-id"] = failure.traceID.map { "\($0)" }
        }
        logger.debug("request", metadata: metadata)
        let operation = context.metadata["operation"] ?? "none"
        Counter(
            label: "certhost.http.requests",
            dimensions: [("provider", providerID), ("operation", operation), ("outcome", result)]
        ).increment()
        Timer(label: "certhost.http.duration", dimensions: [("provider", providerID)])
            .recordNanoseconds(duration.milliseconds * 1_000_000)
        if attempt > 1 {
            Counter(label: "certhost.http.retries", dimensions: [("provider", providerID)]).increment()
        }
    }

    private func base(_ context: OperationContext) -> Logger.Metadata {
        var metadata: Logger.Metadata = context.metadata.mapValues { "\($0)" }
        metadata["provider.id"] = "\(providerID)"
        return metadata
    }
}
