internal import CertProtocol

/// One order of the main account, in every shape that the API shows it in.
protocol DigiCertOrder: Sendable {
    var id: Int64 { get }
    var status: String { get }
    var productNameID: String { get }
    var organizationID: Int64? { get }
    /// The primary certificate's; `nil` before there is one.
    var certificateID: Int64? { get }
    var serialNumber: String? { get }
    var thumbprint: String? { get }
    var commonName: String? { get }
    var dnsNames: [String]? { get }
    /// `yyyy-MM-dd`.
    var validTill: String? { get }
    var dateCreated: String { get }
    var isRenewed: Bool { get }
    /// How long ago the status changed last.
    var secondsSinceStatusChange: Int { get }

    /// The item of "List orders".
    var listRow: JSONNode { get }
    /// The answer of "Order info".
    var info: JSONNode { get }
    /// The items of "List duplicates".
    func duplicates(showingArchived: Bool) -> [JSONNode]
    /// The items of "List reissues".
    var reissues: [JSONNode] { get }
    /// The ids of all its certificates, also of those that a reissue has taken the place of.
    var certificateIDs: [Int64] { get }
}

extension DigiCertOrder {
    var certificateIDs: [Int64] {
        let copies = duplicates(showingArchived: true) + reissues
        return [certificateID].compactMap(\.self) + copies.compactMap { JSONValue($0).integer("id") }
    }

    /// Whether a request of it waits for an approval. The documentation's sample of an issued order shows a request that
    /// waits too, the same as the other sample's.
    var waitsForDecision: Bool { ["needs_approval", "reissue_pending"].contains(status) }

    /// The ids of the requests made within it.
    var requestIDs: [Int64] {
        (JSONValue(info).array("requests") ?? []).compactMap { $0.integer("id") }
    }
}

/// What every order of this account shares.
enum DigiCertAccount {
    static let containerID: Int64 = 15
    static let userID: Int64 = 44
    static let email = "john.smith@digicert.com"
    static let container: JSONNode = ["id": 15, "name": "History Department", "is_active": true]
    static let user: JSONNode = [
        "id": 44, "first_name": "John", "last_name": "Smith", "email": .string(email),
    ]
}
