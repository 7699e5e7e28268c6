internal import CertProtocol
internal import FoundationEssentials

/// The calls that change something, from the samples.
extension Trial {
    /// A call of a capability that changes something, with data that is made anew.
    func mutation(_ capability: Capability) async throws -> PreparedCall {
        switch capability {
        case .issue:
            let request = try await samples.issue.resolved(asking("issue", "a new order"))
            return PreparedCall(capability) { provider, context throws(CertificateError) in
                .receipt(try await provider.issue(request, context: context))
            }.lookedUp { $0.contents = request.contents }
        case .renew:
            let request = try await samples.renew.resolved(asking("renew", "the renewal of an order"))
            return PreparedCall(capability) { provider, context throws(CertificateError) in
                .receipt(try await provider.renew(request, context: context))
            }.lookedUp {
                $0.orderID = request.orderID
                $0.contents = request.issue.contents
            }
        case .reissue:
            let request = try await samples.reissue.resolved(asking("reissue", "the reissue of an order"))
            return PreparedCall(capability) { provider, context throws(CertificateError) in
                .receipt(try await provider.reissue(request, context: context))
            }.lookedUp {
                $0.orderID = request.orderID
                $0.contents = request.contents
            }
        case .duplicate:
            let request = try await samples.duplicate.resolved(asking("duplicate", "the duplicate of an order"))
            return PreparedCall(capability) { provider, context throws(CertificateError) in
                .receipt(try await provider.duplicate(request, context: context))
            }.lookedUp {
                $0.orderID = request.orderID
                $0.contents = request.contents
            }
        case .extend:
            let request = try await samples.extend.resolved(asking("extend", "the extension of an order"))
            let paidUntil = try await end(of: request.orderID)
            return PreparedCall(capability) { provider, context throws(CertificateError) in
                .receipt(try await provider.extend(request, context: context))
            }.lookedUp {
                $0.orderID = request.orderID
                $0.period = request.period
                $0.paidUntil = paidUntil
            }
        default: return try await ending(capability)
        }
    }

    private func ending(_ capability: Capability) async throws -> PreparedCall {
        switch capability {
        case .revoke:
            let requests = try await revocations()
            guard let request = requests.first else { throw Finding("`samples.revocations` is empty.") }
            return revocation(request)
        case .cancel:
            let request = try await samples.cancel.resolved(asking("cancel", "the cancellation of a pending order"))
            return PreparedCall(capability) { provider, context throws(CertificateError) in
                .receipt(try await provider.cancel(request, context: context))
            }.lookedUp { $0.orderID = request.orderID }
        case .delete:
            let request = try await samples.delete.resolved(asking("delete", "the deletion of a certificate"))
            return PreparedCall(capability) { provider, context throws(CertificateError) in
                .receipt(try await provider.deleteCertificate(request, context: context))
            }.lookedUp {
                $0.certificateID = request.certificateID
                $0.certificateName = request.name
            }
        case .import:
            let request = try await samples.importCertificate.resolved(
                asking("importCertificate", "a certificate to register"))
            return PreparedCall(capability) { provider, context throws(CertificateError) in
                .receipt(try await provider.importCertificate(request, context: context))
            }.lookedUp {
                $0.certificateID = request.certificateID
                $0.certificateName = request.name
            }
        case .autoRenewal:
            let request = try await samples.autoRenewal.resolved(
                asking("autoRenewal", "a switch of an automatic renewal"))
            return PreparedCall(capability) { provider, context throws(CertificateError) in
                .receipt(try await provider.setAutoRenewal(request, context: context))
            }.lookedUp {
                $0.certificateID = request.certificateID
                $0.isAutoRenewed = request.isOn
            }
        default: return try await decision(capability)
        }
    }

    private func decision(_ capability: Capability) async throws -> PreparedCall {
        switch capability {
        case .domainValidationChange:
            let request = try await samples.domainValidationChange.resolved(
                asking("domainValidationChange", "another way to validate an order's domains"))
            return PreparedCall(capability) { provider, context throws(CertificateError) in
                .validations(try await provider.setDomainValidationMethod(request, context: context))
            }.lookedUp {
                $0.orderID = request.orderID
                $0.validationMethod = request.method
            }
        case .approvals:
            let request = try await samples.approval.resolved(asking("approval", "a decision on a waiting request"))
            return PreparedCall(capability, "decide") { provider, context throws(CertificateError) in
                .receipt(try await provider.decideApproval(request, context: context))
            }.lookedUp {
                $0.requestID = request.requestID
                $0.isApproved = request.isApproved
            }
        default:
            throw Finding("The kit does not know how to call \(capability.rawValue). Update the kit.")
        }
    }

    func revocations() async throws -> [RevokeRequest] {
        try await samples.revocations.resolved(asking("revocations", "a revocation for each declared scope"))
    }

    func revocation(_ request: RevokeRequest) -> PreparedCall {
        PreparedCall(.revoke, request.scope.kind.rawValue) { provider, context throws(CertificateError) in
            .receipt(try await provider.revoke(request, context: context))
        }.lookedUp {
            $0.orderID = request.orderID
            if case .certificate(let id) = request.scope { $0.certificateID = id }
        }
    }

    func asking(_ member: String, _ what: String) -> String {
        "Give the kit \(what) in `samples.\(member)`, or say with `.withheld(because:)` why there is none."
    }

    /// Until when an order is paid, as the host's journal notes it before an extension.
    private func end(of orderID: String) async throws -> Date? {
        guard capabilities.operations.contains(.orderDetail) else { return nil }
        let order = try await read("order-detail of \(orderID)") { () throws(CertificateError) in
            try await provider.orderDetail(OrderDetailRequest(.order(orderID)), context: context())
        }
        return order.validUntil?.startInUTC
    }

    /// A read that has to succeed.
    func read<Result>(
        _ name: String, _ body: () async throws(CertificateError) -> Result
    ) async throws -> Result {
        do throws(CertificateError) {
            return try await body()
        } catch {
            throw Finding("\(name) failed: \(error)")
        }
    }
}
