internal import CertProtocol

/// What became of a call whose answer was lost.
extension DigiCertProvider {
    /// Looks up what came of a call: new orders and renewals by their alternative id, reissues and duplicates by their request
    /// in the order's lists, revocations and cancellations by the order's state. Of every other call nothing is told.
    func findOrder(
        _ request: FindOrderRequest, context: OperationContext
    ) async throws(CertificateError) -> FoundOrder {
        switch request.operation {
        case .issue, .renew: return try await orderPlaced(as: request.journalKey, context)
        case .reissue, .duplicate, .revoke, .cancel:
            guard let id = request.orderID else { return .cannotTell }
            let order = try DigiCertIdentifier.order(id)
            let (info, raw) = try await api.orderInfo(order, context: context)
            return switch try await isCarriedOut(request, info, context) {
            case true?: .found(Order(info, raw: raw, provider: providerID))
            case false?: .notFound
            case nil: .cannotTell
            }
        default: return .cannotTell
        }
    }

    /// The id isn't unique for DigiCert. Should there be several orders of one, the first is the one that was asked for.
    private func orderPlaced(
        as key: String, _ context: OperationContext
    ) async throws(CertificateError) -> FoundOrder {
        let list = try await api.listOrders(alternativeID: key, context: context)
        let orders = list.rows.compactMap { DigiCert.StatusChange($0) }
        guard orders.count == list.rows.count else { return .cannotTell }
        guard let first = orders.map(\.orderID).min() else { return .notFound }
        let (info, raw) = try await api.orderInfo(String(first), context: context)
        return .found(Order(info, raw: raw, provider: providerID))
    }

    /// Whether it happened; `nil` where that isn't certain.
    private func isCarriedOut(
        _ request: FindOrderRequest, _ info: DigiCert.OrderInfo, _ context: OperationContext
    ) async throws(CertificateError) -> Bool? {
        let lists: [CopyList] =
            switch request.operation {
            case .revoke where request.certificateID != nil: [.reissues, .duplicates]
            default: [CopyList(of: request.operation)].compactMap(\.self)
            }
        var copies: [DigiCert.DuplicateCertificate] = []
        for list in lists { copies += try await list.items(of: String(info.id), at: api, context) }
        return switch request.operation {
        case .revoke: info.isRevoked(by: request, copies: copies)
        case .cancel: info.isCanceled
        default: info.isCopied(by: request, copies: copies)
        }
    }
}
