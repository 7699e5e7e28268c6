public import CertProtocol

/// Mutating calls: each is written to the journal before it is sent, and never sent twice.
///
/// They throw what the provider throws, and besides:
/// - `invalid_configuration` where the host has no journal, or it can't be written: nothing was sent;
/// - `invalid_request` where something is wrong without asking anyone, or the key belongs to another request: nothing was sent;
/// - `rejected` where the journal has an order of the last 24 hours, made without a key, that may be the same: nothing was sent;
/// - `outcome_unknown` where the call may have been carried out: look it up with ``reconcile(_:context:)``, never send it again;
/// - `verification_failed` where what was issued isn't what was asked for: the error carries it.
///
/// The error's `journalKey` is the key of the entry. Once an order was accepted, its id is in the receipt or in the error's.
extension CertificateHost {
    /// Orders a new certificate (`issue`). Costs money.
    ///
    /// - Parameters:
    ///   - request: what is ordered.
    ///   - provider: where; `nil` to have the routes decide. The next target of a route is tried only where it is proven that
    ///     nothing was ordered, and another certificate authority may help.
    ///   - options: the key, and whether a possible duplicate is ordered.
    ///   - context: deadline, metadata, principal.
    /// - Returns: the receipt, whose certificates have been verified.
    /// - Throws: what every mutating call throws, as described above.
    public func issue(
        _ request: IssueRequest, provider: String? = nil, options: OrderingOptions = OrderingOptions(),
        context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> Receipt {
        try await perform(OrderingCall(.issue(request), provider: provider), options, context).receipt
    }

    /// Orders the successor of a certificate (`renew`). Costs money.
    ///
    /// - Parameters:
    ///   - request: the order that is renewed, and what is ordered.
    ///   - holder: the provider that holds the order.
    ///   - options: the key, and whether a possible duplicate is ordered.
    ///   - context: deadline, metadata, principal.
    /// - Returns: the receipt, whose certificates have been verified.
    /// - Throws: what every mutating call throws, as described above.
    public func renew(
        _ request: RenewRequest, at holder: String, options: OrderingOptions = OrderingOptions(),
        context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> Receipt {
        try await perform(OrderingCall(.renew(request), holder: holder), options, context).receipt
    }

    /// Has the certificate of a paid order made anew (`reissue`).
    ///
    /// - Parameters:
    ///   - request: the order, and what the new certificate is to contain.
    ///   - holder: the provider that holds the order.
    ///   - options: the key, and whether a possible duplicate is ordered.
    ///   - context: deadline, metadata, principal.
    /// - Returns: the receipt, whose certificates have been verified.
    /// - Throws: what every mutating call throws, as described above.
    public func reissue(
        _ request: ReissueRequest, at holder: String, options: OrderingOptions = OrderingOptions(),
        context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> Receipt {
        try await perform(OrderingCall(.reissue(request), holder: holder), options, context).receipt
    }

    /// Has a further certificate made within a paid order (`duplicate`).
    ///
    /// - Parameters:
    ///   - request: the order, and what the further certificate is to contain.
    ///   - holder: the provider that holds the order.
    ///   - options: the key, and whether a possible duplicate is ordered.
    ///   - context: deadline, metadata, principal.
    /// - Returns: the receipt, whose certificates have been verified.
    /// - Throws: what every mutating call throws, as described above.
    public func duplicate(
        _ request: DuplicateRequest, at holder: String, options: OrderingOptions = OrderingOptions(),
        context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> Receipt {
        try await perform(OrderingCall(.duplicate(request), holder: holder), options, context).receipt
    }

    /// Extends the paid period of an order (`extend`). Costs money.
    ///
    /// - Parameters:
    ///   - request: the order, and by how much.
    ///   - holder: the provider that holds the order.
    ///   - options: the key, and whether a possible duplicate is ordered.
    ///   - context: deadline, metadata, principal.
    /// - Returns: the receipt.
    /// - Throws: what every mutating call throws, as described above.
    public func extend(
        _ request: ExtendRequest, at holder: String, options: OrderingOptions = OrderingOptions(),
        context: OperationContext = OperationContext()
    ) async throws(CertificateError) -> Receipt {
        try await perform(OrderingCall(.extend(request), holder: holder), options, context).receipt
    }
}
