internal import CertProtocol

/// A capability is a fact: what is declared works, and what isn't can't be reached.
extension Rule {
    static let capabilities: [Rule] = Capability.allCases.map { capability in
        Rule(
            "capability.\(capability.rawValue)",
            "\(capability.rawValue) works where it is declared, and is refused without traffic where it isn't",
            "The host offers what `capabilities` declares and refuses the rest. A declared operation is tried with the "
                + "sample; an undeclared one has to throw `unsupported` and reach nobody.",
            capability.isMutating || capability == .domainValidation ? .mutates : .reads
        ) { trial in
            if trial.capabilities.operations.contains(capability) {
                for call in try await trial.calls(capability) { try await trial.works(call) }
            } else {
                for call in trial.madeUpCalls(capability) { try await trial.isRefused(call) }
            }
        }
    }
}

extension Trial {
    fileprivate func works(_ call: PreparedCall) async throws {
        let result: CallResult
        do throws(CertificateError) {
            result = try await call.perform(provider, context(key: Self.freshKey()))
        } catch  where error.code == .unsupported {
            throw Finding(
                "\(call.name) is declared, and threw \(error). Implement it, or take \(call.capability.rawValue) out of "
                    + "`capabilities.operations`."
            )
        } catch {
            throw Finding(
                "\(call.name) is declared and does not work: \(error). Mend it, take \(call.capability.rawValue) out of "
                    + "`capabilities.operations`, or give the kit another sample."
            )
        }
        switch result {
        case .page(let page):
            guard !page.rows.isEmpty else {
                throw lacking(
                    "\(call.name) shows no row, so nothing is proven. Describe an authority that has at least one."
                )
            }
        case .receipt(let receipt): try checkReceipt(receipt, of: call)
        case .validations(let validations):
            guard !validations.isEmpty else {
                throw Finding("\(call.name) tells of no domain. Return one record for each domain of the order.")
            }
        case .download(let download):
            guard !download.certificatesPEM.isEmpty || download.pkcs7PEM != nil else {
                throw Finding("\(call.name) delivered nothing. Return the certificates, or throw `not_found`.")
            }
        case .found(.found(let order)):
            throw Finding(
                "find-order found the order \(order.orderID) by a key that was never used. Answer `notFound`, or `cannotTell`."
            )
        case .order, .found: break
        }
    }

    /// What every receipt says.
    func checkReceipt(_ receipt: Receipt, of call: PreparedCall) throws {
        guard receipt.operation == call.capability else {
            throw Finding(
                "The receipt of \(call.name) names the operation \(receipt.operation.rawValue). Set "
                    + "`receipt.operation` to \(call.capability.rawValue)."
            )
        }
        guard receipt.provider == authority.providerID else {
            throw Finding(
                "The receipt of \(call.name) names the provider \"\(receipt.provider)\". Set it to the id of the "
                    + "`AdapterContext`, \"\(authority.providerID)\"."
            )
        }
    }

    fileprivate func isRefused(_ call: PreparedCall) async throws {
        var error: CertificateError?
        let requests = try await requests {
            error = await failure { () throws(CertificateError) in try await call.perform(provider, context()) }
        }
        guard let error, error.code == .unsupported else {
            throw Finding(
                "\(call.name) can be reached and is not declared: it \(told(error)). Put \(call.capability.rawValue) into "
                    + "`capabilities.operations`, or throw `.unsupported(_:)` before anything else; a function that is left out "
                    + "does so by default."
            )
        }
        if let requests, requests > 0 {
            throw Finding(
                "\(call.name) is not declared and threw `unsupported`, but \(requests) requests reached the authority "
                    + "first. Refuse before anything is sent."
            )
        }
    }

    /// A journal key that was never used.
    static func freshKey() -> String { "conformance-" + String(UInt64.random(in: .min ... .max), radix: 16) }
}
