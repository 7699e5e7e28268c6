public import CertProtocol
public import FoundationEssentials
public import HTTPTypes

/// What every adapter that talks HTTP shares: it signs and sends attempts, waits for rate windows, retries what may be
/// retried, keeps deadlines, and turns failures into `CertificateError`.
///
/// An adapter gives it what is its own: how a request is authenticated, and what an error body means.
public struct ProviderHTTPClient: Sendable {
    /// Authenticates one attempt. Called anew for each, so that a signature that carries the time is fresh; what it sees is
    /// what is sent.
    public typealias Signer = @Sendable (_ request: inout HTTPRequest, _ date: Date) throws(CertificateError) -> Void

    /// What an adapter knows about its certificate authority's errors: the error that an answer is, or `nil` where the
    /// answer is a success.
    ///
    /// For a 2xx and a 4xx the error is taken as it is. For a 3xx, a 429 and a 5xx the status alone decides the code, and
    /// only `providerCode` and `providerMessage` are taken. The HTTP status is filled in.
    public typealias ErrorReader = @Sendable (HTTPAnswer, HTTPCall.Effect) -> CertificateError?

    /// Keeps this account's credentials out of what came from outside.
    public let redactor: Redactor
    private let root: ServiceURL
    private let transport: any ClientTransport
    private let network: NetworkOptions
    private let limiter: RateLimiter
    private let concurrency: ConcurrencyLimit
    private let retryPolicy: RetryPolicy
    private let traceHeader: HTTPField.Name?
    private let clock: OperationClock
    private let random: @Sendable () -> Double
    private let sign: Signer
    private let readError: ErrorReader
    var observer: RequestObserver

    /// The longest wait for one's turn that isn't counted against the deadline, in all attempts of a call together: for the
    /// rate window, and for room among the requests under way.
    public static let longestTurnWait = Duration.seconds(300)

    /// A client for one provider.
    ///
    /// - Parameters:
    ///   - root: where the service is reached.
    ///   - context: the provider's place in the configuration.
    ///   - transport: what knows sockets.
    ///   - limiter: the rate windows of the credential.
    ///   - secrets: the credentials, to be kept out of every message.
    ///   - traceHeader: the response field that carries the certificate authority's trace id.
    ///   - clock: the time.
    ///   - random: a number from 0 up to, but not including, 1, for back-off.
    ///   - sign: authenticates an attempt.
    ///   - readError: reads error bodies.
    public init(
        root: ServiceURL, context: AdapterContext, transport: any ClientTransport, limiter: RateLimiter,
        secrets: [Secret], traceHeader: HTTPField.Name? = nil, clock: OperationClock = .system,
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        sign: @escaping Signer, readError: @escaping ErrorReader
    ) {
        self.root = root
        self.transport = transport
        self.limiter = limiter
        network = context.network
        self.traceHeader = traceHeader
        self.clock = clock
        self.random = random
        self.sign = sign
        self.readError = readError
        concurrency = ConcurrencyLimit(context.concurrency)
        retryPolicy = RetryPolicy(retries: context.retries)
        redactor = Redactor(secrets)
        observer = RequestObserver(providerID: context.providerID)
    }

    /// Sends a call, as often as its effect and the retry policy allow, and returns a 2xx answer that isn't an error.
    public func send(_ call: HTTPCall, context: OperationContext) async throws(CertificateError) -> HTTPAnswer {
        var deadline = context.deadline
        var turnWait = Self.longestTurnWait
        var attempt = 1
        var call = call
        while true {
            if let makeBody = call.makeBody { call.body = try await makeBody() }
            let outcome = try await attemptInTurn(
                call, deadline: &deadline, turnWait: &turnWait, attempt: attempt, context: context
            )
            let failure: AttemptFailure
            switch outcome {
            case .success(let answer): return answer
            case .failure(let error): failure = error
            }
            let delay = delay(after: failure, attempt: attempt)
            guard call.effect == .read, failure.mayRetry, attempt <= retryPolicy.retries,
                deadline.map({ clock.now().advanced(by: delay) < $0 }) ?? true
            else { throw failure.error }
            observer.retries(after: failure, attempt: attempt, pause: delay, context: context)
            do {
                try await clock.sleep(clock.now().advanced(by: delay))
            } catch {
                throw CertificateError(.cancelled, "The call was cancelled while it waited to try again.")
            }
            attempt += 1
        }
    }

