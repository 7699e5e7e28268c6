internal import CertProtocol
internal import FoundationEssentials

// What the service's lists and orders tell about a call whose answer was lost. Each says `cannotTell` where it isn't certain.

extension FoundOrder {
    /// Signatures are refused from five minutes on, so that no clock is further off.
    private static let clockTolerance = 300.0
    private static let day = 86_400.0

    /// A certificate that would have the name that was sent.
    ///
    /// - Parameters:
    ///   - certificate: the certificate of that name; `nil` for none.
    ///   - isWhole: whether all lists were read to their ends and every row could be read.
    ///   - isMadeName: whether the name was made from the journal key, so that nothing else has it.
    ///   - sentAt: when the call was sent.
    /// - Returns: the certificate as an order; `cannotTell` where another one may have had the name before.
    static func named(_ certificate: Certificate?, isWhole: Bool, isMadeName: Bool, sentAt: Date) -> FoundOrder {
        guard let certificate else { return isWhole ? .notFound : .cannotTell }
        let order = Order(of: certificate)
        if isMadeName { return .found(order) }
        // Where another one had the name before, the service has refused the call, or changed that one now.
        let dates = [certificate.createdAt, certificate.updatedAt].compactMap { $0?.startInUTC }
        guard let latest = dates.max() else { return .cannotTell }
        if latest >= sentAt.addingTimeInterval(-clockTolerance) { return .found(order) }
        return latest < sentAt.addingTimeInterval(-day) ? .notFound : .cannotTell
    }

    /// An order that was to be extended or revoked, by its state now.
    init(_ request: FindOrderRequest, from wire: NCP.Order, provider: String) {
        let order = Order(wire, provider: provider)
        self =
            request.operation == .revoke
            ? .revoked(order, certificateID: request.certificateID) : .extended(wire, order, request)
    }

    /// An order whose paid period was to be extended. What it was before decides; without that, only an order that has no more
    /// years than were to be added tells that none were.
    private static func extended(_ wire: NCP.Order, _ order: Order, _ request: FindOrderRequest) -> FoundOrder {
        let end = order.validUntil?.startInUTC
        guard case .years(let added) = request.period else { return .cannotTell }
        if let before = request.paidUntil, let end {
            if abs(end.timeIntervalSince(before)) < day { return .notFound }
            let expected = before.addingTimeInterval(Double(added) * 365.25 * day)
            return abs(end.timeIntervalSince(expected)) < 3 * day ? .found(order) : .cannotTell
        }
        let start = NCPText.date(wire.subscriptionStartDt)?.startInUTC
        let span = start.flatMap { start in end.map { $0.timeIntervalSince(start) / (365.25 * day) } }
        guard let years = wire.subscriptionYears, let span, span < Double(added) + 0.5 else { return .cannotTell }
        return years <= Int64(added) ? .notFound : .cannotTell
    }

    /// An order of which one certificate was to be revoked, or all.
    private static func revoked(_ order: Order, certificateID: String?) -> FoundOrder {
        let targets = order.certificates(certificateID)
        guard order.problems.isEmpty, !targets.isEmpty else { return .cannotTell }
        let revoked = targets.filter { [.revoked, .revocationPending].contains($0.status) }
        if revoked.isEmpty { return .notFound }
        return targets.contains { $0.status == .issued } ? .cannotTell : .found(order)
    }

    /// A certificate that was to be deleted.
    static func deleted(_ certificate: Certificate?, isWhole: Bool, id: String, provider: String) -> FoundOrder {
        if let certificate, certificate.status != .deleted { return .notFound }
        guard certificate != nil || isWhole else { return .cannotTell }
        var gone =
            certificate
            ?? Certificate(
                provider: provider, status: .deleted, providerStatus: nil, raw: JSONValue(.null)
            )
        gone.certificateID = id
        return .found(Order(of: gone))
    }
}
