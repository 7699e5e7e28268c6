internal import CertProtocol
internal import FoundationEssentials

/// One call of an operation with all that it takes, ready to be made.
struct PreparedCall: Sendable {
    typealias Perform =
        @Sendable (any CertificateProvider, OperationContext) async throws(CertificateError) -> CallResult

    let capability: Capability
    /// The call in words: `revoke (whole-order)`.
    let name: String
    let perform: Perform
    /// What a journal would ask after it; `nil` for reads.
    var lookup: (@Sendable (String, Date) -> FindOrderRequest)?

    init(_ capability: Capability, _ detail: String? = nil, _ perform: @escaping Perform) {
        self.capability = capability
        name = detail.map { "\(capability.rawValue) (\($0))" } ?? capability.rawValue
        self.perform = perform
    }

    /// The same call, and what a journal would ask after it.
    func lookedUp(_ fill: @escaping @Sendable (inout FindOrderRequest) -> Void) -> PreparedCall {
        let capability = capability
        var call = self
        call.lookup = { key, sentAt in
            var request = FindOrderRequest(operation: capability, journalKey: key, sentAt: sentAt)
            fill(&request)
            return request
        }
        return call
    }
}

/// What a call gave.
enum CallResult: Sendable {
    case page(ListedPage)
    case order(Order)
    case receipt(Receipt)
    case download(CertificateDownload)
    case validations([DomainValidation])
    case found(FoundOrder)

    /// The receipt, where there is one.
    var receipt: Receipt? { if case .receipt(let receipt) = self { receipt } else { nil } }
}

extension Capability {
    /// Whether an operation of it orders, changes or ends something.
    var isMutating: Bool {
        switch self {
        case .listCertificates, .orderDetail, .listDuplicates, .listReissues, .listSubaccountOrders, .listChanges,
            .listProducts, .listOrganizations, .findOrder, .download, .domainValidation:
            false
        default: true
        }
    }
}

extension ProviderCapabilities {
    /// What is declared and changes something, in the usual order.
    var mutations: [Capability] { operations.elements.filter(\.isMutating) }
}
