internal import CertProtocol

/// An organization of the account, in the shapes of "List organizations" and of an order.
struct DigiCertOrganization: Sendable {
    let id: Int64
    let name: String
    let assumedName: String?
    let city: String
    let state: String
    let country: String
    let isActive: Bool
    let contactName: (first: String, last: String)

    /// The organization of the documentation's sample orders.
    static let sample = DigiCertOrganization(
        id: 112_233,
        name: "Epigyne Unwieldiness llc",
        assumedName: "Epigyne Unwieldiness",
        city: "Minneapolis",
        state: "mn",
        country: "us",
        isActive: true,
        contactName: ("Gia", "Booth")
    )
    static let korean = DigiCertOrganization(
        id: 112_234,
        name: "주식회사 예시클라우드",
        assumedName: nil,
        city: "성남시",
        state: "경기도",
        country: "kr",
        isActive: true,
        contactName: ("길동", "홍")
    )
    static let inactive = DigiCertOrganization(
        id: 112_235,
        name: "Former Sample Partners, Inc.",
        assumedName: nil,
        city: "Lehi",
        state: "ut",
        country: "us",
        isActive: false,
        contactName: ("Jan", "Sport")
    )

    static let all = [sample, korean, inactive]

    var status: String { isActive ? "active" : "inactive" }

    /// As in the list of orders.
    var brief: JSONNode { ["id": .integer(id), "name": .string(name)] }

    /// As in "Order info".
    var detail: JSONNode {
        .record([
            ("id", .integer(id)), ("name", .string(name)), ("assumed_name", assumedName.map(JSONNode.string)),
            ("display_name", .string(displayName)), ("city", .string(city)), ("state", .string(state)),
            ("country", .string(country)),
        ])
    }

    /// As in "List organizations", where unset members are left out.
    var listed: JSONNode {
        .record([
            ("id", .integer(id)), ("status", .string(status)), ("name", .string(name)),
            ("assumed_name", assumedName.map(JSONNode.string)), ("display_name", .string(displayName)),
            ("is_active", .boolean(isActive)), ("address", "1 Sample Street"), ("zip", "00000"),
            ("city", .string(city)), ("state", .string(state)), ("country", .string(country)),
            ("container", DigiCertAccount.container),
        ])
    }

    var contact: JSONNode {
        [
            "first_name": .string(contactName.first), "last_name": .string(contactName.last),
            "email": "contact@example.com", "job_title": "Administrator", "telephone": "000-000-0000",
        ]
    }

    private var displayName: String { assumedName.map { "\(name) (\($0))" } ?? name }
}
