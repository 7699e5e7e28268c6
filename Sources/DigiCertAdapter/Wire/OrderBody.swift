internal import CertProtocol

/// The body of an order, a renewal, a reissue or a duplicate.
///
/// Sources: the parameter tables of DigiCert's “Order OV/EV SSL”, “Order DV SSL” (`POST
/// /order/certificate/{product_name_id}`), “Reissue certificate” and “Duplicate certificate”. Nothing of a subject is read
/// from the request for a certificate, and a reissue carries nothing over: every field has to be sent each time.
struct OrderBody: Sendable {
    /// DigiCert's number for a server that isn't in its list.
    private static let otherPlatform: Int64 = -1

    var contents: CertificateContents
    var organizationID: Int64?
    /// The period that is paid for; `nil` within an order.
    var orderValidity: ValidityPeriod?
    var dcvMethod: String?
    var comments: String?
    /// The order that is renewed.
    var renewalOf: Int64?
    /// The customer's own id of the order, by which it can be found again.
    var alternativeOrderID: String?

    init(contents: CertificateContents) { self.contents = contents }

    var json: JSONNode {
        let certificate: [(String, JSONNode?)] = [
            ("common_name", .string(contents.commonName)), ("dns_names", .strings(contents.dnsNames)),
            ("csr", .string(contents.signingRequest)), ("signature_hash", "sha256"),
            ("server_platform", ["id": .integer(Self.otherPlatform)]),
            ("cert_validity", contents.validity.map(Self.json)),
        ]
        let members: [(String, JSONNode?)] = [
            ("certificate", Self.record(certificate)),
            ("organization", organizationID.map { ["id": .integer($0)] }),
            ("order_validity", orderValidity.map(Self.json)),
            ("dcv_method", dcvMethod.map(JSONNode.string)),
            ("comments", comments.map(JSONNode.string)),
            ("renewal_of_order_id", renewalOf.map(JSONNode.integer)),
            ("alternative_order_id", alternativeOrderID.map(JSONNode.string)),
        ]
        return Self.record(members)
    }

    /// Exactly one of three members (“Multi-year plan”).
    private static func json(_ period: ValidityPeriod) -> JSONNode {
        switch period {
        case .years(let years): ["years": .integer(Int64(years))]
        case .days(let days): ["days": .integer(Int64(days))]
        case .until(let day): ["custom_expiration_date": .string(day.description)]
        }
    }

    private static func record(_ members: [(String, JSONNode?)]) -> JSONNode {
        .object(members.compactMap { member in member.1.map { (member.0, $0) } })
    }
}
