internal import AdapterHTTP
internal import CertProtocol

extension DigiCertProvider {
    /// Asks for a revocation, which is final once a person of the account has approved it; until then the receipt is pending.
    /// Nothing is paid back.
    ///
    /// One certificate is only revoked where it belongs to the order, which is read before: an id of another order would
    /// revoke what nobody named. A certificate can't be revoked while its reissue is pending. By default the revocation of
    /// an order's only certificate leaves the order; a setting of the account makes it revoke the order too.
    func revoke(
        _ request: RevokeRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        let revocation = try DigiCert.Revocation(request)
        if let certificate = revocation.certificate {
            try await check(certificate: certificate, isOf: revocation.order, context)
        }
        let asked = try await api.send(revocation, context: context)
        var receipt = Receipt(
            done: .revoke, orderID: revocation.order, certificateID: revocation.certificate, provider: providerID,
            key: context.journalKey
        )
        if let asked, asked.request.isPending {
            receipt.state = .pending
            receipt.awaiting = [.approval]
        }
        return receipt
    }

    /// Cancels an order that is pending, or a pending reissue, after which the order is issued as before. An order that waits
    /// for an approval is ended by rejecting its request instead.
    func cancel(
        _ request: CancelRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        let order = try DigiCertIdentifier.order(request.orderID)
        try await api.send(DigiCert.Cancellation(order: order, note: request.note), context: context)
        return Receipt(done: .cancel, orderID: order, provider: providerID, key: context.journalKey)
    }

    func listApprovals(
        _ request: ListApprovalsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Approval> {
        let window = try PageWindow(digiCert: request.cursor)
        return try await api.listRequests(window, context: context).page {
            Approval($0, raw: $1, provider: providerID)
        }
    }

    /// Decides a request. The approval of a new order costs what the order costs; that of a revocation is final. The request
    /// is read before, so that the receipt says which order it was about.
    func decideApproval(
        _ request: DecideApprovalRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        let decision = try DigiCert.RequestDecision(request)
        let order = try await api.request(decision.request, context: context).order
        try await api.send(decision, context: context)
        return Receipt(
            done: .approvals, orderID: order.map { String($0.id) }, provider: providerID, key: context.journalKey
        )
    }

    /// Refuses a certificate that the order doesn't have, before anything is changed.
    private func check(
        certificate: String, isOf order: String, _ context: OperationContext
    ) async throws(CertificateError) {
        let current = try await api.orderInfo(order, context: context).info.certificate?.id
        if current.map({ String($0) }) == certificate { return }
        for list in CopyList.allCases {
            let items = try await api.list(list, of: order, context: context).all(of: order)
            if items.contains(where: { String($0.id) == certificate }) { return }
        }
        // One that a reissue has taken the place of need not stand in either list.
        let orders = try await api.listOrders(by: "filters[certificate_id]", certificate, context: context).readable
        if orders.contains(where: { String($0.id) == order }) { return }
        throw CertificateError(
            .notFound, "Order \(order) has no certificate \(certificate). Nothing was revoked; check both ids."
        )
    }
}
