import CertProtocol
import FoundationEssentials
import Host

/// A certificate authority in memory: it carries mutating calls out as its script says, loses answers on demand, and tells the
/// truth when it is asked what it has.
final class ScriptedProvider: CertificateProvider {
    /// What becomes of a mutating call.
    enum Step: Sendable {
        case accept(Receipt.State = .issued)
        /// Nothing is carried out.
        case refuse(CertificateError.Code)
        /// Carried out, and the answer is lost.
        case lose
        /// Not carried out, and whoever asked can't know.
        case drop
        /// Accepted, and then something fails.
        case acceptAndFail(CertificateError.Code)
        /// Carried out once the gate is opened.
        case wait(Gate)
    }

    let capabilities: ProviderCapabilities
    let id: String
    private let state = Locked(State())

    private struct State: Sendable {
        var script: [Step] = []
        var calls: [String] = []
        var requests: [IssueRequest] = []
        var orders: [String: Order] = [:]
        var lookup: FoundOrderScript = .truth
        var downloads: [String] = []
        var statuses: [CertificateStatus] = []
        var duplicates: [String] = []
        var lookups: [FindOrderRequest] = []
        var lookupDeadlines: [ContinuousClock.Instant?] = []
    }

    /// What lookups answer.
    enum FoundOrderScript: Sendable {
        case truth, hidden, silent
        case failing(CertificateError.Code)
        /// The order, with this status.
        case `as`(CertificateStatus)
    }

    static let everything = Capabilities(
        Capability.allCases.filter { $0 != .listCertificates }
    )

    init(
        _ id: String = "ca", _ script: [Step] = [], operations: Capabilities = everything,
        reasons: [RevocationReason] = [.superseded, .keyCompromise],
        scopes: [RevocationScope.Kind] = [.certificate, .wholeOrder], productsWithoutRequest: [String] = [],
        renewalNeedsRequest: Bool = true, revokesByKey: Bool = false
    ) {
        self.id = id
        capabilities = ProviderCapabilities(
            operations: operations, lookups: [.order], downloadFormats: [.fullChain],
            renewalNeedsRequest: renewalNeedsRequest, revocationReasons: reasons, revocationScopes: scopes,
            productsWithoutRequest: productsWithoutRequest, revokesByKey: revokesByKey
        )
        state.withLock { $0.script = script }
    }

    /// Every call in its order: the operation, what it is about, and the journal's key where there is one.
    var calls: [String] { state.withLock(\.calls) }
    /// The orders that were carried out.
    var orderCount: Int { state.withLock(\.orders.count) }
    /// The orders as they arrived.
    var requests: [IssueRequest] { state.withLock(\.requests) }

    /// What each lookup was told.
    var lookups: [FindOrderRequest] { state.withLock(\.lookups) }
    /// The ids of the duplicates that the order has.
    func set(duplicates: [String]) { state.withLock { $0.duplicates = duplicates } }
    /// Until when each lookup had time.
    var lookupDeadlines: [ContinuousClock.Instant?] { state.withLock(\.lookupDeadlines) }

    func set(lookup: FoundOrderScript) { state.withLock { $0.lookup = lookup } }
    func set(script: [Step]) { state.withLock { $0.script = script } }
    /// What order-detail answers, one after the other; the last for ever.
    func set(statuses: [CertificateStatus]) { state.withLock { $0.statuses = statuses } }
    func set(downloads: [String]) { state.withLock { $0.downloads = downloads } }

