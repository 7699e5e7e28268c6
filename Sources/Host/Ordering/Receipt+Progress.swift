internal import CertProtocol

/// How far a call has got, by what the certificate authority shows.
extension Receipt {
    /// What an order says of a call.
    enum Progress: Sendable {
        /// This is the receipt now.
        case receipt(Receipt)
        /// The order has ended without a certificate.
        case ended(CertificateStatus)
    }

    /// Whether a certificate comes of the call.
    var issues: Bool {
        switch operation {
        case .issue, .renew, .reissue, .duplicate: true
        default: false
        }
    }

    /// Whether what comes of it is a further certificate of an order that has one.
    var isMadeAnew: Bool { operation == .reissue || operation == .duplicate }

    /// The call's progress.
    ///
    /// - Parameters:
    ///   - order: what the certificate authority shows.
    ///   - isResult: whether it is what came of the call, rather than the order that the call is about.
    /// - Returns: the progress.
    func progress(_ order: Order, isResult: Bool) -> Progress {
        var receipt = self
        receipt.orderID = orderID ?? order.orderID
        let named = order.certificates.first { $0.certificateID != nil && $0.certificateID == certificateID }
        // Of an order that the call has made, the only certificate is the call's; of one that has others, nobody knows.
        if [.issue, .renew, .import].contains(operation), order.certificates.count == 1 {
            receipt.certificateID = certificateID ?? order.certificates[0].certificateID
        }
        guard issues else {
            receipt.state = isDone(order, named, isResult) ? .done : .pending
            if receipt.state == .done { receipt.awaiting = [] }
            return .receipt(receipt)
        }
        switch isMadeAnew ? named?.status ?? order.status : order.status {
        case .issued,
            .reissuePending where !isMadeAnew:
            receipt.state = .issued
            receipt.awaiting = []
        case .pendingApproval:
            receipt.state = .pending
            receipt.awaiting = [.approval]
        case .rejected, .canceled, .failed, .deleted, .revoked, .expired: return .ended(order.status)
        default:
            receipt.state = .pending
            receipt.awaiting.removeAll { $0 == .approval }
        }
        return .receipt(receipt)
    }

    /// Whether a call that issues nothing has had its effect.
    private func isDone(_ order: Order, _ certificate: Certificate?, _ isResult: Bool) -> Bool {
        switch operation {
        case .revoke:
            // Until someone approves it, a request to revoke is there and has revoked nothing.
            if order.status == .revoked { return true }
            guard certificateID != nil else { return false }
            return certificate.map { $0.status == .revoked } ?? (isResult && order.status != .revocationPending)
        case .cancel: return isResult || order.status == .canceled
        case .delete: return isResult || order.status == .deleted
        default: return isResult
        }
    }
}
