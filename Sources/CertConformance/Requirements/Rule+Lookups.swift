internal import CertProtocol
internal import FoundationEssentials

/// The journal can ask what became of a call, and gets the truth.
extension Rule {
    static let lookups: [Rule] = [
        Rule(
            "find-order.after-success", "what was ordered is found, or can't be told; it is never denied",
            "`not_found` lets the host send an order again. Said of an order that exists it is paid for twice.",
            .mutates
        ) { trial in
            try await trial.eachLookup { call, key, sentAt in
                let result = try await trial.read("It") { () throws(CertificateError) in
                    try await call.perform(trial.provider, trial.context(key: key))
                }
                return try await trial.confirms(call, key, sentAt, orderID: result.receipt?.orderID)
            }
        },
        Rule(
            "find-order.after-lost-answer", "what was ordered is found although its answer was lost",
            "This is what `find-order` is for.", .mutates
        ) { trial in
            try await trial.eachLookup { call, key, sentAt in
                _ = try await trial.with(.lostAnswer) { provider in
                    await failure { () throws(CertificateError) in
                        try await call.perform(provider, trial.context(key: key))
                    }
                }
                if let reason = trial.authority.voidWithoutAnswer[call.capability],
                    case .notFound = try await trial.lookUp(call, key, sentAt)
                {
                    trial.note("\(call.name) comes to nothing where its answer is lost: \(reason)")
                    return true
                }
                return try await trial.confirms(call, key, sentAt, orderID: nil)
            }
        },
        Rule(
            "find-order.never-executed", "what was never carried out is not found",
            "An order that is found is taken for the caller's own, and nothing is ordered in its place.", .mutates
        ) { trial in
            try await trial.eachLookup { call, key, sentAt in
                // Refused before anything leaves: nothing can have been carried out.
                var refusing = trial.context(key: key)
                refusing.beforeSending = { _ throws(CertificateError) in
                    throw CertificateError(.cancelled, "The kit refuses, so that nothing is carried out.")
                }
                let context = refusing
                _ = await failure { () throws(CertificateError) in try await call.perform(trial.provider, context) }
                let isTold = try await trial.denies(call, key, sentAt)
                do {
                    _ = try await trial.with(.failureBeforeExecution) { provider in
                        await failure { () throws(CertificateError) in
                            try await call.perform(provider, trial.context(key: key))
                        }
                    }
                } catch is NotApplicable {
                    return isTold
                }
                return try await trial.denies(call, key, sentAt)
            }
        },
    ]
}

extension Trial {
    /// Tries each declared operation that changes something and that a journal can ask after. `body` says whether the lookup
    /// could tell anything; at least one has to.
    fileprivate func eachLookup(_ body: (PreparedCall, String, Date) async throws -> Bool) async throws {
        try requireDeclared(.findOrder)
        var isAnyTold = false
        var isAnyTried = false
        try await eachMutation { call in
            // An instant of whole seconds is what a journal keeps.
            let sentAt = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
            let isTold = try await body(call, Self.freshKey(), sentAt)
            isAnyTried = true
            isAnyTold = isAnyTold || isTold
            if !isTold { note("find-order cannot tell what became of \(call.name)") }
        }
        guard isAnyTold || !isAnyTried else {
            throw Finding(
                "find-order answers `cannotTell` for every operation. Find at least what `issue` has ordered, or don't "
                    + "declare it."
            )
        }
    }

    fileprivate func lookUp(_ call: PreparedCall, _ key: String, _ sentAt: Date) async throws -> FoundOrder {
        guard let lookup = call.lookup?(key, sentAt) else { return .cannotTell }
        return try await read("find-order") { () throws(CertificateError) in
            try await provider.findOrder(lookup, context: context())
        }
    }

    /// Whether the lookup finds what was carried out; a finding where it denies it or finds something else.
    fileprivate func confirms(
        _ call: PreparedCall, _ key: String, _ sentAt: Date, orderID: String?
    ) async throws -> Bool {
        switch try await lookUp(call, key, sentAt) {
        case .found(let order):
            let expected = orderID ?? call.lookup?(key, sentAt).orderID
            let isOther = expected.map { $0 != order.orderID } ?? false
            if isOther, orderID != nil || call.capability != .renew {
                throw Finding(
                    "It was about the order \(expected ?? ""), and find-order found \(order.orderID). Return the order that "
                        + "came of the call."
                )
            }
            // What is made anew may have other names than its order.
            if call.capability == .issue || call.capability == .renew {
                try checkContents(of: order, call.lookup?(key, sentAt).contents?.commonName)
            }
            return true
        case .cannotTell: return false
        default:
            throw Finding(
                "It was carried out, and find-order said that it was not. Answer `notFound` only where the authority would "
                    + "show it, and `cannotTell` otherwise."
            )
        }
    }

    /// Whether the lookup says that nothing was carried out; a finding where it finds something.
    fileprivate func denies(_ call: PreparedCall, _ key: String, _ sentAt: Date) async throws -> Bool {
        switch try await lookUp(call, key, sentAt) {
        case .found(let order):
            throw Finding(
                "It was never carried out, and find-order found the order \(order.orderID). Look for what the call itself "
                    + "left behind: the journal key, the signing request, the state."
            )
        case .cannotTell: return false
        default: return true
        }
    }

    private func checkContents(of order: Order, _ commonName: String?) throws {
        let names = order.certificates.compactMap(\.commonName)
        guard let commonName, !names.isEmpty, !names.contains(commonName) else { return }
        throw Finding(
            "A certificate for \(commonName) was ordered, and find-order found the order \(order.orderID), which is for "
                + "\(names.joined(separator: ", "))."
        )
    }
}
