internal import AdapterHTTP
internal import AdapterSystem
internal import CertProtocol
internal import FoundationEssentials

/// An order on its way from `pending` to its end. Every step is written down before it is taken, so that another process can
/// go on from there.
///
/// An order that is `pending` wants proofs: they are published, the server is told to look, and asked until it has. One that
/// is `ready` is finalized with the signing request. What was published is taken away again once it has been decided about,
/// after every failure, and after a cancellation. Only where the time of a call is over in between does it stay, since the
/// server is still looking; the next look at the order takes it away.
struct OrderCourse {
    /// How the course is taken.
    struct Pace {
        /// Until when one waits for the server; only this long is the order looked at again.
        var limit: ContinuousClock.Instant
        /// Whether a person says that what only a person can publish is there. The server is told to look, again if need be.
        var isPublished = false
    }

    private let provider: ACMEProvider
    private let api: ACMEAPI
    private let deadline: ContinuousClock.Instant?
    private let pace: Pace
    private let location: ACMELocation
    private var record: OrderRecord
    private var last: ACME.Order?
    private var retryAfter: Duration?
    private var pause = Duration.milliseconds(250)
    /// Why nobody knows whether the signing request has arrived.
    private var lost: CertificateError?

    init(
        _ record: OrderRecord, at location: ACMELocation, pace: Pace, of provider: ACMEProvider,
        _ context: OperationContext
    ) {
        (self.provider, self.record, self.location, self.pace) = (provider, record, location, pace)
        api = provider.api.during(context)
        deadline = context.deadline
        guard pace.isPublished else { return }
        self.record.forgetAnswers()
        self.record.finalizedAt = nil
    }

    private var publisher: Publisher { provider.publisher }

    /// Takes the order on as far as it goes within the time.
    ///
    /// - Parameter known: the order, where it was read just now.
    /// - Returns: the order as it was seen last.
    /// - Throws: `rejected` where a name can't be proven, or the server doesn't decide; what publishing and the server's
    ///   answers throw.
    mutating func run(_ known: ACME.Order?) async throws(CertificateError) -> ACME.Order {
        do throws(CertificateError) {
            return try await advance(known)
        } catch {
            // What passes is no reason to take away what the server is looking for.
            let passes = [.timeout, .unavailable, .rateLimited, .outcomeUnknown].contains(error.code)
            if record.answered.isEmpty || !passes { await withdraw() }
            if error.code == .timeout, !record.answered.isEmpty, let last { return last }
            throw error
        }
    }

    private mutating func advance(_ known: ACME.Order?) async throws(CertificateError) -> ACME.Order {
        var order: ACME.Order
        last = known
        if known?.isDecided == true { await withdraw() }
        if let known { order = known } else { order = try await read() }
        while true {
            switch order.status {
            case "pending": guard try await prove(order) else { return order }
            case "ready": guard try await finalize(order) else { return order }
            case "processing": break
            case "invalid": throw try await refusal(of: order)
            default: return order
            }
            let hasTime = try await wait()
            if hasTime || order.status == "ready" { order = try await read() }
            if hasTime { continue }
            if order.status == "ready", let lost { throw lost }
            return order
        }
    }

    private mutating func read() async throws(CertificateError) -> ACME.Order {
        let reply = try await api.order(location)
        (last, retryAfter) = (reply.record, reply.retryAfter)
        if reply.record.isDecided { await withdraw() }
        return reply.record
    }

    /// Waits until the order is worth another look; `false` where the time is over before.
    private mutating func wait() async throws(CertificateError) -> Bool {
        let next = provider.clock.now().advanced(by: max(pause, retryAfter ?? .zero))
        guard next < pace.limit else { return false }
        do {
            try await provider.clock.sleep(next)
        } catch {
            throw CertificateError(.cancelled, "The call was cancelled; the order goes on, and can be looked at again.")
        }
        pause = min(pause * 1.5, .seconds(5))
        return true
    }

