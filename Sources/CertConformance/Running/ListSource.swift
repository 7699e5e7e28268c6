internal import CertProtocol

/// A list of a provider: how a page of it is read.
struct ListSource: Sendable {
    let capability: Capability
    /// Whether rows have a status.
    let hasStatus: Bool
    let read:
        @Sendable (any CertificateProvider, Cursor?, _ pageSize: Int?, OperationContext) async throws(CertificateError)
            ->
            ListedPage

    init(
        _ capability: Capability, hasStatus: Bool = true,
        _ read:
            @escaping @Sendable (
                any CertificateProvider, Cursor?, _ pageSize: Int?, OperationContext
            ) async throws(CertificateError) -> ListedPage
    ) {
        self.capability = capability
        self.hasStatus = hasStatus
        self.read = read
    }

    /// The first page of it, as a call.
    var call: PreparedCall {
        let read = read
        return PreparedCall(capability) { provider, context throws(CertificateError) in
            .page(try await read(provider, nil, nil, context))
        }
    }
}

extension Trial {
    /// The capabilities that are lists.
    static let lists: [Capability] = [
        .listCertificates, .listDuplicates, .listReissues, .listSubaccountOrders, .listChanges, .listProducts,
        .listOrganizations, .approvals,
    ]

    /// The lists that are declared.
    var declaredLists: [Capability] { Self.lists.filter(capabilities.operations.contains) }

    /// A list, with the order that it is about from the samples.
    func list(_ capability: Capability) async throws -> ListSource {
        switch capability {
        case .listDuplicates:
            let order = try await samples.orderWithDuplicates.resolved(
                asking("orderWithDuplicates", "the id of an order that has duplicates"))
            return Self.duplicates(of: order)
        case .listReissues:
            let order = try await samples.orderWithReissues.resolved(
                asking("orderWithReissues", "the id of an order that was reissued"))
            return Self.reissues(of: order)
        case .listChanges: return Self.changes(since: samples.changesSince)
        default:
            guard let source = Self.plainList(capability) else {
                throw Finding("The kit does not know the list \(capability.rawValue). Update the kit.")
            }
            return source
        }
    }

    /// A list that needs no more than its name.
    static func plainList(_ capability: Capability) -> ListSource? {
        switch capability {
        case .listCertificates:
            ListSource(capability) { provider, cursor, size, context throws(CertificateError) in
                let request = ListCertificatesRequest(pageSize: size, cursor: cursor)
                return ListedPage(try await provider.listCertificates(request, context: context), ListedRow.init)
            }
        case .listSubaccountOrders:
            ListSource(capability) { provider, cursor, _, context throws(CertificateError) in
                let request = ListSubaccountOrdersRequest(cursor: cursor)
                return ListedPage(try await provider.listSubaccountOrders(request, context: context), ListedRow.init)
            }
        case .listProducts:
            ListSource(capability, hasStatus: false) { provider, cursor, _, context throws(CertificateError) in
                let request = ListProductsRequest(cursor: cursor)
                return ListedPage(try await provider.listProducts(request, context: context), ListedRow.init)
            }
        case .listOrganizations:
            ListSource(capability, hasStatus: false) { provider, cursor, _, context throws(CertificateError) in
                let request = ListOrganizationsRequest(cursor: cursor)
                return ListedPage(try await provider.listOrganizations(request, context: context), ListedRow.init)
            }
        case .approvals:
            ListSource(capability, hasStatus: false) { provider, cursor, _, context throws(CertificateError) in
                let request = ListApprovalsRequest(cursor: cursor)
                return ListedPage(try await provider.listApprovals(request, context: context), ListedRow.init)
            }
        default: nil
        }
    }

    static func duplicates(of order: String) -> ListSource {
        ListSource(.listDuplicates) { provider, cursor, _, context throws(CertificateError) in
            let request = ListDuplicatesRequest(orderID: order, cursor: cursor)
            return ListedPage(try await provider.listDuplicates(request, context: context), ListedRow.init)
        }
    }

    static func reissues(of order: String) -> ListSource {
        ListSource(.listReissues) { provider, cursor, _, context throws(CertificateError) in
            let request = ListReissuesRequest(orderID: order, cursor: cursor)
            return ListedPage(try await provider.listReissues(request, context: context), ListedRow.init)
        }
    }

    static func changes(since: Duration) -> ListSource {
        ListSource(.listChanges) { provider, cursor, _, context throws(CertificateError) in
            let request = ListChangesRequest(since: since, cursor: cursor)
            return ListedPage(try await provider.listChanges(request, context: context), ListedRow.init)
        }
    }
}
