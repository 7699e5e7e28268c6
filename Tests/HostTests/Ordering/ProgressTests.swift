import CertProtocol
import Testing

@testable import Host

@Suite("What an order says of a call")
struct ProgressTests {
    private func order(_ status: CertificateStatus, _ certificates: [(String, CertificateStatus)] = []) -> Order {
        var order = Order(
            provider: "ca", orderID: "7", status: status, providerStatus: status.name, raw: JSONValue(.null)
        )
        order.certificates = certificates.map { id, status in
            .sample(provider: "ca", order: "7", certificate: id, status: status)
        }
        return order
    }

    private func progress(
        _ operation: Capability, certificate: String? = nil, _ order: Order, isResult: Bool = true
    ) -> String {
        var receipt = Receipt(provider: "ca", operation: operation, state: .pending)
        receipt.certificateID = certificate
        receipt.awaiting = [.approval, .domainValidation]
        return switch receipt.progress(order, isResult: isResult) {
        case .receipt(let receipt):
            ([receipt.state.rawValue] + receipt.awaiting.map(\.rawValue) + [receipt.certificateID].compactMap(\.self))
                .joined(separator: " ")
        case .ended(let status): "ended \(status.name)"
        }
    }

    @Test("a new order is as far as its status says")
    func issue() {
        #expect(progress(.issue, order(.issued, [("5", .issued)])) == "issued 5")
        #expect(progress(.issue, order(.pending)) == "pending domain_validation")
        #expect(progress(.renew, order(.pendingApproval)) == "pending approval")
        #expect(progress(.issue, order(.reissuePending)) == "issued")
        #expect(progress(.issue, order(.rejected)) == "ended rejected")
        #expect(progress(.issue, order(.unknown("needs_coffee"))) == "pending domain_validation")
    }

    @Test("a further certificate of an order is as far as it is itself, never as far as the order's other one")
    func reissue() {
        #expect(
            progress(.duplicate, certificate: "6", order(.issued, [("5", .issued), ("6", .pending)]))
                == "pending domain_validation 6")
        #expect(progress(.reissue, certificate: "5", order(.reissuePending, [("5", .issued)])) == "issued 5")
        #expect(progress(.reissue, order(.reissuePending, [("5", .issued)])) == "pending domain_validation")
        // Which one it is, the key tells.
        #expect(progress(.duplicate, order(.issued, [("5", .issued)])) == "issued")
    }

    @Test("a revocation is done once what it was to reach is revoked")
    func revoke() {
        #expect(progress(.revoke, order(.revoked)) == "done")
        #expect(progress(.revoke, order(.revocationPending)).hasPrefix("pending"))
        #expect(progress(.revoke, order(.issued, [("5", .revoked)])).hasPrefix("pending"))
        #expect(progress(.revoke, certificate: "5", order(.issued, [("5", .revoked)])) == "done 5")
        #expect(progress(.revoke, certificate: "5", order(.issued, [("5", .issued)])).hasPrefix("pending"))
        #expect(progress(.revoke, certificate: "5", order(.issued, [("5", .revocationPending)])).hasPrefix("pending"))
        // A duplicate, which the order doesn't show: a lookup that has found it knows.
        #expect(progress(.revoke, certificate: "6", order(.issued, [("5", .issued)])) == "done 6")
        #expect(
            progress(.revoke, certificate: "6", order(.issued, [("5", .issued)]), isResult: false).hasPrefix("pending"))
    }

    @Test("what a lookup has found is done; an order that it is about is not yet")
    func others() {
        #expect(progress(.cancel, order(.pending), isResult: false).hasPrefix("pending"))
        #expect(progress(.cancel, order(.canceled), isResult: false) == "done")
        #expect(progress(.extend, order(.issued)) == "done")
        #expect(progress(.extend, order(.issued), isResult: false).hasPrefix("pending"))
        #expect(progress(.import, order(.issued, [("5", .issued)])) == "done 5")
    }
}