    /// Has what is pending proven; `false` where a person has to publish something first.
    private mutating func prove(_ order: ACME.Order) async throws(CertificateError) -> Bool {
        let replies = try await api.authorizations(of: order)
        retryAfter = replies.compactMap(\.retryAfter).max() ?? retryAfter
        if let refused = replies.map(\.record).first(where: \.isRefused) {
            throw order.refusal(refused, api.http.redactor)
        }
        let open = replies.map(\.record).filter { $0.status == "pending" }
        guard !publisher.isNobody || pace.isPublished || open.isEmpty else { return false }
        let timeout = provider.settings.authorizationTimeout
        if let first = open.first, timeout.hasPassed(since: record.answeredAt, at: provider.clock.date()) {
            throw first.refusal(undecidedFor: timeout, api.http.redactor)
        }
        let wanted = record.challenge ?? provider.settings.challenge
        let key = try api.state.accountKey()
        var tasks: [ACME.Authorization.Task] = []
        for authorization in open {
            let task = try authorization.task(wanted, key: key, ordered: record.names)
            if !record.answered.contains(task.challenge.url) { tasks.append(task) }
        }
        let mine = tasks.filter { publisher.canPublish($0.publication.type) }
        for publication in mine.map(\.publication) {
            if !record.published.contains(publication) { record.published.append(publication) }
            try api.state.save(record)
            try await publisher.publish(publication, until: deadline)
        }
        let ready = pace.isPublished ? tasks : mine
        for task in ready { try await answer(task.challenge, order) }
        return ready.count == tasks.count
    }

    /// Why an order has ended without a certificate.
    private func refusal(of order: ACME.Order) async throws(CertificateError) -> CertificateError {
        let refused = try await api.authorizations(of: order).map(\.record).first(where: \.isRefused)
        return order.refusal(refused, api.http.redactor)
    }

    /// Tells the server to look. Whether that has arrived, the authorization tells.
    private mutating func answer(_ challenge: ACME.Challenge, _ order: ACME.Order) async throws(CertificateError) {
        do throws(CertificateError) {
            // One that the server is looking at already takes no further answer.
            if challenge.status == "pending" { try await api.respond(to: challenge) }
        } catch {
            // Neither does one that was decided meanwhile.
            let now = try await api.authorizations(of: order).map(\.record).filter { $0.status == "pending" }
            let isOpen = now.contains { $0.challenges.contains { $0.url == challenge.url } }
            // An answer that may not have arrived is given again.
            if isOpen, error.code == .outcomeUnknown { return }
            if isOpen { throw error }
        }
        record.answered.append(challenge.url)
        record.answeredAt = record.answeredAt ?? provider.clock.date()
        try api.state.save(record)
    }

    /// Takes away what was published. It is not cut short by a cancellation, and has half a minute, since the call's own time
    /// may be over; what can't be taken away is tried again at the next look.
    private mutating func withdraw() async {
        guard !record.published.isEmpty || !record.answered.isEmpty else { return }
        record.published = await Task { [publisher, published = record.published, clock = provider.clock] in
            let deadline = clock.now().advanced(by: .seconds(30))
            var remaining: [Publication] = []
            for publication in published {
                do throws(CertificateError) {
                    try await publisher.withdraw(publication, until: deadline)
                } catch {
                    remaining.append(publication)
                }
            }
            return remaining
        }.value
        record.forgetAnswers()
        try? api.state.save(record)
    }

    /// Hands the signing request in, once; `false` where it isn't known here. What came of it, the order tells. One whose
    /// answer was lost is handed in again only when a person says so: there are authorities that issue each time.
    private mutating func finalize(_ order: ACME.Order) async throws(CertificateError) -> Bool {
        guard let request = record.signingRequest else { return false }
        if record.finalizedAt != nil {
            guard provider.settings.authorizationTimeout.hasPassed(since: record.finalizedAt, at: provider.clock.date())
            else { return true }
            throw ACMEErrors.unanswered(location.id)
        }
        record.finalizedAt = provider.clock.date()
        try api.state.save(record)
        do throws(CertificateError) {
            try await api.finalize(order, signingRequest: request)
            // A server that is quick has the certificate at once.
            pause = .milliseconds(100)
        } catch  where error.code == .outcomeUnknown {
            lost = error
        } catch {
            record.finalizedAt = nil
            try api.state.save(record)
            if error.providerCode != ACMEErrors.orderNotReady { throw error }
        }
        return true
    }
}
