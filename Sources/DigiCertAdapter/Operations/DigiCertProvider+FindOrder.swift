internal import CertProtocol
internal import FoundationEssentials

/// What became of a call whose answer was lost.
extension DigiCertProvider {
    /// How far DigiCert's clock may be behind this one: what it dates so much before a call can still have come of it.
    private static let clockMargin = 600.0

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
            let found = try await carriedOut(request, info, context)
            return switch found {
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
        let orders = list.rows.compactMap { DigiCert.AlternateOrder($0) }
        guard orders.count == list.rows.count else { return .cannotTell }
        guard let first = orders.map(\.orderID).min() else { return .notFound }
        let (info, raw) = try await api.orderInfo(String(first), context: context)
        return .found(Order(info, raw: raw, provider: providerID))
    }

    /// Whether it happened; `nil` where that isn't certain.
    private func carriedOut(
        _ request: FindOrderRequest, _ info: DigiCert.OrderInfo, _ context: OperationContext
    ) async throws(CertificateError) -> Bool? {
        switch request.operation {
        case .revoke: try await isRevoked(request, info, context)
        case .cancel: isCanceled(info)
        default: try await isCopied(request, info, context)
        }
    }

    /// The same request can have been used before, for the first certificate too, so only what was asked for since counts.
    private func isCopied(
        _ request: FindOrderRequest, _ info: DigiCert.OrderInfo, _ context: OperationContext
    ) async throws(CertificateError) -> Bool? {
        guard let list = CopyList(of: request.operation), let contents = request.contents else { return nil }
        let wanted = SigningRequestText(contents.signingRequest)
        var isCertain = true
        for item in try await list.items(of: String(info.id), at: api, context) {
            guard let csr = item.csr, let created = item.dateCreated else {
                isCertain = false
                continue
            }
            if SigningRequestText(csr) == wanted, isSince(created, request) { return true }
        }
        // One that waits for an approval needn't stand in the list.
        let asked = info.requests.contains { $0.type == list.requestType && isSince($0.date, request) }
        return isCertain && !asked ? false : nil
    }

    private func isRevoked(
        _ request: FindOrderRequest, _ info: DigiCert.OrderInfo, _ context: OperationContext
    ) async throws(CertificateError) -> Bool? {
        if info.status == "revoked" { return true }
        // A request tells of the order, but not of which certificate. One that skipped the approval leaves none.
        let asked = info.requests.contains {
            $0.type == "revoke" && $0.status != "rejected" && isSince($0.date, request)
        }
        guard let certificate = request.certificateID else { return asked }
        if info.certificate?.id.map({ String($0) }) == certificate {
            return info.certificate?.status == "revoked" ? true : asked ? nil : false
        }
        for list in [CopyList.reissues, .duplicates] {
            let items = try await list.items(of: String(info.id), at: api, context)
            if let item = items.first(where: { String($0.id) == certificate }) {
                return item.status == "revoked" ? true : asked ? nil : false
            }
        }
        return nil
    }

    /// An order that is issued may have had a reissue cancelled, or made meanwhile.
    private func isCanceled(_ info: DigiCert.OrderInfo) -> Bool? {
        switch info.status {
        case "canceled": true
        case "pending", "processing", "waiting_pickup", "reissue_pending", "needs_approval", "needs_csr": false
        default: nil
        }
    }

    private func isSince(_ date: CertificateDate?, _ request: FindOrderRequest) -> Bool {
        guard let date else { return true }
        return date.startInUTC >= request.sentAt.addingTimeInterval(-Self.clockMargin)
    }
}
