internal import CertProtocol

/// What is done to certificates and orders that are there.
extension NCPProvider {
    /// Extends the paid period of an order by one to three years. **Costs money.** No order has more than three years in all.
    ///
    /// What can go wrong: the period is at its most, or over, or nothing was issued yet (`rejected`); an answer that is lost
    /// (`outcome_unknown`).
    func extend(_ request: ExtendRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        try require(.extend)
        try await api.send(NCP.SubscriptionExtension(request), context: context)
        return Receipt(done: .extend, orderID: request.orderID, provider: id, context)
    }

    /// Revokes one Advanced certificate, or every one of an order. **Final.**
    ///
    /// What can go wrong: a certificate that isn't in force (`rejected`); an answer that is lost (`outcome_unknown`). The receipt
    /// is `pending` where the service has noted the revocation and not carried it out yet.
    func revoke(_ request: RevokeRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        try require(.revoke)
        let body = try NCP.Revocation(request)
        try await api.send(body, context: context)
        let certificateID = body.certificateID
        var receipt = Receipt(
            done: .revoke, orderID: request.orderID, certificateID: certificateID, provider: id, context
        )
        let targets = try? await order(request.orderID, context).certificates(certificateID)
        if targets?.contains(where: { $0.status == .revocationPending }) == true { receipt.state = .pending }
        return receipt
    }

    /// Registers a certificate of another authority with its key, under a name that is new in the account; with
    /// ``ImportCertificateRequest/certificateID``, which v2 of the API takes, in place of another. The private key
    /// goes into the body of this one request and nowhere else.
    ///
    /// What can go wrong: the certificate isn't PEM, isn't valid, isn't the key's (`rejected`), the name is taken
    /// (`invalid_request`); an answer that is lost (`outcome_unknown`).
    func importCertificate(
        _ request: ImportCertificateRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        try require(.import)
        let body = try NCP.ExternalRegistration(request, version: settings.api)
        let answer = try await api.send(body, context: context)
        let number = NCP.ExternalCertificate.number(in: answer, named: request.name) ?? request.certificateID
        return Receipt(done: .import, certificateID: number, provider: id, context)
    }

    /// Deletes a certificate from the account. **Final.** The service wants the name and the number to match; the name is looked
    /// up where none is given.
    ///
    /// What can go wrong: an instance uses it, or name and number don't match (`rejected`, code 1004); there is none of that
    /// number (`not_found`); an answer that is lost (`outcome_unknown`).
    func deleteCertificate(
        _ request: DeleteCertificateRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        try require(.delete)
        let number = try NCPReference.number(request.certificateID)
        var name = request.name
        if name == nil { name = try await certificate(number, context).consoleName }
        guard let name, !name.isEmpty else {
            throw .unsent("NAVER Cloud deletes a certificate by number and name; name it, since the list doesn't.")
        }
        let deletion = NCP.Deletion(version: settings.api, certificateNo: number, certificateName: name)
        try await api.send(deletion, context: context)
        return Receipt(done: .delete, certificateID: request.certificateID, provider: id, context)
    }

    /// Switches the automatic renewal of a certificate. A renewal, when it takes place, may cost money.
    ///
    /// What can go wrong: a certificate that can't be renewed (`rejected`); an answer that is lost (`outcome_unknown`), after
    /// which switching once more does no harm.
    func setAutoRenewal(
        _ request: SetAutoRenewalRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        try require(.autoRenewal)
        let number = try NCPReference.number(request.certificateID)
        try await api.send(NCP.RenewalSwitch(certificateNo: number, isOn: request.isOn), context: context)
        return Receipt(done: .autoRenewal, certificateID: request.certificateID, provider: id, context)
    }
}