    /// Waits for room and for the rate window, and makes one attempt.
    ///
    /// Waiting for one's turn isn't the certificate authority's slowness, so it moves the deadline.
    private func attemptInTurn(
        _ call: HTTPCall, deadline: inout ContinuousClock.Instant?, turnWait: inout Duration, attempt: Int,
        context: OperationContext
    ) async throws(CertificateError) -> Result<HTTPAnswer, AttemptFailure> {
        let arrival = clock.now()
        guard await concurrency.acquire() else {
            throw CertificateError(.cancelled, "The call was cancelled before it was sent.")
        }
        defer { concurrency.release() }
        let turn = try await limiter.acquire(atMost: max(.zero, turnWait - arrival.duration(to: clock.now()))) { wait in
            context.observe?(.waiting(wait))
        }
        let start = clock.now()
        let waited = arrival.duration(to: start)
        deadline = deadline?.advanced(by: min(waited, turnWait))
        turnWait = max(.zero, turnWait - waited)
        if waited >= .milliseconds(1) { observer.waited(waited, context: context) }
        if let deadline, deadline <= start {
            throw CertificateError(.timeout, "The time was over before the request could be sent.")
        }
        if call.effect == .mutation {
            do throws(CertificateError) {
                try await context.beforeSending?(deadline)
            } catch {
                limiter.finished(turn)
                throw error
            }
        }
        let outcome = await attemptOnce(call, deadline: deadline)
        limiter.finished(turn)
        observer.finished(
            call, outcome: outcome, traceHeader: traceHeader, attempt: attempt,
            duration: start.duration(to: clock.now()), context: context
        )
        return outcome
    }

    /// How long to wait before a further attempt. After a 429 nobody with this credential sends anything for as long.
    private func delay(after failure: AttemptFailure, attempt: Int) -> Duration {
        let delay = retryPolicy.delay(
            afterAttempt: attempt, retryAfter: failure.error.retryAfter, random: random()
        )
        if failure.error.code == .rateLimited {
            // A wait that is longer than any call would wait is tried out by one of them now and then.
            limiter.close(until: clock.now().advanced(by: min(delay, Self.longestTurnWait)))
        }
        return delay
    }

    private func attemptOnce(
        _ call: HTTPCall, deadline: ContinuousClock.Instant?
    ) async -> Result<HTTPAnswer, AttemptFailure> {
        var head = HTTPRequest(
            method: call.method, scheme: root.scheme, authority: root.authority,
            path: root.path + call.target.pathAndQuery, headerFields: call.headers
        )
        if head.headerFields[.accept] == nil { head.headerFields[.accept] = "application/json" }
        if head.headerFields[.userAgent] == nil { head.headerFields[.userAgent] = "certhost" }
        let sentAt = clock.date()
        do throws(CertificateError) {
            try sign(&head, sentAt)
        } catch {
            return .failure(AttemptFailure(error: error, mayRetry: false))
        }
        let request = TransportRequest(
            head: head, body: call.body, deadline: deadline, needsFreshConnection: call.effect == .mutation,
            network: network
        )
        do {
            let response = try await transport.send(request)
            let receivedAt = clock.date()
            let redactor = redactor.knowing(call.secrets)
            let answer = HTTPAnswer(
                status: response.head.status.code, headers: response.head.headerFields,
                body: redactor.redacted(body: response.body), effect: call.effect, redactor: redactor, sentAt: sentAt,
                receivedAt: receivedAt
            )
            guard var failure = Failures(root: root, readError: readError).failure(of: answer, call)
            else { return .success(answer) }
            failure.traceID = traceHeader.flatMap { answer.headers[$0] }.map { answer.redactor.message($0, limit: 80) }
            failure.error.message = answer.redactor.redacted(failure.error.message)
            failure.error.providerCode = failure.error.providerCode.map(answer.redactor.redacted)
            failure.error.providerMessage = failure.error.providerMessage.map { answer.redactor.message($0) }
            return .failure(failure)
        } catch {
            return .failure(Failures.failure(of: error, call, root: root))
        }
    }
}
