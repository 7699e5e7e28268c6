import CertConformance
import CertProtocol
import Foundation

extension MemoryProvider {
    private var provider: String { breakage == .namesNoProvider ? "" : id }

    private func raw(_ members: [(String, JSONNode)]) -> JSONValue {
        guard breakage != .dropsRaw else { return JSONValue(.null) }
        let isOdd = authority.fault == .unknownFields && breakage != .dropsUnknownFields
        return JSONValue(.object(members + (isOdd ? [("novelty", true)] : [])))
    }

    private func status(_ text: String) -> (CertificateStatus, String) {
        let word = authority.fault == .unknownStatus ? "simmering" : text
        let known = CertificateStatus.known.first { $0.name == word }
        return (known ?? (breakage == .guessesStatus ? .issued : .unknown(word)), word)
    }

    private func certificate(_ order: MemoryBook.Order, number: Int? = nil) -> Certificate {
        let (status, word) = status(order.status)
        let number = number ?? order.certificate
        var certificate = Certificate(
            provider: provider, status: status, providerStatus: word,
            raw: raw([("id", .integer(Int64(number))), ("name", .string(order.name)), ("status", .string(word))])
        )
        certificate.orderID = String(order.id)
        certificate.certificateID = String(number)
        certificate.commonName = order.name
        return certificate
    }

    func detail(_ order: MemoryBook.Order) -> Order {
        let (status, word) = status(order.status)
        var detail = Order(
            provider: provider, orderID: String(order.id), status: status, providerStatus: word,
            raw: raw([("id", .integer(Int64(order.id))), ("status", .string(word))])
        )
        detail.certificates = [certificate(order)]
        detail.validUntil = .instant(order.paidUntil)
        return detail
    }

    // MARK: The paged list

    /// A page starts after an id, so that rows may come and go.
    func listCertificates(
        _ request: ListCertificatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        let place = try ListPlace(request, breakage)
        let statuses = request.filter.statuses.map(\.name)
        let rows = try await exchange(.listCertificates, context) { book throws(CertificateError) in
            let wanted = book.sorted.filter { statuses.isEmpty || statuses.contains($0.status) }
            return breakage == .losesFilteredRows && !statuses.isEmpty ? Array(wanted.dropFirst()) : wanted
        }
        let start = authority.fault == .repeatedPage ? 0 : place.start(in: rows)
        let size = breakage == .sendsWholeList ? rows.count : place.size
        var end = min(rows.count, start + size)
        if breakage == .stopsAtFirstTotal, let total = place.total { end = min(end, total) }
        let items = rows[start..<max(start, end)]
        var page = Page(items: items.map { certificate($0) }, keys: items.map { UInt64($0.id) })
        if breakage == .keysByPlace {
            page.keys = items.indices.map { UInt64($0 - start + (place.total ?? 0) * 1000) }
        }
        if breakage == .sharesKeys { page.keys = page.keys.map { _ in 1 } }
        if breakage == .neverEnds { page.keys = page.keys.map { _ in .random(in: .min ... .max) } }
        let isLast = end >= (breakage == .stopsAtFirstTotal ? place.total ?? rows.count : rows.count)
        guard breakage == .neverEnds || authority.fault == .repeatedPage || !isLast else { return page }
        page.next = place.following(rows, end: end, breakage)
        page.upcoming = place.upcoming(rows, end: end, breakage)
        return page
    }

    // MARK: Lists of one page

    private func single<Item>(
        _ capability: Capability, _ cursor: Cursor?, _ context: OperationContext,
        _ rows: @Sendable (inout MemoryBook) throws(CertificateError) -> [MemoryBook.Order],
        _ item: (MemoryBook.Order) -> Item
    ) async throws(CertificateError) -> Page<Item> {
        guard cursor == nil || breakage == .takesAnyCursor else {
            throw CertificateError(.invalidRequest, "The cursor is not one of this list.")
        }
        let orders = try await exchange(capability, context, rows)
        return Page(items: orders.map(item), keys: orders.map { UInt64($0.id) })
    }

    func listDuplicates(
        _ request: ListDuplicatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        try await copies(.listDuplicates, .duplicate, request.orderID, request.cursor, context)
    }

    func listReissues(
        _ request: ListReissuesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        try await copies(.listReissues, .reissue, request.orderID, request.cursor, context)
    }

