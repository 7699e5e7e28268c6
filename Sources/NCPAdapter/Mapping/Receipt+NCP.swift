internal import CertProtocol

extension Receipt {
    /// What an order for a certificate has led to.
    ///
    /// - Parameters:
    ///   - operation: the operation.
    ///   - certificate: the certificate that came of it, as far as it is known.
    ///   - needsProof: whether a pending one waits for the control of its domains to be proven.
    ///   - provider: the id of the provider.
    ///   - context: of the operation.
    init(
        _ operation: Capability, of certificate: Certificate?, needsProof: Bool, provider: String,
        _ context: OperationContext
    ) {
        self.init(provider: provider, operation: operation, state: certificate?.status == .issued ? .issued : .pending)
        journalKey = context.journalKey
        orderID = certificate.map(NCPReference.id)
        certificateID = certificate?.certificateID
        let mayWait = certificate.map { $0.status == .pending } ?? true
        if needsProof, mayWait { awaiting = [.domainValidation] }
    }

    /// What has been done to an order or a certificate.
    init(
        done operation: Capability, orderID: String? = nil, certificateID: String? = nil, provider: String,
        _ context: OperationContext
    ) {
        self.init(provider: provider, operation: operation, state: .done)
        self.orderID = orderID
        self.certificateID = certificateID
        journalKey = context.journalKey
    }
}
