public import CertProtocol

extension ExampleCA {
    /// A certificate, as it stands in lists and in orders.
    ///
    /// Source: the table of fields in the API's documentation (“Certificates”).
    public struct Certificate: Sendable, Hashable {
        /// `id`: counts up with every certificate.
        public let id: Int64

        /// Reads the JSON object; `nil` where it is none, or lacks the `id` that everything hangs on.
        public init?(_ value: JSONValue) {
            guard let id = value.integer("id") else { return nil }
            self.id = id
        }
    }
}
