internal import CertProtocol
internal import Tracing

/// The trace span of one call: its attributes, and the events that happen within.
///
/// Requests, waits and retries are events of the call's one span rather than child spans: a request has no trace of its own at
/// the other end, and whoever switches the tracing of their HTTP client on has a span for each attempt from there already.
struct CallSpan: Sendable {
    private let span: any Span

    init(_ span: any Span, provider: String, operation: String) {
        self.span = span
        guard span.isRecording else { return }
        span.attributes["provider.id"] = provider
        span.attributes["operation"] = operation
    }

    /// The observer of the call: the span's, after the caller's own.
    func observer(after other: (@Sendable (OperationEvent) -> Void)?) -> (@Sendable (OperationEvent) -> Void)? {
        guard span.isRecording else { return other }
        return { event in
            other?(event)
            add(event)
        }
    }

    /// The call was refused, because the provider is known to be down.
    func refused(_ error: CertificateError) {
        guard span.isRecording else { return }
        span.addEvent(
            SpanEvent(name: "circuit open", attributes: ["wait.ms": .int64(error.retryAfter?.milliseconds ?? 0)])
        )
    }

    /// The call has failed.
    func failed(_ error: CertificateError) {
        guard span.isRecording else { return }
        span.attributes["error.code"] = error.code.rawValue
        if let status = error.httpStatus { span.attributes["http.status"] = status }
        if let code = error.providerCode { span.attributes["ca.code"] = code }
        span.setStatus(SpanStatus(code: .error, message: error.code.rawValue))
    }

    private func add(_ event: OperationEvent) {
        switch event {
        case .request(let record):
            var attributes: SpanAttributes = [
                "http.method": .string(record.method), "http.path": .string(record.pathTemplate),
                "http.attempt": .int64(Int64(record.attempt)), "duration.ms": .int64(record.duration.milliseconds),
            ]
            if let status = record.status { attributes["http.status"] = status }
            if let code = record.errorCode { attributes["error.code"] = code.rawValue }
            if let traceID = record.traceID { attributes["ca.trace-id"] = traceID }
            span.addEvent(SpanEvent(name: "request", attributes: attributes))
        case .waited(let duration):
            span.addEvent(SpanEvent(name: "rate window", attributes: ["wait.ms": .int64(duration.milliseconds)]))
        case .retry(let attempt, let pause, let code):
            span.addEvent(
                SpanEvent(
                    name: "retry",
                    attributes: [
                        "http.attempt": .int64(Int64(attempt)), "error.code": .string(code.rawValue),
                        "wait.ms": .int64(pause.milliseconds),
                    ]
                )
            )
        // The wait itself is an event once it is over.
        case .waiting: break
        // For people; a trace holds what can be counted.
        case .notice: break
        @unknown default: break
        }
    }
}
