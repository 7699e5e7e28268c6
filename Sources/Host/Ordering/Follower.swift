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
    /// Certificates of the order that have another key.
    private var tried: Set<String> = []

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
            default: throw error
            }
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
        guard let (order, isResult) = try await order() else { return }
        switch receipt.progress(order, isResult: isResult) {
        case .receipt(let now): receipt = now
        case .ended(let status):
            var error = CertificateError(
                .rejected,
                "The order has ended without a certificate: it is \(status.name)"
                    + (order.providerStatus.map { " (\($0))." } ?? ".")
            )
            error.receipt = receipt
            throw error
        }
        await note()
    }

    /// The order: by what the journal knows, which finds the very certificate of a reissue or a duplicate, and whether a call that
    /// issues nothing has had its effect; else by its id.
    private func order() async throws(CertificateError) -> (order: Order, isResult: Bool)? {
        let provider = try host.provider(receipt.provider)
        if let entry, receipt.isMadeAnew || !receipt.issues, provider.capabilities.operations.contains(.findOrder) {
            let found = try await host.call(.findOrder, on: provider, context: plainContext) {
                provider, context throws(CertificateError) in
                try await provider.findOrder(entry.lookup, context: context)
            }
            if case .found(let order) = found { return (order, true) }
            guard receipt.issues else { return nil }
        }
        guard let orderID = receipt.orderID else {
            throw CertificateError(.invalidRequest, "The receipt names no order, so nothing can be followed.")
        }
        return (try await host.order(.order(orderID), from: receipt.provider, context: plainContext), false)
    }

    /// Gets the chain and has it checked.
    private mutating func fetch() async throws(CertificateError) {
        if receipt.certificatesPEM.isEmpty {
            do throws(CertificateError) {
                guard try await download() else {
                    receipt.state = .pending
                    return
                }
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

    /// Downloads the chain of what was asked for.
    ///
    /// Until a further certificate of an order is there, and among several that are, the key tells which one it is.
    ///
    /// - Returns: whether it is there.
    private mutating func download() async throws(CertificateError) -> Bool {
        guard let orderID = receipt.orderID else { return true }
        guard receipt.isMadeAnew, receipt.certificateID == nil, let verifier = host.verifier,
            let contents = entry?.request.contents, contents.hasSigningRequest
        else {
            receipt.certificatesPEM = try await chain(orderID, receipt.certificateID)
            return true
        }
        for candidate in try await candidates(of: orderID) where candidate == nil || !tried.contains(candidate ?? "") {
            let chain = try await chain(orderID, candidate)
            if verifier.isKey(of: chain, in: contents) {
                receipt.certificateID = candidate
                receipt.certificatesPEM = chain
                return true
            }
            if let candidate { tried.insert(candidate) }
        }
        return false
    }

    /// The certificates that the one that was asked for may be among, by id; `nil` for the order's own.
    private func candidates(of orderID: String) async throws(CertificateError) -> [String?] {
        guard receipt.operation == .duplicate else { return [nil] }
        return try await host.duplicates(of: orderID, at: receipt.provider, context: plainContext)
            .filter { $0.status == .issued }.compactMap(\.certificateID)
    }

    private func chain(_ orderID: String, _ certificateID: String?) async throws(CertificateError) -> [String] {
        let request = DownloadRequest(orderID: orderID, certificateID: certificateID, format: .fullChain)
        return try await host.download(request, from: receipt.provider, context: plainContext).certificatesPEM
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
