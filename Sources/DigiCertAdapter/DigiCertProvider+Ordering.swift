internal import CertProtocol

extension DigiCertProvider {
    /// Places an order. It costs money as soon as DigiCert has accepted it, whether or not it is ever issued; cancelling one
    /// that is pending gives the money back by the contract of the account.
    ///
    /// The journal's key is sent as the order's alternative id, by which a lost answer can be looked up; DigiCert itself
    /// refuses no second order of the same id. Where the answer says neither what is awaited nor that it was issued, the order
    /// is read once; whatever becomes of that, the receipt has the order's id.
    func issue(
        _ request: IssueRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        let order = try DigiCert.CertificateOrder(request, key: context.journalKey)
        return try await place(order, .issue, context)
    }

    /// Places an order that takes another one's place: as costly as a new one. Refused with `order_renewed_already` and
    /// `order_not_eligible_for_renewal`. Where the old order is still paid for, a reissue costs nothing.
    func renew(
        _ request: RenewRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        let order = try DigiCert.CertificateOrder(
            request.issue, renewing: request.orderID, key: context.journalKey
        )
        return try await place(order, .renew, context)
    }

    /// Has the certificate of an order made anew. Costs nothing, unless it adds names to those that were paid for. The new
    /// certificate takes the old one's place, and ends with the order at the latest.
    func reissue(
        _ request: ReissueRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        try await place(DigiCert.CertificateOrder(request), .reissue, context)
    }

    /// Has a further certificate made within an order, of the same names and usually for another key. Costs nothing where
    /// the product allows it. A new name is refused, unless it lies below a wildcard of the order.
    func duplicate(
        _ request: DuplicateRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        try await place(DigiCert.CertificateOrder(request), .duplicate, context)
    }

    private func place(
        _ order: DigiCert.CertificateOrder, _ operation: Capability, _ context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        let placed = try await api.send(order, context: context)
        let receipt = Receipt(placed, operation, provider: providerID, key: context.journalKey)
        return await settled(receipt, for: order.contents, context)
    }

    /// The receipt with what its order tells, where the answer left it open. The order stands, so no failure is one here.
    private func settled(
        _ receipt: Receipt, for contents: CertificateContents, _ context: OperationContext
    ) async -> Receipt {
        guard receipt.state == .pending, receipt.awaiting.isEmpty, let order = receipt.orderID else { return receipt }
        var receipt = receipt
        do throws(CertificateError) {
            let info = try await api.orderInfo(order, context: context).info
            receipt.awaiting = info.awaiting
            let isIssued: Bool
            if let copies = CopyList(of: receipt.operation) {
                let wanted = SigningRequestText(contents.signingRequest)
                let items = try await api.list(copies, of: order, context: context).all(of: order)
                isIssued = receipt.note(items.last { $0.csr.map(SigningRequestText.init) == wanted })
            } else {
                isIssued = receipt.note(info)
            }
            if isIssued, let certificate = receipt.certificateID {
                receipt.complete(with: try await chain(order: order, certificate: certificate, context: context))
            }
        } catch {
            return receipt
        }
        return receipt
    }
}
