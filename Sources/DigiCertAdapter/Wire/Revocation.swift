internal import AdapterHTTP
internal import CertProtocol
internal import HTTPTypes

extension DigiCert {
    /// Asks for a revocation.
    ///
    /// Sources: DigiCert's “Revoke certificate” (`PUT /certificate/{certificate_id}/revoke`) and “Revoke order certificates”
    /// (`PUT /order/certificate/{order_id}/revoke`), which is about every certificate of the order.
    struct Revocation: DigiCertCall {
        /// The order.
        var order: String
        /// The one certificate; `nil` for every one of the order.
        var certificate: String?
        /// `revocation_reason`.
        var reason: String
        /// `comments`.
        var comments: String?

        var call: HTTPCall {
            let target: RequestTarget =
                if let certificate {
                    "/certificate/\(certificate)/revoke"
                } else {
                    "/order/certificate/\(order)/revoke"
                }
            let body = JSONNode.record([
                ("revocation_reason", .string(reason)), ("comments", comments.map(JSONNode.string)),
            ])
            return HTTPCall(.put, target, effect: .mutation, json: body)
        }

        /// The request that waits for approval; `nil` where it was done at once, which is answered without a body.
        func read(_ answer: HTTPAnswer) throws(CertificateError) -> ApprovalRequest? {
            guard !answer.body.isEmpty else { return nil }
            guard let request = ApprovalRequest(try answer.jsonObject()) else {
                throw answer.malformed("The answer to the revocation has no readable id.")
            }
            return request
        }
    }
}
