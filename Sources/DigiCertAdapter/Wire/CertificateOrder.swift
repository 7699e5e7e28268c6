internal import AdapterHTTP
internal import CertProtocol
internal import HTTPTypes

extension DigiCert {
    /// An order, a renewal, a reissue or a duplicate.
    ///
    /// Sources: the parameter tables of DigiCert's “Order OV/EV SSL”, “Order DV SSL” (`POST
    /// /order/certificate/{product_name_id}`), “Reissue certificate” (`POST /order/certificate/{order_id}/reissue`) and
    /// “Duplicate certificate” (`POST /order/certificate/{order_id}/duplicate`). Nothing of a subject is read from the request
    /// for a certificate, and a reissue carries nothing over: every field has to be sent each time.
    struct CertificateOrder: DigiCertCall {
        /// What is ordered, and with it the path.
        enum Kind: Sendable {
            /// A new order, or one that renews another, of this product.
            case order(product: String)
            /// Another certificate in place of an order's.
            case reissue(order: String)
            /// A further certificate of an order.
            case duplicate(order: String)
        }

        /// A period, as exactly one of three members (“Multi-year plan”).
        enum Period: Sendable {
            /// `years`.
            case years(Int)
            /// `days`.
            case days(Int)
            /// `custom_expiration_date`.
            case until(CalendarDay)

            fileprivate var json: JSONNode {
                switch self {
                case .years(let years): ["years": .integer(Int64(years))]
                case .days(let days): ["days": .integer(Int64(days))]
                case .until(let day): ["custom_expiration_date": .string(day.description)]
                }
            }
        }

        /// DigiCert's number for a server that isn't in its list.
        private static let otherPlatform: Int64 = -1

        var kind: Kind
        /// `certificate`, but for its period.
        var contents: CertificateContents
        /// `certificate.cert_validity`.
        var certificateValidity: Period?
        /// `organization.id`.
        var organizationID: Int64?
        /// `order_validity`: the period that is paid for; `nil` within an order.
        var orderValidity: Period?
        /// `dcv_method`.
        var dcvMethod: String?
        /// `comments`.
        var comments: String?
        /// `renewal_of_order_id`: the order that is renewed.
        var renewalOf: Int64?
        /// `alternative_order_id`: the customer's own id of the order, by which it can be found again.
        var alternativeOrderID: String?

        var call: HTTPCall {
            let target: RequestTarget =
                switch kind {
                case .order(let product): "/order/certificate/\(product)"
                case .reissue(let order): "/order/certificate/\(order)/reissue"
                case .duplicate(let order): "/order/certificate/\(order)/duplicate"
                }
            return HTTPCall(.post, target, effect: .mutation, json: body)
        }

        private var body: JSONNode {
            let certificate = JSONNode.record([
                ("common_name", .string(contents.commonName)), ("dns_names", .strings(contents.dnsNames)),
                ("csr", .string(contents.signingRequest)), ("signature_hash", "sha256"),
                ("server_platform", ["id": .integer(Self.otherPlatform)]),
                ("cert_validity", certificateValidity.map(\.json)),
            ])
            return .record([
                ("certificate", certificate),
                ("organization", organizationID.map { ["id": .integer($0)] }),
                ("order_validity", orderValidity.map(\.json)),
                ("dcv_method", dcvMethod.map(JSONNode.string)),
                ("comments", comments.map(JSONNode.string)),
                ("renewal_of_order_id", renewalOf.map(JSONNode.integer)),
                ("alternative_order_id", alternativeOrderID.map(JSONNode.string)),
            ])
        }

        func read(_ answer: HTTPAnswer) throws(CertificateError) -> PlacedOrder {
            guard let order = PlacedOrder(try answer.jsonObject()) else {
                throw answer.malformed("The answer to the order has no readable id.")
            }
            return order
        }
    }
}