    private func copies(
        _ capability: Capability, _ kind: Capability, _ id: String, _ cursor: Cursor?, _ context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        try await single(
            capability, cursor, context, { book throws(CertificateError) in [try book.order(id)] },
            { order in certificate(order, number: order.copies[kind]?.first) }
        )
    }

    func listSubaccountOrders(
        _ request: ListSubaccountOrdersRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Order> {
        try await single(.listSubaccountOrders, request.cursor, context, { $0.sorted }, detail)
    }

    func listChanges(
        _ request: ListChangesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<StatusChange> {
        try await single(.listChanges, request.cursor, context, { $0.sorted }) { order in
            let row = certificate(order)
            return StatusChange(
                provider: row.provider, orderID: row.orderID, certificateID: row.certificateID, status: row.status,
                providerStatus: row.providerStatus, raw: row.raw
            )
        }
    }

    func listProducts(
        _ request: ListProductsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Product> {
        try await single(.listProducts, request.cursor, context, { [$0.sorted[0]] }) { _ in
            Product(
                provider: provider, product: "plain", name: nil, validation: nil, type: nil,
                raw: raw([("name", "plain")]))
        }
    }

    func listOrganizations(
        _ request: ListOrganizationsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Organization> {
        try await single(.listOrganizations, request.cursor, context, { [$0.sorted[0]] }) { _ in
            Organization(provider: provider, organizationID: "1", name: nil, status: nil, raw: raw([("id", 1)]))
        }
    }

    func listApprovals(
        _ request: ListApprovalsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Approval> {
        try await single(.approvals, request.cursor, context, { $0.sorted.filter(\.isWaiting) }) { order in
            Approval(provider: provider, requestID: String(order.id), raw: raw([("id", .integer(Int64(order.id)))]))
        }
    }

    // MARK: Single things

    func orderDetail(
        _ request: OrderDetailRequest, context: OperationContext
    ) async throws(CertificateError) -> Order {
        guard request.reference.lookup != .thumbprint || !capabilities.operations.contains(.orderDetail) else {
            throw CertificateError(.invalidRequest, "Orders are not found by thumbprint.")
        }
        // A serial number is the certificate's, in hexadecimal.
        let isSerial = request.reference.lookup == .serial
        let text = isSerial ? Int(request.reference.value, radix: 16).map(String.init) ?? "" : request.reference.value
        do throws(CertificateError) {
            return detail(
                try await exchange(.orderDetail, context) { book throws(CertificateError) in
                    if breakage == .finds(.anotherOrder) { return book.sorted[3] }
                    return try isSerial ? book.order(certificate: text) : book.order(text)
                })
        } catch  where error.code == .notFound {
            throw failed(.notFound, error.message)
        }
    }

    func checkHealth(_ request: HealthCheckRequest, context: OperationContext) async throws(CertificateError) {
        if breakage == .checksNothing { return }
        if breakage == .hasNoHealthCheck { throw .unsupported(.listCertificates) }
        _ = try await exchange(.listProducts, context) { book throws(CertificateError) in book.sorted.count }
    }

    func download(
        _ request: DownloadRequest, context: OperationContext
    ) async throws(CertificateError) -> CertificateDownload {
        guard capabilities.downloadFormats.contains(request.format) else {
            throw CertificateError(.invalidRequest, "There is no such format.")
        }
        _ = try await exchange(.download, context) { book throws(CertificateError) in try book.order(request.orderID) }
        let parts: [String] =
            switch request.format {
            case .pem: [chain.leaf]
            case .chain: [chain.root]
            default: [chain.leaf, chain.root]
            }
        return CertificateDownload(
            format: request.format, certificatesPEM: breakage == .mixesFormats ? [chain.leaf, chain.root] : parts)
    }

    func findOrder(_ request: FindOrderRequest, context: OperationContext) async throws(CertificateError) -> FoundOrder
    {
        let found = try await exchange(.findOrder, context) { book throws(CertificateError) -> MemoryBook.Order? in
            if breakage == .deniesOrders { return nil }
            if breakage == .findsAnything { return book.sorted.last }
            return book.executed[request.journalKey].flatMap { book.orders[$0] }
        }
        if breakage == .tellsNothing { return .cannotTell }
        return found.map { .found(detail($0)) } ?? .notFound
    }
}
