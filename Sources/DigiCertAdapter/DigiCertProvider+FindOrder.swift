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
            let (info, raw) = try await api.orderInfo(DigiCertIdentifier.order(id), context: context)
            let order = String(info.id)
            var copies: [DigiCert.DuplicateCertificate] = []
            for list in CopyList.lists(tellingOf: request) {
                copies += try await api.list(list, of: order, context: context).all(of: order)
            }
            let isCarriedOut = info.isCarriedOut(request, copies: copies)
            return FoundOrder(Order(info, raw: raw, provider: providerID), isCarriedOut: isCarriedOut)
        default: return .cannotTell
        }
    }

    /// The id isn't unique for DigiCert. Should there be several orders of one, the first is the one that was asked for.
    private func orderPlaced(
        as key: String, _ context: OperationContext
    ) async throws(CertificateError) -> FoundOrder {
        let list = try await api.listOrders(alternativeID: key, context: context)
        let orders = list.readable
        guard orders.count == list.rows.count else { return .cannotTell }
        guard let first = orders.map(\.orderID).min() else { return .notFound }
        let (info, raw) = try await api.orderInfo(String(first), context: context)
        return .found(Order(info, raw: raw, provider: providerID))
    }
}
