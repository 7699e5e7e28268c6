internal import CertProtocol
internal import FoundationEssentials

/// An order of Advanced certificates.
enum NCPOrder: Sendable {
    /// Order 900001 of the documentation's sample.
    case sample
    /// A generated order, by its position.
    case generated(Int)
    /// One that was placed, or changed, while the sandbox runs, with its certificates.
    case made(NCPMadeOrder, [NCPCertificate])

    static let firstGeneratedID = 910_001

    var id: String {
        switch self {
        case .sample: "900001"
        case .generated(let index): "\(Self.firstGeneratedID + index)"
        case .made(let order, _): order.id
        }
    }

    /// Every third generated order holds two certificates, which is what a reissue leaves behind.
    var certificates: [NCPCertificate] {
        switch self {
        case .sample: [.paidSample]
        case .generated(let index):
            (0..<(index.isMultiple(of: 3) ? 2 : 1)).map { .paid(order: index, position: $0) }
        case .made(_, let certificates): certificates
        }
    }

    /// The item of getPaidCertificates. One in twenty spells its id as the documentation's table does.
    func paidItem(today: Int) -> JSONNode {
        [
            (spellsIDAsTable ? "orderID" : "orderId"): .string(id),
            "certificates": .array(certificates.map { $0.item(today: today) }),
        ]
    }

    /// What ListOrders and GetOrder say of an order. The dates are null until its first certificate is issued.
    func subscription(today: Int) -> [(String, JSONNode)] {
        if case .made(let order, _) = self { return order.subscription(now: Date()) }
        let end = endDay(today: today)
        return [
            ("orderId", .string(id)),
            ("subscriptionStartDt", .optional(end.map { startText(end: $0) })),
            ("subscriptionEndDt", .optional(end.map { SandboxDates.dateTime($0, second: 86_399) })),
            ("subscriptionYears", 1),
            ("remainingDays", .optional(end.map { $0 - today })),
            ("extendableYears", .integer(end.map { $0 < today } ?? true ? 0 : 2)),
        ]
    }

    private var spellsIDAsTable: Bool {
        guard let first = certificates.first else { return false }
        return first.quirk == .olderKeys
    }

    /// The sample's certificate ends on 2027-03-01, and so does its order.
    private func endDay(today: Int) -> Int? {
        switch self {
        case .sample: 20_878
        case .generated(let index): certificates.contains { $0.isIssued } ? today + index % 365 - 10 : nil
        case .made: nil
        }
    }

    private func startText(end: Int) -> String {
        switch self {
        case .sample: "2026-03-01 10:15:30"
        case .generated, .made: SandboxDates.dateTime(end - 365, second: 36_930)
        }
    }
}
