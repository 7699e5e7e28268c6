internal import AdapterHTTP
internal import CertProtocol

/// One account at Example CA.
struct ExampleCAProvider: CertificateProvider {
    let providerID: String
    let api: ExampleCAAPI

    // A capability is declared once its operation works; the host refuses all others without traffic.
    let capabilities = ProviderCapabilities(
        operations: [.listCertificates, .orderDetail],
        lookups: [.order],
        pageSize: ExampleCAAPI.largestPage
    )

    func listCertificates(
        _ request: ListCertificatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        let (list, answer) = try await api.listCertificates(
            after: try Self.position(request.cursor),
            limit: min(max(request.pageSize ?? ExampleCAAPI.largestPage, 1), ExampleCAAPI.largestPage),
            context: context
        )
        var page = Page(reading: list.certificates, redactor: answer.redactor) { row in
            ExampleCA.Certificate(row).map { certificate in
                let record = Certificate(certificate, raw: row, provider: providerID)
                return (UInt64(bitPattern: certificate.id), record)
            }
        }
        // Asked for isn't done: the order is believed where it is seen.
        page.isAscending = zip(page.keys, page.keys.dropFirst()).allSatisfy { $0 < $1 }

        // The list ends where the API says so, or at an empty page; a short page proves nothing.
        guard list.hasMore != false, !list.certificates.isEmpty else { return page }
        guard let last = page.keys.last else {
            throw answer.malformed("No row of the page has an id, so the list can't be read on.")
        }
        page.next = Cursor(String(Int64(bitPattern: last)))
        return page
    }

    func orderDetail(
        _ request: OrderDetailRequest, context: OperationContext
    ) async throws(CertificateError) -> Order {
        guard case .order(let id) = request.reference else { throw .unsupported(.orderDetail) }
        guard Int64(id) != nil else {
            throw CertificateError(.invalidRequest, "The ids of orders are numbers, and “\(id)” is none. Check the id.")
        }
        let (order, raw) = try await api.order(id, context: context)
        return Order(order, raw: raw, provider: providerID)
    }

    /// The id that a page starts after; `nil` for the first page.
    private static func position(_ cursor: Cursor?) throws(CertificateError) -> Int64? {
        guard let cursor else { return nil }
        guard let id = Int64(cursor.value) else {
            throw CertificateError(.invalidRequest, "The cursor is not one of a list of this adapter.")
        }
        return id
    }
}
