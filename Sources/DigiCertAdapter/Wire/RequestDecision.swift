internal import AdapterHTTP
internal import CertProtocol
internal import HTTPTypes

extension DigiCert {
    /// Decides a request.
    ///
    /// Endpoint: `PUT /request/{request_id}/status`. It is answered without a body.
    struct RequestDecision: DigiCertCall {
        /// The request.
        var request: String
        /// `status`: `approved` or `rejected`.
        var isApproved: Bool
        /// `processor_comment`.
        var comment: String?

        var call: HTTPCall {
            let body = JSONNode.record([
                ("status", isApproved ? "approved" : "rejected"), ("processor_comment", comment.map(JSONNode.string)),
            ])
            return HTTPCall(.put, "/request/\(request)/status", effect: .mutation, json: body)
        }
    }
}
