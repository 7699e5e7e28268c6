internal import CertProtocol

/// The `filters[…]` of "List orders": every named filter must match, and any one of its values does.
struct DigiCertOrderFilter: Sendable {
    typealias Facet = @Sendable (any DigiCertOrder) -> [String]

    /// Compared as text, whatever the case; a value that starts with `%` is contained.
    private static let texts: [String: Facet] = [
        "id": { ["\($0.id)"] },
        // "issued" also returns orders whose certificate has expired since ("List orders", filter `status`).
        "status": { $0.status == "expired" ? ["expired", "issued"] : [$0.status] },
        "organization_id": { $0.organizationID.map { ["\($0)"] } ?? [] },
        "product_name_id": { [$0.productNameID] },
        "user_id": { _ in ["\(DigiCertAccount.userID)"] },
        "container_id": { _ in ["\(DigiCertAccount.containerID)"] },
        "common_name": { $0.commonName.map { [$0] } ?? [] },
        "domain_name": { order in (order.commonName.map { [$0] } ?? []) + (order.dnsNames ?? []) },
        "is_renewed": { [$0.isRenewed ? "1" : "0"] },
        "disable_renewal_notifications": { _ in ["0"] },
        "email": { _ in [DigiCertAccount.email] },
        "certificate_id": { $0.certificateIDs.map { "\($0)" } },
        "origin": { _ in ["certcentral"] },
        "serial_number": { $0.serialNumber.map { [$0] } ?? [] },
        "search": { order in (order.commonName.map { [$0] } ?? []) + [DigiCertAccount.email] },
    ]

    /// Compared as days: `<day`, `>day`, `from...to`, or the day itself. `NOW` is the current day, and `null` matches
    /// where there is none.
    private static let days: [String: Facet] = [
        "valid_till": { $0.validTill.map { [$0] } ?? [] },
        "date_created": { [$0.dateCreated] },
    ]

    private var conditions: [@Sendable (any DigiCertOrder) -> Bool] = []

    /// Whether every order matches.
    var isEmpty: Bool { conditions.isEmpty }

    init(_ filters: [String: [String]], today: Int) throws {
        for (name, values) in filters {
            if let facet = Self.texts[name] {
                let values = values.map { $0.lowercased() }
                conditions.append { order in
                    let texts = facet(order).map { $0.lowercased() }
                    return values.contains { value in Self.matches(texts, value) }
                }
            } else if let facet = Self.days[name] {
                let values = values.map { $0.replacing("NOW", with: SandboxDates.day(today)) }
                conditions.append { order in
                    let day = facet(order).first
                    return values.contains { value in Self.matches(day: day, value) }
                }
            } else {
                throw DigiCertAnswers.badRequest("There is no filter \(name).")
            }
        }
    }

    func matches(_ order: any DigiCertOrder) -> Bool { conditions.allSatisfy { $0(order) } }

    private static func matches(_ texts: [String], _ value: String) -> Bool {
        guard value.hasPrefix("%") else { return texts.contains(value) }
        let part = value.dropFirst()
        return texts.contains { $0.contains(part) }
    }

    private static func matches(day: String?, _ value: String) -> Bool {
        guard let day else { return value == "null" }
        if value.hasPrefix(">") { return day.prefix(value.count - 1) > value.dropFirst() }
        if value.hasPrefix("<") { return day.prefix(value.count - 1) < value.dropFirst() }
        guard let range = value.firstRange(of: "...") else { return day.hasPrefix(value) }
        let from = value[..<range.lowerBound]
        let to = value[range.upperBound...]
        return day.prefix(from.count) >= from && day.prefix(to.count) <= to
    }
}
