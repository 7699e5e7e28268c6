internal import CertProtocol

/// A call that changes something is sent once, and says truly what is known of its end.
extension Rule {
    static let mutations: [Rule] = [
        receipt,
        Rule(
            "mutations.permission-asked", "`beforeSending` is asked before each request that changes something",
            "The host writes into its journal there that the request leaves now. A request that leaves unasked may be paid "
                + "for and never be known.", .mutates
        ) { trial in try await trial.eachMutation { try await trial.asksPermission($0) } },
        Rule(
            "mutations.permission-refused", "nothing is sent where `beforeSending` throws, and its error is passed on",
            "The host stops a call so that was given up while it waited for its turn.", .mutates
        ) { trial in try await trial.eachMutation { try await trial.obeysRefusal($0) } },
        Rule(
            "mutations.sent-once", "a request that changes something is never sent again",
            "A failure of the server after the order was placed looks like one before. To try again is to pay twice.",
            .mutates
        ) { trial in try await trial.eachMutation { try await trial.isSentOnce($0) } },
        Rule(
            "mutations.lost-answer", "a lost answer is `outcome_unknown`",
            "Anything else says that nothing happened, and the host would order again elsewhere.", .mutates
        ) { trial in
            try await trial.eachMutation { try await trial.ends($0, after: .lostAnswer) }
        },
        Rule(
            "mutations.failure-after-execution", "a failure of the server is `outcome_unknown`",
            "An answer of 500 doesn't tell whether the order was placed.", .mutates
        ) { trial in
            try await trial.eachMutation { try await trial.ends($0, after: .failureAfterExecution) }
        },
    ]
}

extension Trial {
    /// Tries each declared operation that changes something.
    func eachMutation(_ body: (PreparedCall) async throws -> Void) async throws {
        let nothing = "The provider declares nothing that changes anything."
        try await each(capabilities.mutations, orElse: nothing, \.rawValue) { capability in
            try await body(try await mutation(capability))
        }
    }

    /// The requests that were to change something while `body` ran.
    func changes(_ body: () async throws -> Void) async throws -> Int? {
        try await traffic(authority.mutationCount, named: "mutationCount", body)
    }

    fileprivate func asksPermission(_ call: PreparedCall) async throws {
        let asked = Locked<Int>(0)
        let early = Locked<Int>(0)
        let isTimeless = Locked<Bool>(false)
        let counter = authority.mutationCount
        let before = try await count(counter, "mutationCount")
        var context = context(key: Self.freshKey())
        context.beforeSending = { deadline throws(CertificateError) in
            if deadline == nil { isTimeless.withLock { $0 = true } }
            let asking = asked.withLock { asked in
                asked += 1
                return asked
            }
            guard let before, let sent = try? await counter.resolved("") else { return }
            // Of the requests so far each was asked for, and this one hasn't left.
            if sent - before >= asking { early.withLock { $0 += 1 } }
        }
        let error = await failure { () throws(CertificateError) in try await call.perform(provider, context) }
        if let error { throw Finding("It has to work, and threw \(error).") }
        let times = asked.withLock(\.self)
        guard times > 0 else {
            throw Finding(
                "It was carried out without asking. Call `context.beforeSending` right before the first byte of each "
                    + "request that changes something; `AdapterHTTP` does so for calls with the effect `.mutation`."
            )
        }
        guard early.withLock(\.self) == 0 else {
            throw Finding("It asked after the request had left. Call `context.beforeSending` before the first byte.")
        }
        guard !isTimeless.withLock(\.self) else {
            throw Finding("It asked without its deadline. Hand the deadline on as it stands after the waits before it.")
        }
        guard let before, let after = try await count(counter, "mutationCount") else { return }
        guard times >= after - before else {
            throw Finding(
                "\(after - before) requests that change something left, and it asked \(times) times. Call "
                    + "`context.beforeSending` before each of them."
            )
        }
    }

    fileprivate func obeysRefusal(_ call: PreparedCall) async throws {
        let code = CertificateError.Code(rawValue: "conformance_refusal")
        var error: CertificateError?
        let sent = try await changes {
            var context = context(key: Self.freshKey())
            context.beforeSending = { _ throws(CertificateError) in
                throw CertificateError(code, "The kit refuses, to see whether anything is sent.")
            }
            error = await failure { () throws(CertificateError) in try await call.perform(provider, context) }
        }
        if let sent, sent > 0 {
            throw Finding(
                "`beforeSending` threw, and \(sent) requests that change something were sent. Send nothing after that."
            )
        }
        guard error?.code == code else {
            throw Finding(
                "`beforeSending` threw `\(code.rawValue)`, and the call \(told(error)). Pass that error on as it is."
            )
        }
    }

    fileprivate func isSentOnce(_ first: PreparedCall) async throws {
        var isFirst = true
        try await each([AuthorityFault.unavailable, .failureAfterExecution], orElse: "", \.rawValue) { fault in
            let call = isFirst ? first : try await mutation(first.capability)
            isFirst = false
            var error: CertificateError?
            let sent = try await changes {
                error = try await with(fault) { provider in
                    await failure { () throws(CertificateError) in
                        try await call.perform(provider, context(key: Self.freshKey()))
                    }
                }
            }
            guard let sent else { throw NotApplicable(reason: "What reaches the authority is not counted.") }
            guard sent <= 1 else {
                throw Finding(
                    "The authority was made to \(fault.words), and \(sent) requests that change something reached it. End the "
                        + "call at the first that fails, and never send it again; the effect `.mutation` of `HTTPCall` sees to "
                        + "that."
                )
            }
            guard error != nil else {
                throw Finding("The authority was made to \(fault.words), and the call succeeded. Throw what happened.")
            }
        }
    }

    fileprivate func ends(_ call: PreparedCall, after fault: AuthorityFault) async throws {
        let error = try await with(fault) { provider in
            await failure { () throws(CertificateError) in
                try await call.perform(provider, context(key: Self.freshKey()))
            }
        }
        guard error?.code == .outcomeUnknown else {
            throw Finding(
                "The authority was made to \(fault.words), and \(call.name) \(told(error)). Throw `outcome_unknown`: what "
                    + "happens after the first byte may have left can't be known."
            )
        }
    }
}
