internal import CertProtocol
internal import FoundationEssentials

/// An order that was placed or changed while the sandbox runs.
struct NCPMadeOrder: Sendable {
    /// The most years that an order has in all (SubscriptionExtend).
    static let mostYears = 3

    let id: String
    /// What is paid for.
    var years: Int
    /// When its first certificate was issued; `nil` until then.
    var start: Date?
    /// When what is paid for ends.
    var end: Date?
    /// Its certificates, oldest first.
    var certificates: [Int64]

    /// The years that can be added: none before anything was issued, and none after the end.
    func extendableYears(now: Date) -> Int {
        guard let end, end > now else { return 0 }
        return max(0, Self.mostYears - years)
    }

    /// What is paid for begins.
    mutating func begin(now: Date) {
        guard start == nil else { return }
        start = now
        end = now.addingTimeInterval(Double(years) * 365 * 86_400)
    }

    /// Adds years.
    mutating func extend(by more: Int) {
        years += more
        end = end?.addingTimeInterval(Double(more) * 365 * 86_400)
    }

    /// What ListOrders and GetOrder say of it.
    func subscription(now: Date) -> [(String, JSONNode)] {
        [
            ("orderId", .string(id)),
            ("subscriptionStartDt", .optional(start.map(SandboxDates.koreanDateTime))),
            ("subscriptionEndDt", .optional(end.map(SandboxDates.koreanDateTime))),
            ("subscriptionYears", .integer(Int64(years))),
            ("remainingDays", .optional(end.map { Int($0.timeIntervalSince(now) / 86_400) })),
            ("extendableYears", .integer(Int64(extendableYears(now: now)))),
        ]
    }
}
