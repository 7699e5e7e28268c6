internal import CertProtocol
internal import Foundation

/// The one door of all mutating calls.
extension CertificateHost {
    /// Makes a call at most once.
    func perform(
        _ call: OrderingCall, _ options: OrderingOptions, _ context: OperationContext
    ) async throws(CertificateError) -> OrderingCall.Answer {
        do throws(CertificateError) {
            let book = try journalBook()
            let key = try options.key.map(Self.checkedKey) ?? UUID().uuidString.lowercased()
            let decision = try route(call, options)
            try check(call, decision)
            let run = OrderingRun(
                host: self, book: book, call: call, key: key, targets: decision.candidates, options: options,
                context: context
            )
            return try await run.result()
        } catch {
            var error = error
            error.operation = error.operation ?? call.request.operation
            throw error
        }
    }

    func journalBook() throws(CertificateError) -> JournalBook {
        guard let journal else {
            throw CertificateError(
                .invalidConfiguration,
                "Nothing was sent: calls that change something need a journal, and there is none."
            )
        }
        return JournalBook(journal: journal, clock: clock, policy: orderingPolicy, logger: auditLogger)
    }

    /// What keeps the call from being sent twice; `nil` where its caller takes care of that.
    func duplicateGuard(_ options: OrderingOptions, _ targets: [RouteTarget]) -> DuplicateGuard? {
        guard options.key == nil, !options.insists else { return nil }
        return DuplicateGuard(
            targets: targets, window: orderingPolicy.duplicateWindow.seconds, now: clock.date()
        )
    }

    func principal(_ context: OperationContext) -> String {
        context.principal ?? ProcessInfo.processInfo.userName
    }

    static func checkedKey(_ key: String) throws(CertificateError) -> String {
        guard (1...64).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw CertificateError(
                .invalidRequest, "A key has 1 to 64 visible ASCII characters; it is sent to the certificate authority."
            )
        }
        return key
    }

    /// Where the call goes: to one candidate at least.
    func route(_ call: OrderingCall, _ options: OrderingOptions) throws(CertificateError) -> RoutingDecision {
        let decision = try router.decide(call.routing(options))
        guard decision.candidates.isEmpty else { return try suited(decision, call) }
        if let named = call.named {
            throw unsupported(call.request.operation, by: try provider(named))
        }
        let targets = decision.refused.filter { !$0.reason.hasPrefix("not chosen") }
        var error = CertificateError.unsupported(call.request.operation)
        error.message =
            "No target of the route can do this: "
            + targets.map { "\($0.provider) \($0.reason)" }.joined(separator: ", ") + "."
        error.capableProviders = providers.filter {
            $0.isEnabled && $0.capabilities.operations.contains(call.request.operation)
        }.map(\.id)
        throw error
    }
}

extension Duration {
    /// As a number of seconds, for dates.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
