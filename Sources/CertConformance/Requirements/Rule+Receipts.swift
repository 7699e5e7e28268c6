internal import CertProtocol
internal import FoundationEssentials

extension Rule {
    static let receipt = Rule(
        "mutations.receipt", "a receipt says which order it is about, how far it got, and holds what was issued",
        "A caller keeps the receipt and goes on with it later. Pending is a state: with it nothing is issued, and nothing is "
            + "wrong.", .mutates
    ) { trial in
        try await trial.eachMutation { call in
            let key = Trial.freshKey()
            let result = try await trial.read("It") { () throws(CertificateError) in
                try await call.perform(trial.provider, trial.context(key: key))
            }
            // A new way to validate domains answers with what has to be published.
            guard let receipt = result.receipt else { return }
            try trial.checkReceipt(receipt, of: call)
            guard receipt.journalKey == key else {
                throw Finding(
                    "The receipt has not the key of the context. Set `receipt.journalKey` to `context.journalKey`.")
            }
            if call.capability.isIssuing {
                try await trial.checkIssued(receipt, of: call.lookup?(key, Date()).orderID, call.capability)
            } else if receipt.state == .issued {
                throw Finding("The receipt says `issued`, and nothing is issued here. Say `done` or `pending`.")
            }
        }
    }
}

extension Capability {
    /// Whether a certificate comes of it.
    fileprivate var isIssuing: Bool {
        switch self {
        case .issue, .renew, .reissue, .duplicate: true
        default: false
        }
    }
}

extension Trial {
    fileprivate func checkIssued(_ receipt: Receipt, of known: String?, _ capability: Capability) async throws {
        guard let order = receipt.orderID, !order.isEmpty else {
            throw Finding("The receipt names no order. Set `receipt.orderID`, or the caller can't go on with it.")
        }
        if let known, capability != .renew, known != order {
            throw Finding("It is about the order \(known), and the receipt names \(order).")
        }
        switch receipt.state {
        case .issued:
            // An authority that hands no certificates out has none to put into a receipt.
            let mayBeEmpty = !capabilities.operations.contains(.download)
            guard mayBeEmpty || !receipt.certificatesPEM.isEmpty, Self.isChain(receipt.certificatesPEM) else {
                throw Finding(
                    "The receipt says `issued`, and its \(receipt.certificatesPEM.count) certificates are no chain. Put the "
                        + "certificate first and each issuer after what it signed; or say `pending`."
                )
            }
        case .pending:
            guard receipt.certificatesPEM.isEmpty else {
                throw Finding(
                    "The receipt says `pending` and holds certificates. Say `issued` where they are what was ordered.")
            }
        default: throw Finding("The receipt says `\(receipt.state.rawValue)`. Say `issued` or `pending`.")
        }
        try await checkIsKnown(order)
    }

    /// The order of a receipt has to be the authority's.
    private func checkIsKnown(_ order: String) async throws {
        guard capabilities.operations.contains(.orderDetail) else { return }
        let error = await failure { () throws(CertificateError) in
            try await provider.orderDetail(OrderDetailRequest(.order(order)), context: context())
        }
        if let error {
            throw Finding(
                "The receipt names the order \(order), and order-detail of it threw \(error). Put the id into the receipt that "
                    + "the authority knows the order by."
            )
        }
    }
}
