public import CertProtocol

/// Mutating calls that end something or keep it up. They throw what ``issue(_:provider:options:context:)`` and its kin do.
extension CertificateHost {
    /// Revokes one certificate, or all of an order, as the scope says (`revoke`). Final.
    ///
    /// - Parameters:
    ///   - request: the order, the scope and the reason. A reason or a scope that the provider doesn't offer is
    ///     `invalid_request`, without traffic, and never replaced by another; so is the certificate's key where the provider
    ///     takes none. The key goes to the provider's signer and nowhere else.
    ///   - holder: the provider that holds the order.
    ///   - options: the key.
    ///   - context: deadline, metadata, principal.
    /// - Returns: the receipt: `done`, or `pending` until someone approves.
    /// - Throws: what every mutating call throws, as described above.
    public func revoke(
        _ request: RevokeRequest, at holder: String, options: OrderingOptions = OrderingOptions(),
        context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> Receipt {
        try await perform(OrderingCall(.revoke(request), holder: holder), options, context).receipt
    }

    /// Cancels a pending order (`cancel`).
    ///
    /// - Parameters:
    ///   - request: the order.
    ///   - holder: the provider that holds it.
    ///   - options: the key.
    ///   - context: deadline, metadata, principal.
    /// - Returns: the receipt.
    /// - Throws: what every mutating call throws, as described above.
    public func cancel(
        _ request: CancelRequest, at holder: String, options: OrderingOptions = OrderingOptions(),
        context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> Receipt {
        try await perform(OrderingCall(.cancel(request), holder: holder), options, context).receipt
    }

    /// Deletes a certificate from the account (`delete`).
    ///
    /// - Parameters:
    ///   - request: the certificate.
    ///   - holder: the provider that holds it.
    ///   - options: the key.
    ///   - context: deadline, metadata, principal.
    /// - Returns: the receipt.
    /// - Throws: what every mutating call throws, as described above.
    public func deleteCertificate(
        _ request: DeleteCertificateRequest, at holder: String, options: OrderingOptions = OrderingOptions(),
        context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> Receipt {
        try await perform(OrderingCall(.delete(request), holder: holder), options, context).receipt
    }

    /// Registers a certificate that another authority issued (`import`). The private key goes to the provider and nowhere else.
    ///
    /// - Parameters:
    ///   - request: the certificate and its key.
    ///   - provider: where.
    ///   - options: the key of the journal.
    ///   - context: deadline, metadata, principal.
    /// - Returns: the receipt.
    /// - Throws: what every mutating call throws, as described above.
    public func importCertificate(
        _ request: ImportCertificateRequest, at provider: String, options: OrderingOptions = OrderingOptions(),
        context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> Receipt {
        var call = OrderingCall(.import(JournaledImport(request)), holder: provider)
        call.privateKey = request.privateKey
        return try await perform(call, options, context).receipt
    }

    /// Switches the automatic renewal of a certificate on or off (`auto-renewal`).
    ///
    /// - Parameters:
    ///   - request: the certificate, and which way.
    ///   - holder: the provider that holds it.
    ///   - options: the key.
    ///   - context: deadline, metadata, principal.
    /// - Returns: the receipt.
    /// - Throws: what every mutating call throws, as described above.
    public func setAutoRenewal(
        _ request: SetAutoRenewalRequest, at holder: String, options: OrderingOptions = OrderingOptions(),
        context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> Receipt {
        try await perform(OrderingCall(.autoRenewal(request), holder: holder), options, context).receipt
    }

    /// Chooses another way to prove the control of an order's domains (`domain-validation-change`).
    ///
    /// - Parameters:
    ///   - request: the order and the method.
    ///   - holder: the provider that holds the order.
    ///   - options: the key.
    ///   - context: deadline, metadata, principal.
    /// - Returns: the receipt, and what has to be published now; read anew where the call was answered from the journal.
    /// - Throws: what every mutating call throws, as described above.
    public func setDomainValidationMethod(
        _ request: SetDomainValidationMethodRequest, at holder: String, options: OrderingOptions = OrderingOptions(),
        context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> (receipt: Receipt, validations: [DomainValidation]) {
        let answer = try await perform(OrderingCall(.domainValidationChange(request), holder: holder), options, context)
        if let validations = answer.validations { return (answer.receipt, validations) }
        guard try provider(holder).capabilities.operations.contains(.domainValidation) else {
            return (answer.receipt, [])
        }
        return (answer.receipt, try await domainValidations(of: request.orderID, at: holder, context: context))
    }

    /// Approves or rejects a request that waits for a person (`approvals`). An approval may cost money.
    ///
    /// - Parameters:
    ///   - request: the request and the decision.
    ///   - holder: the provider that holds it.
    ///   - options: the key.
    ///   - context: deadline, metadata, principal.
    /// - Returns: the receipt.
    /// - Throws: what every mutating call throws, as described above.
    public func decideApproval(
        _ request: DecideApprovalRequest, at holder: String, options: OrderingOptions = OrderingOptions(),
        context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> Receipt {
        try await perform(OrderingCall(.approval(request), holder: holder), options, context).receipt
    }
}
