import CertProtocol
import Host

/// A provider over rows in memory that pages by offset, as certificate authorities do.
final class MemoryProvider: CertificateProvider {
    typealias Listing = @Sendable (ListCertificatesRequest, Int) async throws(CertificateError) -> Page<Certificate>

    let capabilities: ProviderCapabilities
    private let id: String
    private let listing: Listing
    private let calls = Locked<[String]>([])

    var received: [String] { calls.withLock(\.self) }

    init(
        _ id: String, operations: Capabilities = [.listCertificates], lookups: [OrderLookup] = [],
        listing: @escaping Listing = { _, _ in Page(items: [], keys: []) }
    ) {
        self.id = id
        capabilities = ProviderCapabilities(operations: operations, lookups: lookups)
        self.listing = listing
    }

    func listCertificates(
        _ request: ListCertificatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        let number = calls.withLock { calls in
            calls.append("list \(request.cursor?.value ?? "-")")
            return calls.count - 1
        }
        return try await listing(request, number)
    }

    func orderDetail(
        _ request: OrderDetailRequest, context: OperationContext
    ) async throws(CertificateError) -> Order {
        calls.withLock { $0.append("order \(request.reference.value)") }
        guard context.deadline != nil else { throw CertificateError(.timeout, "No deadline was set.") }
        throw CertificateError(.notFound, "There is no such order.")
    }

    func listDuplicates(
        _ request: ListDuplicatesRequest, context: OperationContext
    ) async throws(CertificateError) -> Page<Certificate> {
        calls.withLock { $0.append("duplicates \(request.orderID)") }
        switch request.orderID {
        case "missing": throw CertificateError(.notFound, "There is no such order.")
        case "broken": throw CertificateError(.unavailable, "The server is down.")
        case "odd":
            var page = Page([Certificate.sample(provider: id, order: "odd", certificate: "odd-d1")]) {
                $0.certificateID ?? ""
            }
            page.problems = [RowProblem(reason: "It has no id.", raw: JSONValue(.null))]
            return page
        default: break
        }
        // The primary certificate stands in the list too, as DigiCert does it.
        let certificates = [request.orderID, request.orderID + "-d1", request.orderID + "-d2"].map {
            Certificate.sample(provider: id, order: request.orderID, certificate: $0)
        }
        return Page(certificates) { $0.certificateID ?? "" }
    }

    /// A factory of this very provider.
    var factory: AdapterFactory {
        AdapterFactory(name: id, title: "Memory", settings: SettingsDeclaration([]), defaultLimits: []) {
            _, _ throws(CertificateError) in self
        }
    }
}

extension Certificate {
    static func sample(
        provider: String, order: String, certificate: String? = nil, names: [String] = [],
        status: CertificateStatus = .issued, notAfter: String? = nil
    ) -> Certificate {
        var sample = Certificate(provider: provider, status: status, providerStatus: status.name, raw: JSONValue(.null))
        sample.orderID = order
        sample.certificateID = certificate ?? order
        sample.commonName = names.first
        sample.dnsNames = Array(names.dropFirst())
        sample.notAfter = notAfter.flatMap { CertificateDate($0) }
        return sample
    }
}

extension CertificateHost {
    /// A host over these providers.
    init(_ providers: [MemoryProvider], disabled: Set<String> = [], routes: [Route] = []) throws {
        try self.init(factories: providers.map(\.factory), disabled: disabled, routes: routes)
    }

    /// A host with one provider of each of these adapters.
    init(
        factories: [AdapterFactory], concurrency: Int = 4, disabled: Set<String> = [], routes: [Route] = []
    ) throws {
        try self.init(
            configuration: HostConfiguration(
                journalPath: "",
                providers: factories.map {
                    ProviderConfiguration(
                        id: $0.name, adapter: $0.name, isEnabled: !disabled.contains($0.name), concurrency: concurrency,
                        limits: [], settings: SettingsValues([:])
                    )
                }, routes: routes
            ),
            registry: AdapterRegistry(factories)
        )
    }
}
