public import CertProtocol

extension ExampleCA {
    /// A certificate, as it stands in lists and in orders.
    ///
    /// Source: the table of fields in the API's documentation (“Certificates”).
    public struct Certificate: Sendable, Hashable {
        /// `id`: counts up with every certificate.
        public let id: Int64
        /// `order_id`: the order that it came of.
        public let orderID: Int64?
        /// `common_name`: the common name of the subject.
        public let commonName: String?
        /// `names`: the names of the subject alternative name extension.
        public let names: [String]?
        /// `state`: `requested`, `valid`, `revoked`, `expired`.
        public let state: String?
        /// `serial`: the serial number, hexadecimal; none before it is issued.
        public let serial: String?
        /// `valid_from`: the start of its validity.
        public let validFrom: CertificateDate?
        /// `valid_to`: the end of its validity.
        public let validTo: CertificateDate?

        /// Reads the JSON object; `nil` where it is none, or lacks the `id` that everything hangs on.
        public init?(_ value: JSONValue) {
            guard let id = value.integer("id") else { return nil }
            self.id = id
            orderID = value.integer("order_id")
            commonName = value.string("common_name")
            names = value.strings("names")
            state = value.string("state")
            serial = value.string("serial")
            validFrom = value.string("valid_from").flatMap { CertificateDate($0) }
            validTo = value.string("valid_to").flatMap { CertificateDate($0) }
        }
    }
}
