public import CertProtocol

extension DigiCert {
    /// The answer to an order, a renewal, a reissue or a duplicate. Which fields it has tells what the order waits for.
    ///
    /// Sources: DigiCert's “Order OV/EV SSL” and “Order DV SSL” (`POST /order/certificate/{product_name_id}`), “Reissue
    /// certificate” (`POST /order/certificate/{order_id}/reissue`) and “Duplicate certificate” (`POST
    /// /order/certificate/{order_id}/duplicate`).
    public struct PlacedOrder: Sendable, Hashable {
        /// The order's id.
        public let id: Int64
        /// The requests that it led to. One that is `pending` or `submitted` waits for a person.
        public let requests: [RequestInfo]
        /// The id of the certificate that was made, or will be; absent while an approval is awaited, and often for
        /// reissues and duplicates.
        public let certificateID: Int64?
        /// The certificate and its issuers, where it was issued at once.
        public let certificateChain: [ChainCertificate]
        /// The domains that an order of organization validation needs. The answer to a reissue has none.
        public let domains: [OrderedDomain]
        /// The value to be published for an order of domain validation.
        public let dcvRandomValue: String?

        /// Reads the JSON object; `nil` where it is none, or has no readable `id`.
        public init?(_ value: JSONValue) {
            guard value.kind == .object, let id = value.rowID("id") else { return nil }
            self.id = id
            requests = value.list("requests", RequestInfo.init)
            certificateID = value.integer("certificate_id")
            certificateChain = value.list("certificate_chain", ChainCertificate.init)
            domains = value.list("domains", OrderedDomain.init)
            dcvRandomValue = value.string("dcv_random_value")
        }
    }

    /// A domain that an order needs.
    ///
    /// Source: `domains` of the answer to “Order OV/EV SSL”.
    public struct OrderedDomain: Sendable, Hashable {
        /// The domain's id.
        public let id: Int64?
        /// Its name; sent as `name` or as `dns_name`.
        public let name: String?
        /// The value to be published for it.
        public let dcvToken: DCVToken?

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            id = value.integer("id")
            name = value.string("name") ?? value.string("dns_name")
            dcvToken = value.part("dcv_token", DCVToken.init)
        }
    }
}
