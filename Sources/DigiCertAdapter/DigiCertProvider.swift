internal import AdapterHTTP
internal import CertProtocol

/// One account at DigiCert CertCentral: here what reads lists and orders.
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
        pageSize: PageWindow.largestDigiCertLimit,
        downloadFormats: CertificateDownload.digiCertFormats,
        renewalNeedsRequest: true,
        revocationReasons: DigiCert.Revocation.reasons,
        revocationScopes: [.certificate, .wholeOrder]
    )

    // A page of a thousand orders takes some time to read, so it isn't done on the caller's actor.
    @concurrent
    func listCertificates(
        _ request: ListCertificatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        let window = try PageWindow(digiCert: request.cursor, pageSize: request.pageSize)
        let filters = OrderFilter.pushedDown(request.filter)
        return try await api.listOrders(window, filters: filters, context: context).page {
            Certificate($0.base, raw: $1, provider: providerID)
        }
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
        try await list(.duplicates, of: request.orderID, from: request.cursor, context)
    }

    func listReissues(
        _ request: ListReissuesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        try await list(.reissues, of: request.orderID, from: request.cursor, context)
    }

    private func list(
        _ copies: CopyList, of id: String, from cursor: Cursor?, _ context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        try PageWindow.requireFirst(cursor)
        let order = try DigiCertIdentifier.order(id)
        let list = try await api.list(copies, of: order, context: context)
        return list.page { Certificate($0, order: order, raw: $1, provider: providerID) }
    }

    @concurrent
    func listSubaccountOrders(
        _ request: ListSubaccountOrdersRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Order> {
        let window = try PageWindow(digiCert: request.cursor)
        return try await api.listSubaccountOrders(window, context: context).page {
            Order($0.base, raw: $1, provider: providerID)
        }
    }

    func listChanges(
        _ request: ListChangesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<StatusChange> {
        try PageWindow.requireFirst(request.cursor)
        let list = try await api.listStatusChanges(seconds: request.digiCertSeconds(), context: context)
        return list.page { StatusChange($0, raw: $1, provider: providerID) }
    }

    func listProducts(
        _ request: ListProductsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Product> {
        try PageWindow.requireFirst(request.cursor)
        return try await api.listProducts(context: context).page { Product($0, raw: $1, provider: providerID) }
    }

    func listOrganizations(
        _ request: ListOrganizationsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Organization> {
        let window = try PageWindow(digiCert: request.cursor)
        return try await api.listOrganizations(window, context: context).page {
            Organization($0, raw: $1, provider: providerID)
        }
    }

    func checkHealth(
        _ request: HealthCheckRequest, context: OperationContext
    ) async throws(CertificateError) {
        _ = try await api.listOrders(by: "limit", "1", context: context)
    }
}
