public import CertProtocol

extension ExampleCA {
    /// The answer of `GET /orders/{order_id}`.
    ///
    /// Source: the table of fields in the API's documentation (“Orders”).
    public struct Order: Sendable, Hashable {
        /// `id`.
        public let id: Int64
        /// `state`: `requested`, `valid`, `revoked`, `expired`.
        public let state: String?
        /// `product`: the code of what was bought.
        public let product: String?
        /// `created_at`: when it was placed.
        public let createdAt: CertificateDate?
        /// `certificates`: what came of it, as it was sent.
        public let certificates: [JSONValue]

        /// Reads the JSON object; `nil` where it is none, or lacks the `id` that everything hangs on.
        public init?(_ value: JSONValue) {
            guard let id = value.integer("id") else { return nil }
            self.id = id
            state = value.string("state")
            product = value.string("product")
            createdAt = value.string("created_at").flatMap { CertificateDate($0) }
            certificates = value.array("certificates") ?? []
        }
    }
}
