internal import CertProtocol
internal import HTTPTypes
internal import Logging
internal import Metrics

/// Logs and counts requests, and tells the call's observer about them.
///
/// The names of log lines, metadata keys, metrics and dimensions are a promise to whoever watches a service; they are listed
/// in the article "Observability" of Host. Header fields and bodies are never logged.
struct RequestObserver: Sendable {
    private let providerID: String
    private let logger: Logger

    init(providerID: String, logger: Logger = Logger(label: "certhost.http")) {
        self.providerID = providerID
        self.logger = logger
    }

    func waited(_ duration: Duration, context: OperationContext) {
        Timer(label: "certhost.http.wait", dimensions: [("provider", providerID)]).record(duration: duration)
        var metadata = base(context)
        metadata["wait.ms"] = "\(duration.milliseconds)"
        logger.debug("rate window", metadata: metadata)
        context.observe?(.waited(duration))
    }

    func finished(
        _ call: HTTPCall, outcome: Result<HTTPAnswer, AttemptFailure>, traceHeader: HTTPField.Name?, attempt: Int,
        duration: Duration, context: OperationContext
    ) {
        var record = OperationEvent.RequestRecord(
            method: call.method.rawValue, pathTemplate: call.target.template, attempt: attempt, duration: duration
        )
        switch outcome {
        case .success(let answer):
            record.status = answer.status
            record.traceID = traceHeader.flatMap { answer.headers[$0] }.map { answer.redactor.message($0, limit: 80) }
        case .failure(let failure):
            record.status = failure.error.httpStatus
            record.errorCode = failure.error.code
            record.traceID = failure.traceID
        }
        log(record, context)
        let result = record.status.map { "\($0)" } ?? record.errorCode?.rawValue ?? "none"
        let operation = context.metadata["operation"] ?? "none"
        Counter(
            label: "certhost.http.requests",
            dimensions: [("provider", providerID), ("operation", operation), ("outcome", result)]
        ).increment()
        Timer(label: "certhost.http.duration", dimensions: [("provider", providerID)]).record(duration: duration)
        context.observe?(.request(record))
    }

    /// A further attempt follows after a pause.
    func retries(after failure: AttemptFailure, attempt: Int, pause: Duration, context: OperationContext) {
        Counter(label: "certhost.http.retries", dimensions: [("provider", providerID)]).increment()
        var metadata = base(context)
        metadata["http.attempt"] = "\(attempt)"
        metadata["error.code"] = "\(failure.error.code.rawValue)"
        metadata["wait.ms"] = "\(pause.milliseconds)"
        // The request itself has its line at debug already.
        logger.trace("retry", metadata: metadata)
        context.observe?(.retry(afterAttempt: attempt, pause: pause, because: failure.error.code))
    }

    private func log(_ record: OperationEvent.RequestRecord, _ context: OperationContext) {
        // Made for nobody otherwise, once a request.
        guard logger.logLevel <= .debug else { return }
        var metadata = base(context)
        metadata["http.method"] = "\(record.method)"
        metadata["http.path"] = "\(record.pathTemplate)"
        metadata["http.attempt"] = "\(record.attempt)"
        metadata["http.status"] = record.status.map { "\($0)" }
        metadata["error.code"] = record.errorCode.map { "\($0.rawValue)" }
        metadata["ca.trace-id"] = record.traceID.map { "\($0)" }
        metadata["duration.ms"] = "\(record.duration.milliseconds)"
        logger.debug("request", metadata: metadata)
    }

    private func base(_ context: OperationContext) -> Logger.Metadata {
        var metadata: Logger.Metadata = context.metadata.mapValues { "\($0)" }
        metadata["provider.id"] = "\(providerID)"
        return metadata
    }
}
