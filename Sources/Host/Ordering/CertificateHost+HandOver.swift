internal import CertProtocol

/// What was issued is checked before anyone gets it.
extension CertificateHost {
    /// The receipt of an entry that was answered, with its certificates where there are any.
    func handedOver(_ entry: JournalEntry, context: OperationContext) async throws(CertificateError) -> Receipt {
        var receipt: Receipt
        if let known = entry.receipt {
            receipt = known
        } else {
            receipt = Receipt(provider: entry.provider, operation: entry.operation, state: .pending)
            receipt.orderID = entry.orderID
        }
        receipt.journalKey = entry.key
        return try await verified(receipt, for: entry.request, context: context)
    }

    /// The receipt with a chain that is whole, in order and what was asked for, where something was issued.
    ///
    /// - Throws: `verification_failed` where it isn't; the error carries receipt and certificate.
    func verified(
        _ receipt: Receipt, for request: JournaledRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        guard receipt.state == .issued, let contents = request.contents else { return receipt }
        var receipt = receipt
        if receipt.certificatesPEM.isEmpty {
            // A receipt without a chain is no failure: the order is there, and the chain can be downloaded later.
            guard let chain = await chain(of: receipt, context: context) else { return receipt }
            receipt.certificatesPEM = chain
        }
        return try verified(receipt, against: contents)
    }

    /// The receipt with its chain checked and in order.
    ///
    /// - Throws: `verification_failed`; the error carries receipt and certificate.
    func verified(_ receipt: Receipt, against contents: CertificateContents) throws(CertificateError) -> Receipt {
        guard let verifier else { return receipt }
        var receipt = receipt
        do throws(CertificateError) {
            receipt.certificatesPEM = try verifier.verify(
                receipt.certificatesPEM, against: contents,
                mayBeShorter: receipt.operation == .reissue || receipt.operation == .duplicate, now: clock.date()
            )
        } catch {
            var error = error
            error.provider = receipt.provider
            error.operation = receipt.operation
            error.journalKey = receipt.journalKey
            error.receipt = receipt
            error.certificate = error.certificate ?? receipt.certificatesPEM.first
            throw error
        }
        return receipt
    }

    /// The chain of an order that was issued; `nil` where it can't be had now.
    private func chain(of receipt: Receipt, context: OperationContext) async -> [String]? {
        guard let orderID = receipt.orderID else { return nil }
        let request = DownloadRequest(orderID: orderID, certificateID: receipt.certificateID, format: .fullChain)
        return try? await download(request, from: receipt.provider, context: context).certificatesPEM
    }
}
