import CertProtocol
import Foundation

extension MemoryProvider {
    private func receipt(
        _ capability: Capability, _ order: MemoryBook.Order, _ context: OperationContext, issues: Bool
    ) -> Receipt {
        var receipt = Receipt(
            provider: breakage == .namesNoProvider ? "" : id, operation: capability, state: issues ? .issued : .done)
        receipt.orderID = String(order.id)
        receipt.journalKey = context.journalKey
        if issues, breakage != .claimsIssued { receipt.certificatesPEM = [chain.leaf, chain.root] }
        return receipt
    }

    /// A change of an order, which the journal can ask after.
    private func change(
        _ capability: Capability, _ context: OperationContext, issues: Bool = false,
        _ body: @Sendable (inout MemoryBook) throws(CertificateError) -> MemoryBook.Order
    ) async throws(CertificateError) -> Receipt {
        let order = try await exchange(capability, context, isChange: true) { book throws(CertificateError) in
            let order = try body(&book)
            book.remember(context.journalKey, order.id)
            return order
        }
        return receipt(capability, order, context, issues: issues)
    }

    private func edit(
        _ capability: Capability, _ order: String, _ context: OperationContext, issues: Bool = false,
        _ change: @escaping @Sendable (inout MemoryBook.Order) -> Void
    ) async throws(CertificateError) -> Receipt {
        try await self.change(capability, context, issues: issues) { book throws(CertificateError) in
            let found = try book.order(order)
            book.edit(found.id, change)
            return found
        }
    }

    // MARK: Ordering

    func issue(_ request: IssueRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        guard
            request.product != "own-key" || request.contents.signingRequest.isEmpty
                || breakage == .takesRequestForItsOwnKey
        else { throw CertificateError(.invalidRequest, "The authority makes the key of own-key itself.") }
        return try await change(.issue, context, issues: true) { book throws(CertificateError) in
            book.add(request.contents.commonName)
        }
    }

    func renew(_ request: RenewRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        if breakage == .wantsRequestForRenewal, request.issue.contents.signingRequest.isEmpty {
            throw CertificateError(.invalidRequest, "A renewal needs a signing request.")
        }
        return try await change(.renew, context, issues: true) { book throws(CertificateError) in
            _ = try book.order(request.orderID)
            return book.add(request.issue.contents.commonName)
        }
    }

    func reissue(_ request: ReissueRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        try await edit(.reissue, request.orderID, context, issues: true) { $0.copies[.reissue, default: []].append(1) }
    }

    func duplicate(_ request: DuplicateRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        try await edit(.duplicate, request.orderID, context, issues: true) {
            $0.copies[.duplicate, default: []].append(1)
        }
    }

    func extend(_ request: ExtendRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        try await edit(.extend, request.orderID, context) { $0.paidUntil += 86_400 }
    }

    // MARK: Ending and upkeep

    func revoke(_ request: RevokeRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        if capabilities.operations.contains(.revoke) {
            guard request.scope.kind == .wholeOrder || breakage == .revokesEveryScope else {
                throw CertificateError(.invalidRequest, "Whole orders are revoked here.")
            }
            guard capabilities.revocationReasons.contains(request.reason) || breakage == .replacesReasons else {
                throw CertificateError(.invalidRequest, "The reason is not offered.")
            }
        }
        if request.certificateKey != nil, breakage == .refusesKeys {
            throw CertificateError(.rejected, "The account has to revoke.")
        }
        return try await edit(.revoke, request.orderID, context) { $0.status = "revoked" }
    }

    func cancel(_ request: CancelRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        try await edit(.cancel, request.orderID, context) { $0.status = "canceled" }
    }

    func deleteCertificate(
        _ request: DeleteCertificateRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        try await change(.delete, context) { book throws(CertificateError) in
            let found = try book.order(certificate: request.certificateID)
            book.edit(found.id) { $0.status = "deleted" }
            return found
        }
    }

    func importCertificate(
        _ request: ImportCertificateRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        try await change(.import, context) { book throws(CertificateError) in book.add(request.name) }
    }

    func setAutoRenewal(
        _ request: SetAutoRenewalRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        try await change(.autoRenewal, context) { book throws(CertificateError) in
            let found = try book.order(certificate: request.certificateID)
            book.edit(found.id) { $0.isRenewed = request.isOn }
            return found
        }
    }

    func decideApproval(
        _ request: DecideApprovalRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        try await edit(.approvals, request.requestID, context) { _ in }
    }

    // MARK: Domains

    private func validation(_ order: MemoryBook.Order) -> DomainValidation {
        DomainValidation(provider: id, domain: order.name, raw: JSONValue(["domain": .string(order.name)]))
    }

    func showDomainValidations(
        _ request: DomainValidationsRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] {
        let order = try await exchange(.domainValidation, context) { book throws(CertificateError) in
            try book.order(request.orderID)
        }
        return [validation(order)]
    }

    func checkDomainValidations(
        _ request: DomainValidationsRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] {
        try await showDomainValidations(request, context: context)
    }

    func setDomainValidationMethod(
        _ request: SetDomainValidationMethodRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] {
        let order = try await exchange(.domainValidationChange, context, isChange: true) {
            book throws(CertificateError) in
            let found = try book.order(request.orderID)
            book.edit(found.id) { $0.method = request.method }
            book.remember(context.journalKey, found.id)
            return found
        }
        return [validation(order)]
    }
}
