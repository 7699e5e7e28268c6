internal import CertProtocol
internal import FoundationEssentials

/// One pending call that is looked at until it has ended.
struct Follower: Sendable {
    /// Why a look was not the last.
    enum Look: Sendable {
        case pending
        case trouble(CertificateError)

        var retryAfter: Duration? {
            if case .trouble(let error) = self { error.retryAfter } else { nil }
        }
    }

    let host: CertificateHost
    private(set) var receipt: Receipt
    let entry: JournalEntry?
    let context: OperationContext
    private var unseen = 0

    init(host: CertificateHost, receipt: Receipt, entry: JournalEntry?, context: OperationContext) {
        self.host = host
        self.receipt = receipt
        self.entry = entry
        self.context = context
    }

    /// How often in a row an order may not be there: a certificate authority may show a new one late.
    private static let unseenLimit = 5

    /// Looks once.
    ///
    /// - Returns: why the call hasn't ended; `nil` where it has.
    mutating func look() async throws(CertificateError) -> Look? {
        do throws(CertificateError) {
            if try await isOver() { return nil }
            unseen = 0
            return .pending
        } catch {
            switch error.code {
            case .unavailable, .rateLimited, .timeout: return .trouble(error)
            case .notFound where unseen < Self.unseenLimit:
                unseen += 1
                return .trouble(error)
            case .verificationFailed where isMadeAnew && receipt.certificateID == nil:
                // Until the new certificate is there, a certificate authority shows the order's earlier one.
                receipt.state = .pending
                receipt.certificatesPEM = []
                return .trouble(error)
            default: throw error
            }
        }
    }

    /// Whether it is a further certificate of an order that has one.
    private var isMadeAnew: Bool { receipt.operation == .reissue || receipt.operation == .duplicate }

    private var issues: Bool {
        switch receipt.operation {
        case .issue, .renew, .reissue, .duplicate: true
        default: false
        }
    }

    private mutating func isOver() async throws(CertificateError) -> Bool {
        if receipt.state == .pending { try await update() }
        switch receipt.state {
        case .pending: return false
        case .issued:
            try await fetch()
            return receipt.state == .issued
        case .done: return true
        @unknown default: return true
        }
    }

    /// Brings the receipt up to what the certificate authority shows.
    private mutating func update() async throws(CertificateError) {
        guard let order = try await order() else { return }
        let certificate =
            order.certificates.first { $0.certificateID != nil && $0.certificateID == receipt.certificateID }
            ?? (order.certificates.count == 1 ? order.certificates.first : nil)
        let status = isMadeAnew ? certificate?.status ?? order.status : order.status
        receipt.orderID = receipt.orderID ?? order.orderID
        switch status {
        case .issued,
            .reissuePending where !isMadeAnew:
            receipt.state = issues ? .issued : .pending
            receipt.awaiting = []
            if issues { receipt.certificateID = receipt.certificateID ?? certificate?.certificateID }
        case .pendingApproval: receipt.awaiting = [.approval]
        case .rejected, .canceled, .failed, .deleted, .revoked, .expired:
            guard issues else {
                receipt.state = .done
                break
            }
            var error = CertificateError(
                .rejected,
                "The order has ended without a certificate: it is \(status.name)"
                    + (order.providerStatus.map { " (\($0))." } ?? ".")
            )
            error.receipt = receipt
            throw error
        default: receipt.awaiting.removeAll { $0 == .approval }
        }
        await note()
    }

    /// The order: by what the journal knows, which finds the very certificate of a reissue or a duplicate; else by its id.
    private func order() async throws(CertificateError) -> Order? {
        let provider = try host.provider(receipt.provider)
        if let entry, isMadeAnew || !issues, provider.capabilities.operations.contains(.findOrder) {
            let found = try await host.call(.findOrder, on: provider, context: plainContext) {
                provider, context throws(CertificateError) in
                try await provider.findOrder(entry.lookup, context: context)
            }
            if case .found(let order) = found { return order }
            guard issues else { return nil }
        }
        guard let orderID = receipt.orderID else {
            throw CertificateError(.invalidRequest, "The receipt names no order, so nothing can be followed.")
        }
        return try await host.order(.order(orderID), from: receipt.provider, context: plainContext)
    }

    /// Gets the chain and has it checked.
    private mutating func fetch() async throws(CertificateError) {
        if receipt.certificatesPEM.isEmpty {
            guard let orderID = receipt.orderID else { return }
            let request = DownloadRequest(orderID: orderID, certificateID: receipt.certificateID, format: .fullChain)
            do throws(CertificateError) {
                receipt.certificatesPEM =
                    try await host.download(request, from: receipt.provider, context: plainContext).certificatesPEM
            } catch  where error.code == .unsupported {
                // The receipt says that it is issued; the chain has to be had elsewhere.
                return
            }
        }
        if let contents = entry?.request.contents {
            receipt = try host.verified(receipt, against: contents)
        }
        await note()
    }

    private var plainContext: OperationContext {
        var context = context
        context.journalKey = receipt.journalKey
        return context
    }

    /// Keeps the journal's receipt up to date. Where it can't be written, the receipt is the caller's all the same.
    private func note() async {
        guard let key = receipt.journalKey, entry != nil, let book = try? host.journalBook() else { return }
        _ = try? await book.note(.progress(receipt), key: key, principal: host.principal(context))
    }
}
