import CertConformance
import CertProtocol
import Foundation

/// What a real account is tried with: what it shows by itself, and what the variables name.
struct LiveSamples: Sendable {
    let variables: [String: String]
    let provider: any CertificateProvider

    func samples() -> Samples {
        var samples = Samples()
        samples.orders = .made { try await knownOrders() }
        samples.missingOrder = named("CERTHOST_LIVE_MISSING_ORDER") { .order($0) }
        samples.orderWithDuplicates = named("CERTHOST_LIVE_ORDER_WITH_DUPLICATES") { $0 }
        samples.orderWithReissues = named("CERTHOST_LIVE_ORDER_WITH_REISSUES") { $0 }
        samples.download = .made { DownloadRequest(orderID: try await order(), format: .pem) }
        samples.domainValidations = .made { DomainValidationsRequest(orderID: try await order()) }
        samples.issue = newOrder()
        let reason = "A live run tries no more than an order."
        samples.renew = .withheld(because: reason)
        samples.reissue = .withheld(because: reason)
        samples.duplicate = .withheld(because: reason)
        samples.extend = .withheld(because: reason)
        samples.revocations = .withheld(because: reason)
        samples.revocationByKey = .withheld(because: reason)
        samples.cancel = .withheld(because: reason)
        samples.delete = .withheld(because: reason)
        samples.importCertificate = .withheld(because: reason)
        samples.autoRenewal = .withheld(because: reason)
        samples.domainValidationChange = .withheld(because: reason)
        samples.approval = .withheld(because: reason)
        return samples
    }

    private func named<Value: Sendable>(
        _ variable: String, _ value: @escaping @Sendable (String) -> Value
    ) -> Supplied<Value> {
        variables[variable].map { .value(value($0)) } ?? .withheld(because: "\(variable) names none.")
    }

    private func newOrder() -> Supplied<IssueRequest> {
        guard let product = variables["CERTHOST_LIVE_PRODUCT"], let domain = variables["CERTHOST_LIVE_DOMAIN"],
            let file = variables["CERTHOST_LIVE_CSR"]
        else {
            return .withheld(
                because: "CERTHOST_LIVE_PRODUCT, CERTHOST_LIVE_DOMAIN and CERTHOST_LIVE_CSR name no order.")
        }
        let organization = variables["CERTHOST_LIVE_ORGANIZATION"]
        return .made {
            let request = try String(contentsOfFile: file, encoding: .utf8)
            var issue = IssueRequest(
                product: product, contents: CertificateContents(signingRequest: request, commonName: domain))
            issue.organizationID = organization
            return issue
        }
    }

    // MARK: What the account shows

    private func order() async throws -> String {
        if let order = variables["CERTHOST_LIVE_ORDER"] { return order }
        let certificates = try await listed()
        let issued = certificates.first { $0.status == .issued } ?? certificates.first
        guard let order = issued?.orderID else {
            throw LiveRun.Mistake(description: "The account shows no order. Name one in CERTHOST_LIVE_ORDER.")
        }
        return order
    }

    func knownOrders() async throws -> [OrderReference] {
        let order = try await order()
        var references = [OrderReference.order(order)]
        let detail = try await provider.orderDetail(OrderDetailRequest(.order(order)), context: context)
        let certificate = detail.certificates.first
        references += certificate?.serialNumber.map { [.serial($0)] } ?? []
        references += certificate?.thumbprint.map { [.thumbprint($0)] } ?? []
        return references
    }

    private func listed() async throws -> [Certificate] {
        guard provider.capabilities.operations.contains(.listCertificates) else { return [] }
        return try await provider.listCertificates(ListCertificatesRequest(), context: context).items
    }

    /// What samples are looked for with: nothing that changes anything may leave, whatever an adapter takes for reading.
    private var context: OperationContext {
        var context = OperationContext()
        context.beforeSending = { _ throws(CertificateError) in
            throw CertificateError(.invalidRequest, "Samples are only looked for, so nothing may be changed.")
        }
        return context
    }
}