    func issue(_ request: IssueRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        state.withLock { $0.requests.append(request) }
        return try await mutate(.issue, request.product, context)
    }
    func renew(_ request: RenewRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        try await mutate(.renew, request.orderID, context)
    }
    func reissue(_ request: ReissueRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        try await mutate(.reissue, request.orderID, context)
    }
    func duplicate(_ request: DuplicateRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        try await mutate(.duplicate, request.orderID, context)
    }
    func extend(_ request: ExtendRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        try await mutate(.extend, request.orderID, context)
    }
    func revoke(_ request: RevokeRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        let key = request.certificateKey.map { $0.withExposedValue { " by \($0)" } } ?? ""
        return try await mutate(.revoke, "\(request.orderID) \(request.scope) \(request.reason)\(key)", context)
    }
    func cancel(_ request: CancelRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        try await mutate(.cancel, request.orderID, context)
    }
    func deleteCertificate(
        _ request: DeleteCertificateRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt { try await mutate(.delete, request.certificateID, context) }
    func importCertificate(
        _ request: ImportCertificateRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        let hasKey = request.privateKey.withExposedValue { $0.contains("FAKE") }
        return try await mutate(.import, "\(request.name) \(hasKey ? "with key" : "without key")", context)
    }
    func setAutoRenewal(
        _ request: SetAutoRenewalRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        try await mutate(.autoRenewal, "\(request.certificateID) \(request.isOn)", context)
    }
    func setDomainValidationMethod(
        _ request: SetDomainValidationMethodRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] {
        _ = try await mutate(.domainValidationChange, "\(request.orderID) \(request.method)", context)
        return [DomainValidation(provider: id, domain: "example.com", raw: JSONValue(.null))]
    }
    func decideApproval(
        _ request: DecideApprovalRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        try await mutate(.approvals, "\(request.requestID) \(request.isApproved)", context)
    }

    func showDomainValidations(
        _ request: DomainValidationsRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] {
        state.withLock { $0.calls.append("show \(request.orderID)") }
        return [DomainValidation(provider: id, domain: "shown.example.com", raw: JSONValue(.null))]
    }

    func orderDetail(_ request: OrderDetailRequest, context: OperationContext) async throws(CertificateError) -> Order {
        let status = state.withLock { state in
            state.calls.append("order \(request.reference.value)")
            return state.statuses.count > 1 ? state.statuses.removeFirst() : state.statuses.first ?? .issued
        }
        if case .unknown(let code) = status {
            throw CertificateError(CertificateError.Code(rawValue: code), "Scripted.")
        }
        var order = Order(
            provider: id, orderID: request.reference.value, status: status, providerStatus: status.name,
            raw: JSONValue(.null)
        )
        order.validUntil = CertificateDate("2027-03-01")
        return order
    }

    func download(
        _ request: DownloadRequest, context: OperationContext
    ) async throws(CertificateError) -> CertificateDownload {
        let downloads = state.withLock { state in
            state.calls.append(
                (["download", request.orderID] + [request.certificateID].compactMap(\.self)).joined(separator: " "))
            return request.certificateID.map { ["\(state.downloads.first ?? "LEAF") \($0)"] } ?? state.downloads
        }
        guard !downloads.isEmpty else { throw CertificateError(.notFound, "There is no certificate yet.") }
        return CertificateDownload(format: request.format, certificatesPEM: downloads)
    }

    func listDuplicates(
        _ request: ListDuplicatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        let duplicates = state.withLock(\.duplicates)
        return Page(
            duplicates.map { Certificate.sample(provider: id, order: request.orderID, certificate: $0) }
        ) { $0.certificateID ?? "" }
    }

    func findOrder(_ request: FindOrderRequest, context: OperationContext) async throws(CertificateError) -> FoundOrder
    {
        let (script, order) = state.withLock { state in
            state.calls.append("find \(request.operation.rawValue) \(request.journalKey)")
            state.lookupDeadlines.append(context.deadline)
            state.lookups.append(request)
            return (state.lookup, state.orders[request.journalKey])
        }
        guard !Task.isCancelled else { throw CertificateError(.cancelled, "The lookup was cancelled.") }
        switch script {
        case .truth: return order.map { .found($0) } ?? .notFound
        case .hidden: return .notFound
        case .as(let status):
            guard var order else { return .notFound }
            order.status = status
            return .found(order)
        case .silent: return .cannotTell
        case .failing(let code): throw CertificateError(code, "Scripted.")
        }
    }

    private func mutate(
        _ operation: Capability, _ what: String, _ context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        try await context.beforeSending?(context.deadline)
        let step = state.withLock { state in
            state.calls.append("\(operation.rawValue) \(what)")
            return state.script.isEmpty ? .accept() : state.script.removeFirst()
        }
        switch step {
        case .accept(let receiptState): return carryOut(operation, context, receiptState)
        case .refuse(let code): throw CertificateError(code, "Scripted.")
        case .lose:
            _ = carryOut(operation, context, .issued)
            throw CertificateError(.outcomeUnknown, "The answer was lost.")
        case .drop: throw CertificateError(.outcomeUnknown, "The answer was lost.")
        case .acceptAndFail(let code):
            var error = CertificateError(code, "Scripted.")
            error.receipt = carryOut(operation, context, .pending)
            throw error
        case .wait(let gate):
            let receipt = carryOut(operation, context, .issued)
            await gate.opened()
            return receipt
        }
    }

    private func carryOut(_ operation: Capability, _ context: OperationContext, _ result: Receipt.State) -> Receipt {
        let key = context.journalKey ?? "?"
        let orderID = state.withLock { state in
            let orderID = "\(id)-\(state.orders.count + 1)"
            state.orders[key] = Order(
                provider: id, orderID: orderID, status: result == .pending ? .pending : .issued, providerStatus: nil,
                raw: JSONValue(.null)
            )
            return orderID
        }
        var receipt = Receipt(provider: id, operation: operation, state: result)
        receipt.orderID = orderID
        if result == .issued, operation == .issue { receipt.certificatesPEM = ["PEM of \(orderID)"] }
        return receipt
    }
}

/// Something that is waited for until it is opened.
final class Gate: Sendable {
    private let stream: AsyncStream<Void>
    private let end: AsyncStream<Void>.Continuation

    init() { (stream, end) = AsyncStream.makeStream() }

    func open() { end.finish() }

    func opened() async { for await _ in stream {} }
}
