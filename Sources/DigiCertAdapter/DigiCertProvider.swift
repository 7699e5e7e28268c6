internal import CertProtocol

/// One account at DigiCert CertCentral: here what reads lists and orders; what changes something stands under `Operations`.
struct DigiCertProvider: CertificateProvider {
    let providerID: String
    let api: DigiCertAPI

    let capabilities = ProviderCapabilities(
        operations: [
            .listCertificates, .orderDetail, .listDuplicates, .listReissues, .listSubaccountOrders, .listChanges,
            .listProducts, .listOrganizations, .findOrder, .issue, .renew, .reissue, .duplicate, .revoke, .cancel,
            .download, .domainValidation, .domainValidationChange, .approvals,
        ],
        lookups: OrderLookup.allCases,
        pageSize: PageWindow.largestLimit,
        downloadFormats: downloadFormats,
        renewalNeedsRequest: true,
        revocationReasons: revocationReasons,
        revocationScopes: [.certificate, .wholeOrder]
    )

    // A page of a thousand orders takes some time to read, so it isn't done on the caller's actor.
    @concurrent
    func listCertificates(
        _ request: ListCertificatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        let window = try PageWindow(request.cursor, pageSize: request.pageSize)
        let list = try await api.listOrders(
            window, filters: OrderFilter.pushedDown(request.filter), context: context
        )
        var page = list.page(overlap: window.overlap, DigiCert.ListedOrder.init, key: { Self.key($0.id) }) { row, raw in
            Certificate(row.base, raw: raw, provider: providerID)
        }
        window.complete(&page, from: list, isSorted: true)
        return page
    }

    func orderDetail(
        _ request: OrderDetailRequest, context: OperationContext
    ) async throws(CertificateError) -> Order {
        let identifier = try DigiCertIdentifier.reference(request.reference)
        let (info, raw) = try await api.orderInfo(identifier, context: context)
        try DigiCertIdentifier.check(info, is: request.reference)
        return Order(info, raw: raw, provider: providerID)
    }

    func listDuplicates(
        _ request: ListDuplicatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        let order = try DigiCertIdentifier.order(request.orderID)
        let list = try await api.listDuplicates(order: order, context: context)
        return list.page(DigiCert.DuplicateCertificate.init, key: { Self.key($0.id) }) { row, raw in
            Certificate(row, order: order, raw: raw, provider: providerID)
        }
    }

    func listReissues(
        _ request: ListReissuesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        let order = try DigiCertIdentifier.order(request.orderID)
        let list = try await api.listReissues(order: order, context: context)
        return list.page(DigiCert.ReissuedCertificate.init, key: { Self.key($0.id) }) { row, raw in
            Certificate(row.item, order: order, raw: raw, provider: providerID)
        }
    }

    @concurrent
    func listSubaccountOrders(
        _ request: ListSubaccountOrdersRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Order> {
        let window = try PageWindow(request.cursor)
        let list = try await api.listSubaccountOrders(window, context: context)
        var page = list.page(overlap: window.overlap, DigiCert.SubaccountOrder.init, key: { Self.key($0.id) }) {
            row, raw in
            Order(row.base, raw: raw, provider: providerID)
        }
        window.complete(&page, from: list, isSorted: true)
        return page
    }

    func listChanges(
        _ request: ListChangesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<StatusChange> {
        guard request.since > .zero, request.since <= ListChangesRequest.longestWindow else {
            throw CertificateError(
                .invalidRequest, "DigiCert tells changes of the last seven days at most. Ask for a shorter time."
            )
        }
        let (seconds, rest) = request.since.components
        let list = try await api.listStatusChanges(seconds: rest > 0 ? seconds + 1 : seconds, context: context)
        return list.page(
            DigiCert.StatusChange.init,
            key: { StableHash.of("\($0.orderID)/\($0.certificateID ?? 0)/\($0.status ?? "")") },
            map: { StatusChange($0, raw: $1, provider: providerID) }
        )
    }

    func listProducts(
        _ request: ListProductsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Product> {
        let list = try await api.listProducts(context: context)
        return list.page(DigiCert.ListedProduct.init, key: { StableHash.of($0.nameID) }) { row, raw in
            Product(row, raw: raw, provider: providerID)
        }
    }

    func listOrganizations(
        _ request: ListOrganizationsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Organization> {
        let window = try PageWindow(request.cursor)
        let list = try await api.listOrganizations(window, context: context)
        var page = list.page(overlap: window.overlap, DigiCert.ListedOrganization.init, key: { Self.key($0.id) }) {
            row, raw in
            Organization(row, raw: raw, provider: providerID)
        }
        window.complete(&page, from: list, isSorted: false)
        return page
    }

    func checkHealth(
        _ request: HealthCheckRequest, context: OperationContext
    ) async throws(CertificateError) {
        _ = try await api.listOneOrder(context: context)
    }

    private static func key(_ id: Int64) -> UInt64 { UInt64(bitPattern: id) }
}
