internal import CertProtocol

/// Errors are classified, so that a caller knows what to do.
extension Rule {
    static let errors: [Rule] = [
        Rule(
            "errors.health", "the health check works, and tells a refused credential",
            "`providers --check` and a service's readiness ask it. Its default reads one row of the list, so a provider without "
                + "that list has to bring its own.", .reads
        ) { try await $0.tryHealth() },
        Rule(
            "errors.authentication", "a refused credential is `authentication`",
            "A person has to replace it. As anything else the host would try again, or fail over.", .disturbs
        ) { trial in
            try await trial.probe(.wrongCredential, gives: .authentication)
        },
        Rule(
            "errors.not-found", "a missing order is `not_found`",
            "A caller tells a wrong id from a broken service by it.", .reads
        ) { trial in
            guard trial.capabilities.operations.contains(.orderDetail) else {
                throw NotApplicable(reason: "order-detail is not declared.")
            }
            let missing = try await trial.samples.missingOrder.resolved(
                trial.asking("missingOrder", "a well-formed id of an order that does not exist"))
            let error = await failure { () throws(CertificateError) in
                try await trial.provider.orderDetail(OrderDetailRequest(missing), context: trial.context())
            }
            guard error?.code == .notFound else {
                throw Finding(
                    "The order \(missing.value) does not exist, and order-detail \(told(error)). Throw `not_found`."
                )
            }
        },
        Rule(
            "errors.rate-limited", "a request to slow down is `rate_limited`, with the time to wait",
            "Without `retryAfter` a caller doesn't know when to come back.", .disturbs
        ) { trial in
            let error = try await trial.probe(.rateLimited, gives: .rateLimited)
            // The authority may tell a date in whole seconds, and some of the time has passed.
            guard let wait = error.retryAfter, wait > .seconds(1), wait <= AuthorityFault.retryAfter else {
                throw Finding(
                    "The authority asked to wait \(AuthorityFault.retryAfter), and `retryAfter` is "
                        + "\(error.retryAfter.map { "\($0)" } ?? "nil"). Read it from the answer."
                )
            }
        },
        Rule(
            "errors.unavailable", "a service that is out of order is `unavailable`",
            "The host may try again or fail over, whatever the body of the answer says.", .disturbs
        ) { trial in
            try await trial.probe(.unavailable, gives: .unavailable)
        },
        Rule(
            "errors.unreachable", "a service that can't be reached is `unavailable`, for a change too",
            "Nothing was carried out, so the host may fail over, even with an order.", .disturbs
        ) { trial in
            try await trial.probe(.unreachable, gives: .unavailable)
            guard let capability = trial.capabilities.mutations.first else { return }
            let call: PreparedCall
            do {
                call = try await trial.mutation(capability)
            } catch let error as NotApplicable {
                return trial.note("\(capability.rawValue) was not tried: \(error.reason)")
            }
            try await trial.probe(.unreachable, gives: .unavailable, by: call)
        },
        Rule(
            "errors.malformed-response", "an answer that can't be read is `malformed_response`",
            "A web page with a status of success is no list without rows. Nothing of it may pass for an answer.",
            .disturbs
        ) { trial in
            try await trial.each([AuthorityFault.html, .truncated], orElse: "", \.rawValue) { fault in
                try await trial.probe(fault, gives: .malformedResponse)
            }
        },
    ]
}

extension Trial {
    fileprivate func tryHealth() async throws {
        let error = await failure { () throws(CertificateError) in
            try await provider.checkHealth(HealthCheckRequest(), context: context())
        }
        if let error {
            throw Finding("The health check threw \(error). Implement `checkHealth` with the cheapest call that works.")
        }
        guard mode == .everything else { return }
        do {
            let refusal = try await with(.wrongCredential) { provider in
                await failure { () throws(CertificateError) in
                    try await provider.checkHealth(HealthCheckRequest(), context: context())
                }
            }
            guard refusal?.code == .authentication else {
                throw Finding(
                    "The credential is refused, and the health check \(told(refusal)). Let it make a call that needs the "
                        + "credential, and throw `authentication`."
                )
            }
        } catch let error as NotApplicable {
            note("a refused credential was not tried: \(error.reason)")
        }
    }

    /// Makes a call, by default one that reads, while the authority misbehaves.
    @discardableResult
    fileprivate func probe(
        _ fault: AuthorityFault, gives code: CertificateError.Code, by given: PreparedCall? = nil
    ) async throws -> CertificateError {
        let call = if let given { given } else { try await probe() }
        let error = try await with(fault) { provider in
            await failure { () throws(CertificateError) in try await call.perform(provider, context()) }
        }
        guard let error, error.code == code else {
            throw Finding(
                "The authority was made to \(fault.words), and \(call.name) \(told(error)). Throw `\(code.rawValue)`."
            )
        }
        return error
    }
}
