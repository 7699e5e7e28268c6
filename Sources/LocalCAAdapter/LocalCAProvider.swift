internal import CertProtocol
internal import FoundationEssentials

/// A certificate authority in a folder: here what reads it; what changes it stands in the files beside this one.
///
/// Reading makes nothing and waits for nobody: records are replaced whole.
struct LocalCAProvider: CertificateProvider {
    let id: String
    let settings: LocalCASettings
    let folder: AuthorityFolder
    let clock: OperationClock

    private static let pageSize = 100
    private static let largestPage = 1000

    let capabilities = ProviderCapabilities(
        operations: [
            .listCertificates, .orderDetail, .listProducts, .findOrder, .issue, .renew, .revoke, .download,
        ],
        lookups: OrderLookup.allCases,
        pageSize: pageSize,
        downloadFormats: DownloadFormat.allCases,
        renewalNeedsRequest: false,
        revocationReasons: RevocationReason.allCases,
        revocationScopes: [.certificate, .wholeOrder]
    )

    init(id: String, settings: LocalCASettings, clock: OperationClock) {
        self.id = id
        self.settings = settings
        self.clock = clock
        folder = AuthorityFolder(path: settings.directory, clock: clock)
    }

    /// One page of the orders, oldest first. A page starts behind the number of the last one's last order, so that orders that
    /// come meanwhile stand at the end and move nothing.
    @concurrent
    func listCertificates(
        _ request: ListCertificatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        try FolderLock.check(context, clock)
        var last: UInt64 = 0
        if let cursor = request.cursor {
            guard let number = UInt64(cursor.value) else {
                throw .malformed("foreign_cursor", "This page is of another provider's list.")
            }
            last = number
        }
        let size = min(max(1, request.pageSize ?? Self.pageSize), Self.largestPage)
        let numbers = try folder.orderNumbers()
        let rest = numbers.drop { $0 <= last }
        var (items, keys, problems): ([Certificate], [UInt64], [RowProblem]) = ([], [], [])
        for number in rest.prefix(size) {
            do throws(CertificateError) {
                guard let order = try folder.order(number) else { continue }
                items.append(Certificate(order, at: clock.date(), provider: id))
                keys.append(number)
            } catch {
                guard error.code == .malformedResponse else { throw error }
                problems.append(folder.problem(number, error))
            }
        }
        var page = Page(items: items, keys: keys, isAscending: true)
        page.problems = problems
        page.total = numbers.count
        if rest.count > size, let end = rest.prefix(size).last { page.next = Cursor("\(end)") }
        return page
    }

    @concurrent
    func orderDetail(
        _ request: OrderDetailRequest, context: OperationContext
    ) async throws(CertificateError) -> Order {
        try FolderLock.check(context, clock)
        return Order(try order(request.reference), at: clock.date(), provider: id)
    }

    func listProducts(
        _ request: ListProductsRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Product> {
        guard request.cursor == nil else {
            throw .malformed("foreign_cursor", "The list of products has one page.")
        }
        return Page(LocalCAProduct.allCases.map { Product($0, provider: id) }, identifiedBy: \.product)
    }

    /// Whether the authority is whole, or can be made. Makes nothing.
    @concurrent
    func checkHealth(_ request: HealthCheckRequest, context: OperationContext) async throws(CertificateError) {
        try FolderLock.check(context, clock)
        try folder.checkWritable()
        guard let authority = try folder.authority() else { return }
        guard clock.date() < authority.end else {
            throw .unusable(settings.directory, "holds a CA that has ended; name another directory.")
        }
    }

    @concurrent
    func download(
        _ request: DownloadRequest, context: OperationContext
    ) async throws(CertificateError) -> CertificateDownload {
        try FolderLock.check(context, clock)
        let order = try order(.order(request.orderID))
        if let id = request.certificateID { try Self.check(id, isOf: order) }
        return try CertificateDownload(order, as: request.format)
    }

    /// The order that a reference names.
    ///
    /// - Throws: `not_found`; `malformed_response` where a record that may be the one meant can't be read.
    func order(_ reference: OrderReference) throws(CertificateError) -> LocalCA.Order {
        let what = "the \(reference.lookup.rawValue) \(reference.value)"
        guard case .order(let id) = reference else {
            guard let wanted = Hexadecimal.bytes(reference.value) else { throw .noOrder(what) }
            for number in try folder.orderNumbers() {
                guard let order = try folder.order(number) else { continue }
                let text = if case .serial = reference { order.serialNumber } else { order.thumbprint ?? "" }
                if Hexadecimal.bytes(text) == wanted { return order }
            }
            throw .noOrder(what)
        }
        guard let number = OrderNumber.read(id), let order = try folder.order(number) else { throw .noOrder(what) }
        return order
    }

    /// Refuses a certificate's id that isn't the order's.
    static func check(_ certificateID: String, isOf order: LocalCA.Order) throws(CertificateError) {
        guard Hexadecimal.bytes(certificateID) == Hexadecimal.bytes(order.serialNumber) else {
            throw .noOrder("the id \(order.orderID) and the certificate \(certificateID)")
        }
    }
}
