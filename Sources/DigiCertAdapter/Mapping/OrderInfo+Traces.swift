internal import CertProtocol
internal import FoundationEssentials

/// The traces that a call leaves at its order: whether it was carried out, and `nil` where that isn't certain.
extension DigiCert.OrderInfo {
    /// Whether a call within the order was carried out.
    ///
    /// - Parameters:
    ///   - request: the call.
    ///   - copies: what stands in the lists that tell of it (``CopyList/lists(tellingOf:)``).
    /// - Returns: whether it happened; `nil` where that isn't certain.
    func isCarriedOut(_ request: FindOrderRequest, copies: [DigiCert.DuplicateCertificate]) -> Bool? {
        switch request.operation {
        case .revoke: isRevoked(by: request, copies: copies)
        case .cancel: isCanceled
        default: isCopied(by: request, copies: copies)
        }
    }

    /// Whether a reissue or a duplicate was made or asked for.
    ///
    /// The same request can have been used before, for the first certificate too, so only what was asked for since the call
    /// counts.
    private func isCopied(by request: FindOrderRequest, copies: [DigiCert.DuplicateCertificate]) -> Bool? {
        guard let list = CopyList(of: request.operation), let contents = request.contents else { return nil }
        let wanted = SigningRequestText(contents.signingRequest)
        var answers: [Bool?] = copies.map { copy in
            guard let csr = copy.csr else { return nil }
            return SigningRequestText(csr) == wanted ? request.precedes(copy.dateCreated) : false
        }
        // One that waits for an approval needn't stand in the list.
        let asked = requests.contains { $0.type == list.requestType && request.precedes($0.date) != false }
        if asked { answers.append(nil) }
        return answers.contains(true) ? true : answers.contains(nil) ? nil : false
    }

    /// Whether a revocation was made or asked for. One that skipped the approval leaves no request, and a request doesn't say
    /// which certificate of the order it is about.
    private func isRevoked(by request: FindOrderRequest, copies: [DigiCert.DuplicateCertificate]) -> Bool? {
        if base.status == "revoked" { return true }
        let asked = requests.contains {
            $0.type == "revoke" && $0.status != "rejected" && request.precedes($0.date) != false
        }
        guard let certificate = request.certificateID else { return asked }
        var status: String?
        if base.certificate?.id.map({ String($0) }) == certificate {
            status = base.certificate?.status ?? "issued"
        } else {
            status = copies.first { String($0.id) == certificate }?.status
        }
        return status == "revoked" ? true : asked || status == nil ? nil : false
    }

    /// Whether it was cancelled. An order that is issued may have had a reissue cancelled, or made meanwhile.
    private var isCanceled: Bool? {
        switch base.status {
        case "canceled": true
        case "pending", "processing", "waiting_pickup", "reissue_pending", "needs_approval", "needs_csr": false
        default: nil
        }
    }
}

extension FoundOrder {
    /// What became of a call within an order, where that is certain.
    init(_ order: Order, isCarriedOut: Bool?) {
        self =
            switch isCarriedOut {
            case true?: .found(order)
            case false?: .notFound
            case nil: .cannotTell
            }
    }
}

extension FindOrderRequest {
    /// How far DigiCert's clock may be behind this one: what it dates a minute before the call can have come of it, what it
    /// dates ten minutes before can't, and between these nobody knows.
    private static let likelySkew = 60.0
    private static let possibleSkew = 600.0

    /// Whether the call was sent before something of that date was made; `nil` where that isn't certain.
    fileprivate func precedes(_ date: CertificateDate?) -> Bool? {
        guard let age = date.map({ sentAt.timeIntervalSince($0.startInUTC) }) else { return nil }
        return age <= Self.likelySkew ? true : age <= Self.possibleSkew ? nil : false
    }
}
