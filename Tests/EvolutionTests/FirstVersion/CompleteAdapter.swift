import CertProtocol
import Foundation
import Synchronization

/// An adapter with every operation and every kind of setting that the first version of the contract has. Its authority lives in
/// memory, and issues whatever it is asked for.
extension AdapterFactory {
    static func complete() -> AdapterFactory {
        let key = Setting("key", .secret, isRequired: true, "The credential.")
        let name = Setting("name", .string, default: "Complete Trust", "What the authority calls itself.")
        let orders = Setting("orders", .integer(0...100), default: "3", "How many orders there are already.")
        let strict = Setting("strict", .boolean, default: "true", "Whether unknown orders are errors.")
        let region = Setting("region", .choice(["east", "west"]), default: "east", "Where it is.")
        let origin = Setting("origin", .serviceURL(.origin), default: "https://ca.example", "Where it would be.")
        let pause = Setting("pause", .duration, default: "0s", "How long it thinks.")
        let declaration = SettingsDeclaration(
            [key, name, orders, strict, region, origin, pause],
            rules: [
                { values in
                    guard values.string(region) == "west", values.integer(orders) == 0 else { return [] }
                    return [SettingProblem(setting: "orders", message: "In the west there are orders.", allowed: ["1"])]
                }
            ]
        )
        return AdapterFactory(
            name: "complete", title: "Complete Trust", settings: declaration,
            defaultLimits: [RateWindow(100, per: .seconds(1))]
        ) { values, context throws(CertificateError) in
            guard values.secret(key) != nil, values.serviceURL(origin) != nil, values.duration(pause) != nil,
                values.boolean(strict) == true, values.string(name) != nil, let count = values.integer(orders)
            else { throw CertificateError(.invalidConfiguration, "A setting has no value.") }
            return CompleteProvider(id: context.providerID, orders: Int(count))
        }
    }
}

final class CompleteProvider: CertificateProvider {
    let capabilities = ProviderCapabilities(
        operations: [
            .listCertificates, .orderDetail, .listDuplicates, .listReissues, .listSubaccountOrders, .listChanges,
            .listProducts, .listOrganizations, .findOrder, .issue, .renew, .reissue, .duplicate, .revoke, .cancel,
            .download, .domainValidation, .domainValidationChange, .approvals, .import, .delete, .autoRenewal, .extend,
        ],
        lookups: [.order, .serial, .thumbprint], pageSize: 2, downloadFormats: [.pem, .chain, .fullChain, .pkcs7],
        renewalNeedsRequest: true, revocationReasons: [.unspecified, .superseded],
        revocationScopes: [.certificate, .wholeOrder]
    )
    private let id: String
    private let state: Mutex<State>

    private struct State {
        var orders: [Order] = []
        var keys: [String: String] = [:]
        var done: [String] = []
    }

    init(id: String, orders count: Int) {
        self.id = id
        state = Mutex(State())
        for number in 0..<count { _ = add(status: .issued, name: "\(number).example.com") }
    }

    @discardableResult
    private func add(status: CertificateStatus, name: String, key: String? = nil) -> Order {
        state.withLock { state in
            let number = String(state.orders.count + 1)
            let raw = JSONValue(["id": .string(number), "name": .string(name), "documented": false])
            var certificate = Certificate(provider: id, status: status, providerStatus: "GOOD", raw: raw)
            certificate.orderID = number
            certificate.certificateID = "c\(number)"
            certificate.commonName = name
            certificate.dnsNames = [name]
            certificate.serialNumber = "0A\(number)"
            certificate.thumbprint = "FF\(number)"
            certificate.notAfter = CertificateDate("2030-01-31")
            certificate.notListed = NotListed(duplicates: 1, reissues: 1)
            var order = Order(provider: id, orderID: number, status: status, providerStatus: "GOOD", raw: raw)
            order.validUntil = CertificateDate("2031-01-31")
            order.subaccount = Subaccount(accountID: "7", accountType: "retail", organizationName: "Example")
            order.requests = [OrderRequest(id: "1", date: nil, type: "new", status: "approved", comments: nil)]
            order.certificates = [certificate]
            state.orders.append(order)
            if let key { state.keys[key] = number }
            return order
        }
    }

    private func order(_ id: String) throws(CertificateError) -> Order {
        guard let order = state.withLock({ $0.orders.first { $0.orderID == id } }) else {
            var error = CertificateError(.notFound, "There is no order \(id).")
            error.providerCode = "no_order"
            throw error
        }
        return order
    }

    private func receipt(
        _ operation: Capability, _ order: Order?, _ receiptState: Receipt.State, _ context: OperationContext
    ) -> Receipt {
        state.withLock { $0.done.append(operation.rawValue) }
        var receipt = Receipt(provider: id, operation: operation, state: receiptState)
        receipt.journalKey = context.journalKey
        receipt.orderID = order?.orderID
        receipt.certificateID = order?.certificates.first?.certificateID
        if receiptState == .issued { receipt.certificatesPEM = ["PEM"] }
        if receiptState == .pending { receipt.awaiting = [.approval, .domainValidation] }
        return receipt
    }

    private func place(
        _ operation: Capability, _ contents: CertificateContents, _ context: OperationContext
    ) -> Receipt {
        let order = add(status: .issued, name: contents.commonName, key: context.journalKey)
        return receipt(operation, order, .issued, context)
    }

