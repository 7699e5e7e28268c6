internal import AdapterHTTP
internal import CertProtocol
internal import HTTPTypes

extension DigiCert {
    /// Cancels an order that is pending, or its pending reissue.
    ///
    /// Source: DigiCert's “Update order status” (`PUT /order/certificate/{order_id}/status`). It is answered without a body.
    struct Cancellation: DigiCertCall {
        /// The order.
        var order: String
        /// `note`: why.
        var note: String?

        var call: HTTPCall {
            let body = JSONNode.record([("status", "canceled"), ("note", note.map(JSONNode.string))])
            return HTTPCall(.put, "/order/certificate/\(order)/status", effect: .mutation, json: body)
        }
    }
}
