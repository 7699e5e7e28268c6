internal import CertProtocol
internal import FoundationEssentials

/// The calls that only read, from the samples.
extension Trial {
    /// Calls of a declared capability with data from the samples.
    func calls(_ capability: Capability) async throws -> [PreparedCall] {
        switch capability {
        case .approvals:
            // The decision's sample makes a request wait, so that the list has one.
            let decision = try await mutation(.approvals)
            return [try await list(.approvals).call, decision]
        case _ where Self.lists.contains(capability): return [try await list(capability).call]
        case .orderDetail: return try await knownOrders().prefix(1).map(Self.detail)
        case .download:
            let request = try await samples.download.resolved(asking("download", "a certificate to download"))
            return [Self.download(request)]
        case .domainValidation:
            let request = try await samples.domainValidations.resolved(
                asking("domainValidations", "an order whose domains are validated"))
            return Self.validations(request)
        case .findOrder:
            let key = "certconformance-never-sent"
            return [
                Self.lookup(FindOrderRequest(operation: .issue, journalKey: key, sentAt: .now))
            ]
        default: return [try await mutation(capability)]
        }
    }

    func knownOrders() async throws -> [OrderReference] {
        let orders = try await samples.orders.resolved(
            asking("orders", "an order that exists for each declared lookup"))
        guard !orders.isEmpty else { throw Finding("`samples.orders` is empty. Name an order that exists.") }
        return orders
    }

    static func download(_ request: DownloadRequest) -> PreparedCall {
        PreparedCall(.download, request.format.rawValue) { provider, context throws(CertificateError) in
            .download(try await provider.download(request, context: context))
        }
    }

    static func detail(_ reference: OrderReference) -> PreparedCall {
        PreparedCall(.orderDetail, reference.lookup.rawValue) { provider, context throws(CertificateError) in
            .order(try await provider.orderDetail(OrderDetailRequest(reference), context: context))
        }
    }

    static func lookup(_ request: FindOrderRequest) -> PreparedCall {
        PreparedCall(.findOrder, request.operation.rawValue) { provider, context throws(CertificateError) in
            .found(try await provider.findOrder(request, context: context))
        }
    }

    static func validations(_ request: DomainValidationsRequest) -> [PreparedCall] {
        [
            PreparedCall(.domainValidation, "show") { provider, context throws(CertificateError) in
                .validations(try await provider.showDomainValidations(request, context: context))
            },
            PreparedCall(.domainValidation, "check") { provider, context throws(CertificateError) in
                .validations(try await provider.checkDomainValidations(request, context: context))
            },
        ]
    }

    /// The read that disturbances are tried with: the first that is declared and has data.
    func probe() async throws -> PreparedCall {
        let reads: [Capability] = [.listCertificates, .orderDetail, .listProducts, .listOrganizations, .listChanges]
        if let capability = reads.first(where: capabilities.operations.contains) {
            if let call = try await calls(capability).first { return call }
        }
        return PreparedCall(.listCertificates, "health check") { provider, context throws(CertificateError) in
            try await provider.checkHealth(HealthCheckRequest(), context: context)
            return .validations([])
        }
    }
}
