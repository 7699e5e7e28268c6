internal import CertProtocol

extension Receipt {
    /// The receipt of an order, a renewal, a reissue or a duplicate.
    ///
    /// - Parameters:
    ///   - order: the answer.
    ///   - operation: the operation.
    ///   - provider: the id of the provider.
    ///   - key: the key of the journal entry.
    init(_ order: DigiCert.PlacedOrder, _ operation: Capability, provider: String, key: String?) {
        self.init(provider: provider, operation: operation, state: .pending)
        journalKey = key
        orderID = String(order.id)
        certificateID = order.certificateID.map { String($0) }
        awaiting = order.awaiting
        // What can't be read of a chain can still be downloaded; the order stands.
        let chain = PEMCertificate.all(in: order.certificateChain.map(\.pem).joined(separator: "\n"))?.chain() ?? []
        if !chain.isEmpty { complete(with: chain) }
    }

    /// What has been done to an order.
    init(
        done operation: Capability, orderID: String?, certificateID: String? = nil, provider: String, key: String?
    ) {
        self.init(provider: provider, operation: operation, state: .done)
        journalKey = key
        self.orderID = orderID
        self.certificateID = certificateID
    }

    /// Notes the certificate of an order.
    ///
    /// - Returns: whether it is issued.
    mutating func note(_ info: DigiCert.OrderInfo) -> Bool {
        certificateID = certificateID ?? info.certificate?.id.map { String($0) }
        return CertificateStatus(digiCert: info.status) == .issued
    }

    /// Notes the reissue or the duplicate that was asked for, where its list has it.
    ///
    /// - Returns: whether it is issued.
    mutating func note(_ copy: DigiCert.DuplicateCertificate?) -> Bool {
        certificateID = certificateID ?? copy.map { String($0.id) }
        return copy?.serialNumber != nil
    }

    /// Notes the certificate, leaf first.
    mutating func complete(with chain: [PEMCertificate]) {
        state = .issued
        awaiting = []
        certificatesPEM = chain.map(\.text)
    }
}

extension DigiCert.PlacedOrder {
    /// What the order waits for, as far as the answer tells.
    fileprivate var awaiting: [Receipt.Awaited] {
        var awaited: [Receipt.Awaited] = []
        if requests.contains(where: \.isPending) { awaited.append(.approval) }
        if dcvRandomValue != nil || domains.contains(where: { $0.dcvToken.isPending }) {
            awaited.append(.domainValidation)
        } else if !domains.isEmpty, certificateChain.isEmpty {
            awaited.append(.organizationValidation)
        }
        return awaited
    }
}

extension DigiCert.OrderInfo {
    /// What the order waits for, as far as order info tells.
    var awaiting: [Receipt.Awaited] {
        switch base.status {
        case "needs_approval": [.approval]
        case "needs_csr": [.request]
        default: requests.contains { $0.isPending && $0.type != "revoke" } ? [.approval] : []
        }
    }
}

extension DigiCert.RequestInfo {
    /// Whether it waits for a person.
    var isPending: Bool { status == "pending" || status == "submitted" }
}

extension DigiCert.DCVToken? {
    /// Whether what it says was not found yet.
    var isPending: Bool { self?.status == "pending" }
}