    func listCertificates(
        _ request: ListCertificatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        let all = state.withLock { $0.orders.flatMap(\.certificates) }
        let start = request.cursor.flatMap { Int($0.value) } ?? 0
        let size = request.pageSize ?? 2
        var page = Page(Array(all.dropFirst(start).prefix(size))) { $0.certificateID ?? "" }
        page.total = all.count
        if start + size < all.count { page.next = Cursor(String(start + size)) }
        page.upcoming = start + 2 * size < all.count ? [Cursor(String(start + 2 * size))] : []
        if start == 0 { page.problems = [RowProblem(reason: "The row has no id.", raw: JSONValue(["id": .null]))] }
        return page
    }

    func orderDetail(_ request: OrderDetailRequest, context: OperationContext) async throws(CertificateError) -> Order {
        switch request.reference {
        case .order(let id): return try order(id)
        case .serial(let number): return try order(String(number.dropFirst(2)))
        case .thumbprint(let number): return try order(String(number.dropFirst(2)))
        }
    }

    func listDuplicates(
        _ request: ListDuplicatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        Page(try order(request.orderID).certificates) { $0.certificateID ?? "" }
    }

    func listReissues(
        _ request: ListReissuesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        Page(items: try order(request.orderID).certificates, keys: [1], isAscending: true)
    }

    func listSubaccountOrders(
        _ request: ListSubaccountOrdersRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Order> {
        Page(state.withLock(\.orders)) { $0.orderID }
    }

    func listChanges(
        _ request: ListChangesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<StatusChange> {
        let changes = state.withLock(\.orders).map {
            StatusChange(
                provider: id, orderID: $0.orderID, certificateID: nil, status: $0.status, providerStatus: "GOOD",
                raw: $0.raw)
        }
        return Page(changes) { $0.orderID ?? "" }
    }

    func listProducts(
        _ request: ListProductsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Product> {
        let product = Product(
            provider: id, product: "basic", name: "Basic", validation: "dv", type: nil, raw: JSONValue(.null))
        return Page([product]) { $0.product }
    }

    func listOrganizations(
        _ request: ListOrganizationsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Organization> {
        let organization = Organization(
            provider: id, organizationID: "1", name: "Example", status: "valid", raw: JSONValue(.null))
        return Page([organization]) { $0.organizationID }
    }

    func checkHealth(_ request: HealthCheckRequest, context: OperationContext) async throws(CertificateError) {
        state.withLock { $0.done.append("health") }
    }

    func findOrder(_ request: FindOrderRequest, context: OperationContext) async throws(CertificateError) -> FoundOrder
    {
        guard let id = state.withLock({ $0.keys[request.journalKey] }) else { return .notFound }
        return .found(try order(id))
    }

    func issue(_ request: IssueRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        if request.product == "lost" {
            // The order is placed, and nobody hears of it.
            add(status: .pending, name: request.contents.commonName, key: context.journalKey)
            throw CertificateError(.outcomeUnknown, "The answer was lost.")
        }
        return place(.issue, request.contents, context)
    }

    func renew(_ request: RenewRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        _ = try order(request.orderID)
        return place(.renew, request.issue.contents, context)
    }

    func reissue(_ request: ReissueRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        receipt(.reissue, try order(request.orderID), .pending, context)
    }

    func duplicate(_ request: DuplicateRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        receipt(.duplicate, try order(request.orderID), .pending, context)
    }

    func extend(_ request: ExtendRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        receipt(.extend, try order(request.orderID), .done, context)
    }

    func revoke(_ request: RevokeRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        receipt(.revoke, try order(request.orderID), .done, context)
    }

    func cancel(_ request: CancelRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        receipt(.cancel, try order(request.orderID), .done, context)
    }

    func deleteCertificate(
        _ request: DeleteCertificateRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        receipt(.delete, nil, .done, context)
    }

    func download(
        _ request: DownloadRequest, context: OperationContext
    ) async throws(CertificateError) -> CertificateDownload {
        _ = try order(request.orderID)
        return CertificateDownload(format: request.format, certificatesPEM: ["LEAF", "ISSUER"])
    }

    func importCertificate(
        _ request: ImportCertificateRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        guard request.privateKey.withExposedValue({ !$0.isEmpty }) else {
            throw CertificateError(.rejected, "There is no key.")
        }
        return receipt(.import, nil, .done, context)
    }

    func setAutoRenewal(
        _ request: SetAutoRenewalRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        receipt(.autoRenewal, nil, .done, context)
    }

    func showDomainValidations(
        _ request: DomainValidationsRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] {
        try order(request.orderID).certificates.map { certificate in
            var row = DomainValidation(provider: id, domain: certificate.commonName ?? "", raw: JSONValue(.null))
            row.orderID = request.orderID
            row.method = "dns"
            row.recordName = "_check"
            row.recordType = "TXT"
            row.recordValue = "value"
            return row
        }
    }

    func checkDomainValidations(
        _ request: DomainValidationsRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] {
        try await showDomainValidations(request, context: context)
    }

    func setDomainValidationMethod(
        _ request: SetDomainValidationMethodRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] {
        try await showDomainValidations(DomainValidationsRequest(orderID: request.orderID), context: context)
    }

    func listApprovals(
        _ request: ListApprovalsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Approval> {
        var approval = Approval(provider: id, requestID: "1", raw: JSONValue(.null))
        approval.status = "pending"
        return Page([approval]) { $0.requestID }
    }

    func decideApproval(
        _ request: DecideApprovalRequest, context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        receipt(.approvals, nil, .done, context)
    }
}
