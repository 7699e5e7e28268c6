public import CertProtocol

extension DigiCert {
    /// What a check of an order's domains found.
    ///
    /// Source: DigiCert's “DV SSL: Check DCV” (`PUT /order/certificate/{order_id}/check-dcv`).
    public struct DCVCheck: Sendable, Hashable {
        /// The order's status after the check, DigiCert's word.
        public let orderStatus: String?
        /// The certificate's id.
        public let certificateID: Int64?
        /// Where the proof stands as a whole: `valid` or `pending`.
        public let dcvStatus: String?
        /// Where it stands for each name.
        public let dnsNameValidations: [NameValidation]

        /// Reads the JSON object; `nil` where it is none.
        public init?(_ value: JSONValue) {
            guard value.kind == .object else { return nil }
            orderStatus = value.string("order_status")
            certificateID = value.integer("certificate_id")
            dcvStatus = value.string("dcv_status")
            dnsNameValidations = value.list("dns_name_validations", NameValidation.init)
        }

        /// Where the proof stands for one name.
        public struct NameValidation: Sendable, Hashable {
            /// The name.
            public let dnsName: String?
            /// `approved` once it was found.
            public let status: String?

            /// Reads the JSON object; `nil` where it is none.
            public init?(_ value: JSONValue) {
                guard value.kind == .object else { return nil }
                dnsName = value.string("dns_name")
                status = value.string("status")
            }
        }
    }
}
