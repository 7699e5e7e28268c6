public import CertProtocol

extension ExampleCA {
    /// The answer of `GET /certificates`.
    ///
    /// Source: the API's documentation (“Lists”).
    public struct CertificateList: Sendable, Hashable {
        /// `certificates`: the rows as they were sent, since one that can't be read must not cost the others.
        public let certificates: [JSONValue]
        /// `has_more`: whether further rows follow.
        public let hasMore: Bool?

        /// Reads the JSON object; `nil` where it has no list.
        public init?(_ value: JSONValue) {
            guard let certificates = value.array("certificates") else { return nil }
            self.certificates = certificates
            hasMore = value.boolean("has_more")
        }
    }
}
