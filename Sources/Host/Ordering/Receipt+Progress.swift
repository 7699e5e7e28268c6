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
        let certificate =
            order.certificates.first { $0.certificateID != nil && $0.certificateID == certificateID }
            ?? (order.certificates.count == 1 ? order.certificates[0] : nil)
        if operation != .revoke, isResult || issues {
            receipt.certificateID = certificateID ?? certificate?.certificateID
        }
        guard issues else {
            receipt.state = isDone(order, certificate, isResult) ? .done : .pending
            if receipt.state == .done { receipt.awaiting = [] }
            return .receipt(receipt)
        }
        switch isMadeAnew ? certificate?.status ?? order.status : order.status {
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
            let status = certificateID == nil ? order.status : certificate?.status ?? order.status
            return status == .revoked || order.status == .revoked
        case .cancel: return isResult || order.status == .canceled
        case .delete: return isResult || order.status == .deleted
        default: return isResult
        }
    }
}
