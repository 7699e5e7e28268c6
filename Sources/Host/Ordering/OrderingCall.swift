internal import CertProtocol

/// One mutating call: what is asked for, where, and how a provider is asked for it.
struct OrderingCall: Sendable {
    /// What a provider answered.
    struct Answer: Sendable {
        var receipt: Receipt
        /// What has to be published, where the call was about that.
        var validations: [DomainValidation]?
    }

    /// What is asked for.
    let request: JournaledRequest
    /// The provider that the call names.
    let provider: String?
    /// The provider that holds what the call is about.
    let holder: String?
    /// The key of an import, or that revokes its certificate; it is never written down.
    var privateKey: Secret?

    /// A call that goes to the provider named, or where the routes say.
    init(_ request: JournaledRequest, provider: String?) {
        self.request = request
        self.provider = provider
        holder = nil
    }

    /// A call about something that a provider holds.
    init(_ request: JournaledRequest, holder: String) {
        if case .revoke(var revocation) = request {
            privateKey = revocation.certificateKey
            revocation.certificateKey = nil
            self.request = .revoke(revocation)
        } else {
            self.request = request
        }
        self.holder = holder
        provider = nil
    }

    /// The provider that the call insists on.
    var named: String? { holder ?? provider }

    /// What the router is asked.
    func routing(_ options: OrderingOptions) -> RoutingRequest {
        RoutingRequest(
            domains: request.names, validation: options.validation, product: request.product, provider: provider,
            orderHolder: holder, capability: request.operation
        )
    }

    /// Makes the call.
    func send(
        _ target: RouteTarget, to provider: any CertificateProvider, context: OperationContext
    ) async throws(CertificateError) -> Answer {
        let receipt: Receipt
        switch request.ordering(product: target.product) {
        case .issue(let request): receipt = try await provider.issue(request, context: context)
        case .renew(let request): receipt = try await provider.renew(request, context: context)
        case .reissue(let request): receipt = try await provider.reissue(request, context: context)
        case .duplicate(let request): receipt = try await provider.duplicate(request, context: context)
        case .extend(let request): receipt = try await provider.extend(request, context: context)
        case .revoke(var request):
            request.certificateKey = privateKey
            receipt = try await provider.revoke(request, context: context)
        case .cancel(let request): receipt = try await provider.cancel(request, context: context)
        case .delete(let request): receipt = try await provider.deleteCertificate(request, context: context)
        case .import(let request):
            receipt = try await provider.importCertificate(try with(request), context: context)
        case .autoRenewal(let request): receipt = try await provider.setAutoRenewal(request, context: context)
        case .domainValidationChange(let request):
            let validations = try await provider.setDomainValidationMethod(request, context: context)
            return Answer(
                receipt: Receipt(provider: target.provider, operation: .domainValidationChange, state: .done),
                validations: validations
            )
        case .approval(let request): receipt = try await provider.decideApproval(request, context: context)
        }
        return Answer(receipt: receipt)
    }

    private func with(_ request: JournaledImport) throws(CertificateError) -> ImportCertificateRequest {
        guard let privateKey else {
            throw CertificateError(.invalidRequest, "An import needs the private key of the certificate.")
        }
        var whole = ImportCertificateRequest(
            name: request.name, certificatePEM: request.certificatePEM, privateKey: privateKey,
            chainPEM: request.chainPEM
        )
        whole.certificateID = request.certificateID
        return whole
    }
}

extension JournalEntry {
    /// What a lookup is told.
    var lookup: FindOrderRequest {
        var lookup = FindOrderRequest(
            operation: operation, journalKey: key, sentAt: attempts.last?.startedAt ?? createdAt
        )
        lookup.orderID = request.orderID
        lookup.certificateID = request.certificateID
        lookup.contents = request.contents
        switch request {
        case .import(let request): lookup.certificateName = request.name
        case .delete(let request): lookup.certificateName = request.name
        case .extend(let request):
            lookup.period = request.period
            lookup.paidUntil = attempts.last?.paidUntil
        case .autoRenewal(let request): lookup.isAutoRenewed = request.isOn
        case .domainValidationChange(let request): lookup.validationMethod = request.method
        case .approval(let request):
            lookup.requestID = request.requestID
            lookup.isApproved = request.isApproved
        default: break
        }
        return lookup
    }

    /// The receipt that the call would have had, from the order that a lookup has found.
    func receipt(for order: Order) -> Receipt {
        var receipt = Receipt(provider: provider, operation: operation, state: .pending)
        receipt.journalKey = key
        receipt.orderID = order.orderID
        receipt.certificateID = request.certificateID
        // Whether a further certificate of the order is there, only following it can tell.
        guard !receipt.isMadeAnew else { return receipt }
        // An order that has ended without a certificate was placed all the same; following it tells the end.
        if case .receipt(let now) = receipt.progress(order, isResult: true) { return now }
        return receipt
    }
}
