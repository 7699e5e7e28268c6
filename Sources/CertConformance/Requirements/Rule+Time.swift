internal import CertProtocol

/// The deadline and a cancellation end a call, wherever it is.
extension Rule {
    static let time: [Rule] = [
        Rule(
            "time.deadline", "a read that gets no answer ends with `timeout` at its deadline",
            "One authority that hangs may not hold up the host.", .disturbs
        ) { trial in
            let call = try await trial.probe()
            let error = try await trial.with(.hang) { provider in
                try await trial.ends("its deadline passed") {
                    await failure { () throws(CertificateError) in
                        try await call.perform(provider, OperationContext(deadline: trial.soon()))
                    }
                }
            }
            guard error?.code == .timeout else {
                throw Finding("The deadline passed, and \(call.name) \(told(error)). Throw `timeout`.")
            }
        },
        Rule(
            "time.cancellation", "a read that is cancelled ends promptly with `cancelled`",
            "Whoever presses control-C waits for it.", .disturbs
        ) { trial in
            let call = try await trial.probe()
            let error = try await trial.with(.hang) { provider in
                try await trial.cancelled((trial.authority.requestCount, "requestCount")) {
                    await failure { () throws(CertificateError) in
                        try await call.perform(provider, trial.context())
                    }
                }
            }
            guard error?.code == .cancelled else {
                throw Finding("The call was cancelled, and \(call.name) \(told(error)). Throw `cancelled`.")
            }
        },
        Rule(
            "time.mutation-deadline", "a change that gets no answer ends with `outcome_unknown` at its deadline",
            "It may have been carried out. `timeout` would say that it was not.", .mutates
        ) { trial in
            try await trial.eachMutation { try await trial.runsOut($0) }
        },
        Rule(
            "time.mutation-cancellation", "a change that is cancelled ends promptly with `outcome_unknown`",
            "As for the deadline.", .mutates
        ) { trial in
            try await trial.eachMutation { call in
                let sent = try await trial.isUncertain(call, "The call was cancelled", .cancelled) { provider in
                    try await trial.cancelled(trial.arrival) {
                        await failure { () throws(CertificateError) in
                            try await call.perform(provider, trial.context(key: Trial.freshKey()))
                        }
                    }
                }
                if sent == 0 { trial.noteEarlyEnd(of: call) }
            }
        },
        Rule(
            "time.cancelled-before", "a call whose task is cancelled already sends nothing that changes anything",
            "Between the caller's decision and the call a task may have been cancelled; an order after that surprises.",
            .mutates
        ) { trial in
            try await trial.eachMutation { call in
                var error: CertificateError?
                let sent = try await trial.changes {
                    let task = Task {
                        while !Task.isCancelled { await Task.yield() }
                        return await failure { () throws(CertificateError) in
                            try await call.perform(trial.provider, trial.context(key: Trial.freshKey()))
                        }
                    }
                    task.cancel()
                    error = try await trial.ends("it was cancelled") { await task.value }
                }
                guard error?.code == .cancelled, sent ?? 0 == 0 else {
                    throw Finding(
                        "Its task was cancelled before, and it \(told(error)) after \(sent ?? 0) requests that change "
                            + "something. Look at `Task.isCancelled` before anything is sent, and throw `cancelled`."
                    )
                }
            }
        },
        Rule(
            "time.expired-deadline", "nothing is sent after the deadline",
            "A call that waited for its turn until its time was over has ended for its caller.", .reads
        ) { trial in
            let call = try await trial.probe()
            var error: CertificateError?
            let requests = try await trial.requests {
                error = await failure { () throws(CertificateError) in
                    try await call.perform(
                        trial.provider, OperationContext(deadline: .now.advanced(by: .seconds(-1))))
                }
            }
            guard error?.code == .timeout else {
                throw Finding("The deadline had passed before, and \(call.name) \(told(error)). Throw `timeout`.")
            }
            if let requests, requests > 0 {
                throw Finding("The deadline had passed before, and \(requests) requests were sent all the same.")
            }
        },
    ]
}

