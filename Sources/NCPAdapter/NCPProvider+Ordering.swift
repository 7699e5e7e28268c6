internal import CertProtocol

/// Ordering certificates, and what belongs to an order under way.
extension NCPProvider {
    /// Orders a certificate.
    ///
    /// - `NCP_PAID_DV_01`, `NCP_PAID_OV_01` (public zone): **costs money**, for the period in ``IssueRequest/orderValidity``, one
    ///   to three years. Needs a signing request; OV needs an organization. The validation method is `D` (a TXT record for this
    ///   once, the default) or `PD` (one that stays). The key stays with the caller; for use inside the platform it has to be
    ///   registered there.
    /// - `CLOUD_BASIC` (public zone): the API's pages name no price. The service makes the key and takes no signing request. The
    ///   method is `D` (a CNAME record).
    /// - `NCP_PRIVATE`, `NCP_PRIVATE_SSL` (government zone): by the account's own authority, which `ca_tag` names; the pages name
    ///   no price. The service makes and keeps the key; there is no proof of control and no download.
    ///
    /// What can go wrong: the name of the certificate is taken, which for a name made from the journal key means that this very
    /// call was carried out before (`invalid_request`); a domain that the service doesn't take, an organization that isn't
    /// verified (`rejected`); an answer that is lost (`outcome_unknown`).
    func issue(_ request: IssueRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        try require(.issue)
        let name = try NCPName(request.contents.name, journalKey: context.journalKey)
        let product = try NCPProduct(request.product, zone: settings.zone)
        var ordered: Certificate?
        switch product {
        case .advanced(let type):
            let answer = try await api.send(NCP.AdvancedIssuance(request, type: type, name: name), context: context)
            ordered = NCP.AdvancedIssuanceAnswer(answer).paidCertificate.map { Certificate($0, provider: id) }
        case .cloudBasic:
            try await api.send(NCP.CloudBasicIssuance(request, name: name), context: context)
        case .privateCA(let type):
            let body = try NCP.PrivateIssuance(
                request, type: type, authority: settings.privateAuthority, name: name, now: clock.date()
            )
            try await api.send(body, context: context)
        }
        return await receipt(.issue, for: name, ordered, needsProof: !product.validationMethods.isEmpty, context)
    }

    /// Has the newest issued certificate of an order made anew, for the key of a new signing request, within the
    /// period that is paid for. The old certificate stays valid until it is revoked or ends. The control of the domains is proven anew.
    ///
    /// What can go wrong: the order has no issued certificate (`rejected`); the service refuses other names than before
    /// (`rejected`); an answer that is lost (`outcome_unknown`).
    func reissue(_ request: ReissueRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        try require(.reissue)
        let name = try NCPName(request.contents.name, journalKey: context.journalKey)
        var body = try NCP.Reissue(request, name: name)
        let order = try await order(NCPReference.order(request.orderID, toBe: "reissued"), context)
        guard let original = order.newest(.issued, where: \.isOriginal) ?? order.newest(.issued) else {
            throw CertificateError(
                .rejected, "Nothing was sent: order \(request.orderID) has no issued certificate to be made anew."
            )
        }
        body.certificateNo = original.number
        try await api.send(body, context: context)
        return await receipt(.reissue, for: name, nil, needsProof: true, context)
    }

    /// The receipt of a certificate that was ordered under a name. What the answer didn't tell is looked up; that a lookup
    /// fails takes nothing from what was ordered.
    private func receipt(
        _ operation: Capability, for name: NCPName, _ ordered: Certificate?, needsProof: Bool,
        _ context: OperationContext
    ) async -> Receipt {
        var certificate = ordered
        if certificate?.orderID == nil, let found = try? await search(named: name, context).certificate {
            certificate = found
        }
        var receipt = Receipt(operation, of: certificate, needsProof: needsProof, provider: id, context)
        if receipt.state == .issued, settings.api == .v2, let number = certificate?.number {
            let chain = try? await api.certificateChain(certificateNo: number, context: context).ordered()
            receipt.certificatesPEM = chain?.map(\.text) ?? []
        }
        return receipt
    }

    /// The certificate, or the newest issued one of the order, as PEM. The service has no PKCS #7.
    ///
    /// What can go wrong: nothing is issued yet (`not_found`).
    func download(
        _ request: DownloadRequest, context: OperationContext
    ) async throws(CertificateError) -> CertificateDownload {
        try require(.download)
        guard capabilities.downloadFormats.contains(request.format) else {
            throw .unsent("NAVER Cloud offers no \(request.format.rawValue).")
        }
        var number = try request.certificateID.map(NCPReference.number)
        if number == nil { number = try await order(request.orderID, context).newest(.issued)?.number }
        guard let number else {
            throw CertificateError(.notFound, "\(request.orderID) has no issued certificate yet.")
        }
        let chain = try await api.certificateChain(certificateNo: number, context: context)
        return CertificateDownload(try chain.ordered(), as: request.format)
    }

    /// What has to be published for the domains of the newest certificate of an order, and where each proof stands.
    func showDomainValidations(
        _ request: DomainValidationsRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] {
        try require(.domainValidation)
        let order = try await order(request.orderID, context)
        guard let certificate = order.newest() else { return [] }
        var validations: [DomainValidation] = []
        for domain in certificate.domains {
            var info: NCP.VerificationInfo?
            do throws(CertificateError) {
                info = try await api.verificationInfo(
                    certificateNo: certificate.number, domainAddress: domain, context: context
                )
            } catch  where error.code == .notFound {
                // The service has nothing to say about this one.
            }
            validations += DomainValidation.all(of: domain, info, orderID: order.orderID, provider: id)
        }
        return validations
    }

    /// Where the proofs stand now. The service looks for records by itself and can't be told to; this reads what it has found.
    func checkDomainValidations(
        _ request: DomainValidationsRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] {
        try await showDomainValidations(request, context: context)
    }
}
