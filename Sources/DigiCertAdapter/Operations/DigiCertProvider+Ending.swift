internal import CertProtocol

extension DigiCertProvider {
    /// The reasons that DigiCert takes for TLS certificates (“Revoke certificate”).
    static let revocationReasons: [RevocationReason] = [
        .unspecified, .keyCompromise, .affiliationChanged, .superseded, .cessationOfOperation,
    ]

    /// Asks for a revocation, which is final once a person of the account has approved it; until then the receipt is pending.
    /// Nothing is paid back.
    ///
    /// One certificate is only revoked where it belongs to the order, which is read before: an id of another order would
    /// revoke what nobody named. A certificate can't be revoked while its reissue is pending. By default the revocation of
    /// an order's only certificate leaves the order; a setting of the account makes it revoke the order too.
    func revoke(
        _ request: RevokeRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        let order = try DigiCertIdentifier.order(request.orderID)
        guard Self.revocationReasons.contains(request.reason) else {
            throw CertificateError(
                .invalidRequest,
                "DigiCert does not take the reason \(request.reason.rawValue). It takes "
                    + Self.revocationReasons.map(\.rawValue).joined(separator: ", ") + "."
            )
        }
        var certificate: String?
        if case .certificate(let id) = request.scope {
            certificate = String(try DigiCertIdentifier.number(id, of: "certificate"))
            try await check(certificate: certificate, isOf: order, context)
        }
        let pending = try await api.revoke(
            order: order, certificate: certificate, reason: request.reason.rawValue, comments: request.comments,
            context: context
        )
        let isPending = pending?.request.isPending ?? false
        var receipt = receipt(.revoke, order: order, context)
        receipt.certificateID = certificate
        receipt.state = isPending ? .pending : .done
        receipt.awaiting = isPending ? [.approval] : []
        return receipt
    }

    /// Cancels an order that is pending, or a pending reissue, after which the order is issued as before. An order that waits
    /// for an approval is ended by rejecting its request instead.
    func cancel(
        _ request: CancelRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        let order = try DigiCertIdentifier.order(request.orderID)
        try await api.cancel(order: order, note: request.note, context: context)
        return receipt(.cancel, order: order, context)
    }

    func listApprovals(
        _ request: ListApprovalsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Approval> {
        let window = try PageWindow(request.cursor)
        let list = try await api.listRequests(window, context: context)
        var page = list.page(
            overlap: window.overlap, DigiCert.ApprovalRequest.init, key: { UInt64(bitPattern: $0.id) }
        ) { row, raw in
            Approval(row, raw: raw, provider: providerID)
        }
        window.complete(&page, from: list, isSorted: false)
        return page
    }

    /// Decides a request. The approval of a new order costs what the order costs; that of a revocation is final. The request
    /// is read before, so that the receipt says which order it was about.
    func decideApproval(
        _ request: DecideApprovalRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        let id = String(try DigiCertIdentifier.number(request.requestID, of: "request"))
        let order = try await api.request(id, context: context).order
        try await api.decide(request: id, isApproved: request.isApproved, comment: request.comment, context: context)
        return receipt(.approvals, order: order.map { String($0.id) }, context)
    }

    private func receipt(_ operation: Capability, order: String?, _ context: OperationContext) -> Receipt {
        var receipt = Receipt(provider: providerID, operation: operation, state: .done)
        receipt.journalKey = context.journalKey
        receipt.orderID = order
        return receipt
    }

    /// Refuses a certificate that the order doesn't have, before anything is changed.
    private func check(
        certificate: String?, isOf order: String, _ context: OperationContext
    ) async throws(CertificateError) {
        let current = try await api.orderInfo(order, context: context).info.certificate?.id
        guard current.map({ String($0) }) != certificate else { return }
        for list in [CopyList.reissues, .duplicates] {
            let items = try await list.items(of: order, at: api, context)
            if items.contains(where: { String($0.id) == certificate }) { return }
        }
        // One that a reissue has taken the place of need not stand in either list.
        if let certificate {
            let orders = try await api.listOrders(holding: certificate, context: context).rows
            if orders.contains(where: { DigiCert.ListedOrder($0).map { String($0.id) } == order }) { return }
        }
        throw CertificateError(
            .notFound, "Order \(order) has no certificate \(certificate ?? ""). Nothing was revoked; check both ids."
        )
    }
}