extension Trial {
    private var hasHangOnChange: Bool { authority.faults[.hangOnChange] != nil }

    /// What tells that a call that hangs has got as far as it gets.
    fileprivate var arrival: (count: Supplied<Int>, name: String) {
        hasHangOnChange ? (authority.mutationCount, "mutationCount") : (authority.requestCount, "requestCount")
    }

    /// Soon.
    fileprivate func soon(_ wait: Duration = .milliseconds(400)) -> ContinuousClock.Instant { .now.advanced(by: wait) }

    fileprivate func noteEarlyEnd(of call: PreparedCall) {
        note("\(call.name) was cut off before it had changed anything")
    }

    /// A change whose deadline passes while the authority is silent. On a busy machine a call may not have got that far by a
    /// deadline that is soon; it is then tried again with a later one.
    fileprivate func runsOut(_ first: PreparedCall) async throws {
        var call = first
        for wait in [Duration.milliseconds(400), .seconds(2), .seconds(8)] {
            let tried = call
            let sent = try await isUncertain(call, "The deadline passed", .timeout) { provider in
                try await ends("its deadline passed") {
                    await failure { () throws(CertificateError) in
                        let deadline = self.soon(wait)
                        return try await tried.perform(
                            provider, OperationContext(deadline: deadline, journalKey: Self.freshKey()))
                    }
                }
            }
            guard sent == 0, hasHangOnChange else {
                if sent == 0 { noteEarlyEnd(of: call) }
                return
            }
            call = try await mutation(call.capability)
        }
        noteEarlyEnd(of: call)
    }

    /// What `body` gives; a finding where it goes on after it should have ended.
    fileprivate func ends(
        _ when: String, _ body: @escaping @Sendable () async -> CertificateError?
    ) async throws -> CertificateError? {
        let ended: CertificateError?? = await race(promptness, body)
        guard let ended else {
            throw Finding("The call went on after \(when). Hand the deadline and the cancellation down to the socket.")
        }
        return ended
    }

    /// Cancels `body` once a request of it has reached the authority, or after a moment where that can't be told.
    fileprivate func cancelled(
        _ counter: (count: Supplied<Int>, name: String), _ body: @escaping @Sendable () async -> CertificateError?
    ) async throws -> CertificateError? {
        let before = try await count(counter.count, counter.name)
        let call = Task { await body() }
        let limit = ContinuousClock.now.advanced(by: promptness)
        if let before {
            while .now < limit, let count = try await count(counter.count, counter.name), count <= before {
                try await Task.sleep(for: .milliseconds(5))
            }
        } else {
            try await Task.sleep(for: .milliseconds(200))
        }
        call.cancel()
        return try await ends("it was cancelled") { await call.value }
    }

    /// A change that was cut off: its outcome is unknown where it had left, and `otherwise` where it certainly had not.
    /// Gives how many requests that change something had left.
    fileprivate func isUncertain(
        _ call: PreparedCall, _ what: String, _ otherwise: CertificateError.Code,
        _ body: (any CertificateProvider) async throws -> CertificateError?
    ) async throws -> Int? {
        var error: CertificateError?
        let sent = try await changes {
            error = try await with(hasHangOnChange ? .hangOnChange : .hang) { try await body($0) }
        }
        let expected: [CertificateError.Code] =
            switch sent {
            case nil: [.outcomeUnknown, otherwise]
            case 0?: [otherwise, .outcomeUnknown]
            default: [.outcomeUnknown]
            }
        guard let error, expected.contains(error.code) else {
            let words = expected.map { "`\($0.rawValue)`" }.joined(separator: " or ")
            throw Finding(
                "\(what) after \(sent.map { "\($0)" } ?? "an unknown number of") requests that change something had left, "
                    + "and it \(told(error)). Throw \(words)."
            )
        }
        return sent
    }
}
