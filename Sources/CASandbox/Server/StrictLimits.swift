internal import CertProtocol
internal import HTTPTypes
internal import Hummingbird

/// Rate windows that a server counts to the letter: in any period of a window's length no more than its requests are
/// carried out. A refused request isn't counted.
struct StrictWindowCount: Sendable {
    private let windows: [RateWindow]
    /// When requests were carried out, oldest first; as far back as the longest window looks.
    private var carriedOut: [ContinuousClock.Instant] = []

    init(_ windows: [RateWindow]) { self.windows = windows }

    /// Whether a request that arrives now is carried out.
    mutating func admit(at now: ContinuousClock.Instant) -> Bool {
        for window in windows where carriedOut.count >= window.requests {
            let oldest = carriedOut[carriedOut.count - window.requests]
            if oldest.duration(to: now) < window.period { return false }
        }
        carriedOut.append(now)
        // Trimmed in bulk, so that a request costs no move of the whole log.
        let most = windows.map(\.requests).max() ?? 0
        if carriedOut.count >= 2 * most + 64 { carriedOut.removeFirst(carriedOut.count - most) }
        return true
    }
}

/// Answers 429, without `Retry-After`, to what is more than the windows allow. Every key has windows of its own.
final class StrictLimits: RouterMiddleware {
    typealias Context = SandboxContext

    private static let keyFields = ["X-DC-DEVKEY", "x-ncp-iam-access-key"].compactMap { HTTPField.Name($0) }

    private let windows: [RateWindow]
    private let now: @Sendable () -> ContinuousClock.Instant
    private let log: RequestLog
    private let counts = Locked<[String: StrictWindowCount]>([:])

    init(_ windows: [RateWindow], now: @escaping @Sendable () -> ContinuousClock.Instant, log: RequestLog) {
        self.windows = windows
        self.now = now
        self.log = log
    }

    @concurrent func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let key = Self.keyFields.lazy.compactMap { request.headers[$0] }.first ?? ""
        // The clock is read under the lock, so that what is counted is in order.
        let isAdmitted = counts.withLock { counts in
            counts[key, default: StrictWindowCount(windows)].admit(at: now())
        }
        guard isAdmitted else {
            log.recordTooMany()
            return Answer.tooManyRequests.response
        }
        return try await next(request, context)
    }
}

extension Answer {
    /// The body is DigiCert's; NAVER Cloud documents none for this status.
    fileprivate static let tooManyRequests = Answer.json(
        [
            "errors": [
                ["code": "request_limit_exceeded", "message": "Service unavailable, please limit request volume."]
            ]
        ],
        status: .tooManyRequests
    )
}
