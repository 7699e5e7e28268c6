internal import CertProtocol
internal import DigiCertAdapter
internal import Foundation
internal import Host

/// An order that is renewed, reissued or duplicated: what is taken over from it, and what one should know of it.
struct HeldOrder: Sendable {
    private let order: Order
    private let certificate: Certificate?
    private let today: CalendarDay

    /// From this many days before the end of a paid order on it may be renewed; what is left then is added by most authorities.
    private static let renewalDays = 90

    init(_ order: Order, now: Date) {
        self.order = order
        certificate = order.certificates.first
        today = CalendarDay(now)
    }

    /// Its names, the common name first.
    var names: [String] {
        var names: [String] = []
        for name in [certificate?.commonName].compactMap(\.self) + (certificate?.dnsNames ?? []) {
            if let label = DomainName.normalized(name), !names.contains(label) { names.append(label) }
        }
        return names
    }

    /// Its product.
    var product: String? { order.product }

    /// The authority's id of its organization.
    func organizationID(adapter: String) -> String? {
        guard adapter == DigiCert.adapterName else { return nil }
        return DigiCert.OrderInfo(order.raw)?.organization?.id.map { "\($0)" }
    }

    /// Whether it should rather be reissued than renewed, or the other way round; `nil` where that can't be told, and where the
    /// provider offers one of them only.
    func advice(for operation: Capability, offered: Capabilities) -> String? {
        guard let end = order.validUntil, offered.contains(.renew), offered.contains(.reissue) else { return nil }
        let name = "\(order.provider)/\(order.orderID)"
        let days = Int((end.startInUTC.timeIntervalSince(today.startInUTC) / 86_400).rounded(.down))
        let paid = "\(name) is paid until \(end.text.prefix(10)) (\(days) \(days == 1 ? "day" : "days") left)"
        switch operation {
        case .renew where days > Self.renewalDays:
            return "\(paid): certhost reissue \(name) gives a new certificate at no charge. A renewal is advised from "
                + "\(Self.renewalDays) days before the end."
        case .renew: return "\(paid): a renewal is right."
        case .reissue where days <= 0:
            return "\(paid): certhost renew \(name) is advised, because nothing is paid any more."
        case .reissue where days <= Self.renewalDays:
            return "\(paid), and a reissued certificate ends with it: certhost renew \(name) is advised."
        case .reissue: return "\(paid): a reissue is right."
        default: return nil
        }
    }
}
