internal import AdapterHTTP
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
        try await order(request, .issue, context)
    }

    /// Places an order that takes another one's place: as costly as a new one. Refused with `order_renewed_already` and
    /// `order_not_eligible_for_renewal`. Where the old order is still paid for, a reissue costs nothing.
    func renew(
        _ request: RenewRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        try await order(request.issue, .renew, renewing: request.orderID, context)
    }

    /// Has the certificate of an order made anew. Costs nothing, unless it adds names to those that were paid for. The new
    /// certificate takes the old one's place, and ends with the order at the latest.
    func reissue(
        _ request: ReissueRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        let order = try DigiCertIdentifier.order(request.orderID)
        var body = OrderBody(contents: request.contents)
        body.dcvMethod = request.validationMethod
        body.comments = request.comments
        let placed = try await api.reissue(order: order, body, context: context)
        return await settled(receipt(placed, .reissue, context), for: request.contents, context)
    }

    /// Has a further certificate made within an order, of the same names and usually for another key. Costs nothing where
    /// the product allows it. A new name is refused, unless it lies below a wildcard of the order.
    func duplicate(
        _ request: DuplicateRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        let order = try DigiCertIdentifier.order(request.orderID)
        var body = OrderBody(contents: request.contents)
        body.comments = request.comments
        let placed = try await api.duplicate(order: order, body, context: context)
        return await settled(receipt(placed, .duplicate, context), for: request.contents, context)
    }

    private func order(
        _ request: IssueRequest, _ operation: Capability, renewing renewed: String? = nil, _ context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        var body = OrderBody(contents: request.contents)
        body.organizationID = try request.organizationID.map { id throws(CertificateError) in
            try DigiCertIdentifier.number(id, of: "organization")
        }
        body.orderValidity = request.orderValidity ?? .years(1)
        body.dcvMethod = request.validationMethod
        body.comments = request.comments
        body.renewalOf = try renewed.map { id throws(CertificateError) in
            try DigiCertIdentifier.number(id, of: "order")
        }
        body.alternativeOrderID = context.journalKey
        guard !request.product.isEmpty else {
            throw CertificateError(.invalidRequest, "An order needs a product of DigiCert, such as ssl_plus.")
        }
        let placed = try await api.placeOrder(product: request.product, body, context: context)
        return await settled(receipt(placed, operation, context), for: request.contents, context)
    }

    private func receipt(
        _ placed: DigiCert.PlacedOrder, _ operation: Capability, _ context: OperationContext
    ) -> Receipt {
        Receipt(placed, operation, provider: providerID, key: context.journalKey)
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
            var certificate = receipt.certificateID
            if let copies = CopyList(of: receipt.operation) {
                let found = try await copies.items(of: order, at: api, context)
                    .last { $0.csr.map(SigningRequestText.init) == SigningRequestText(contents.signingRequest) }
                certificate = certificate ?? found.map { String($0.id) }
                receipt.certificateID = certificate
                guard found?.serialNumber != nil else { return receipt }
            } else {
                certificate = certificate ?? info.certificate?.id.map { String($0) }
                receipt.certificateID = certificate
                guard CertificateStatus(digiCert: info.status) == .issued else { return receipt }
            }
            if let certificate {
                receipt.complete(with: try await chain(order: order, certificate: certificate, context: context))
            }
        } catch {
            return receipt
        }
        return receipt
    }
}
