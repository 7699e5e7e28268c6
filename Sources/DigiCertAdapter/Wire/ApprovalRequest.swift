public import CertProtocol

extension DigiCert {
    /// A request: an order, a reissue, a duplicate or a revocation that a person of the account approves or rejects.
    ///
    /// Sources: DigiCert's “List requests” (`GET /request`), “Request info” (`GET /request/{request_id}`, which adds the last
    /// four fields and a whole order) and the answer to “Revoke certificate” (`PUT /certificate/{certificate_id}/revoke`),
    /// which has no order.
    @dynamicMemberLookup
    public struct ApprovalRequest: Sendable, Hashable {
        /// What every request has; its fields can be read from this value directly.
        public let request: RequestInfo
        /// Its id.
        public let id: Int64
        /// Who asked.
        public let requester: UserInfo?
        /// Who decided.
        public let processor: UserInfo?
        /// The order that it belongs to. Its certificate and its organization may be missing.
        public let order: OrderBase?
        /// When it was decided; absent until then.
        public let dateProcessed: CertificateDate?
        /// Who reviews it.
        public let reviewer: UserInfo?
        /// What the decision said.
        public let processorComment: String?
        /// The last day of the order that is renewed.
        public let renewedOrderValidTill: CertificateDate?

        /// Reads the JSON object; `nil` where it is none, or has no readable `id`.
        public init?(_ value: JSONValue) {
            guard let request = RequestInfo(value), let id = value.rowID("id") else { return nil }
            self.request = request
            self.id = id
            requester = value.part("requester", UserInfo.init)
            processor = value.part("processor", UserInfo.init)
            order = value.part("order", OrderBase.init)
            dateProcessed = value.date("date_processed")
            reviewer = value.part("reviewer", UserInfo.init)
            processorComment = value.string("processor_comment")
            renewedOrderValidTill = value.object("order")?.date("renewal_of_order_valid_till")
        }

        /// The fields of ``request``.
        public subscript<Value>(dynamicMember field: KeyPath<RequestInfo, Value>) -> Value { request[keyPath: field] }
    }
}

extension DigiCert.ApprovalRequest: DigiCertRow {
    var key: UInt64 { UInt64(bitPattern: id) }
}
