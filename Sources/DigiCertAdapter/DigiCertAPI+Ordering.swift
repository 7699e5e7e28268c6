internal import AdapterHTTP
internal import CertProtocol
internal import HTTPTypes

/// The endpoints that change something, and those that are read around them.
extension DigiCertAPI {
    // MARK: - Ordering

    /// `POST /order/certificate/{product_name_id}`: a new order, or one that renews another.
    func placeOrder(
        product: String, _ body: OrderBody, context: OperationContext
    ) async throws(CertificateError) -> DigiCert.PlacedOrder {
        try await place("/order/certificate/\(product)", body, context)
    }

    /// `POST /order/certificate/{order_id}/reissue`.
    func reissue(
        order: String, _ body: OrderBody, context: OperationContext
    ) async throws(CertificateError) -> DigiCert.PlacedOrder {
        try await place("/order/certificate/\(order)/reissue", body, context)
    }

    /// `POST /order/certificate/{order_id}/duplicate`.
    func duplicate(
        order: String, _ body: OrderBody, context: OperationContext
    ) async throws(CertificateError) -> DigiCert.PlacedOrder {
        try await place("/order/certificate/\(order)/duplicate", body, context)
    }

    /// `GET /order/alternate/{alternative_order_id}`: the orders that were placed with an id of the customer's.
    func listOrders(
        alternativeID: String, context: OperationContext
    ) async throws(CertificateError) -> RowList {
        try await list("/order/alternate/\(alternativeID)", "orders", mayBeBare: true, context)
    }

    private func place(
        _ target: RequestTarget, _ body: OrderBody, _ context: OperationContext
    ) async throws(CertificateError) -> DigiCert.PlacedOrder {
        let answer = try await change(.post, target, body.json, context: context)
        guard let order = DigiCert.PlacedOrder(try answer.jsonObject()) else {
            throw answer.malformed("The answer to the order has no readable id.")
        }
        return order
    }

    // MARK: - Ending

    /// `PUT /certificate/{certificate_id}/revoke`: one certificate, where `certificate` is given; otherwise `PUT
    /// /order/certificate/{order_id}/revoke`: every certificate of the order.
    ///
    /// - Returns: the request that waits for approval; `nil` where it was done at once, which is answered without a body.
    func revoke(
        order: String, certificate: String?, reason: String, comments: String?, context: OperationContext
    ) async throws(CertificateError) -> DigiCert.ApprovalRequest? {
        let target: RequestTarget =
            if let certificate { "/certificate/\(certificate)/revoke" } else { "/order/certificate/\(order)/revoke" }
        var body: [(String, JSONNode)] = [("revocation_reason", .string(reason))]
        if let comments { body.append(("comments", .string(comments))) }
        let answer = try await change(.put, target, .object(body), context: context)
        guard !answer.body.isEmpty else { return nil }
        guard let request = DigiCert.ApprovalRequest(try answer.jsonObject()) else {
            throw answer.malformed("The answer to the revocation has no readable id.")
        }
        return request
    }

    /// `PUT /order/certificate/{order_id}/status`: cancels an order that is pending, or its pending reissue.
    func cancel(order: String, note: String?, context: OperationContext) async throws(CertificateError) {
        var body: [(String, JSONNode)] = [("status", "canceled")]
        if let note { body.append(("note", .string(note))) }
        _ = try await change(.put, "/order/certificate/\(order)/status", .object(body), context: context)
    }

    // MARK: - Certificates

    /// `GET /certificate/{certificate_id}/download/format/{format}`, or `GET
    /// /certificate/download/order/{order_id}/format/{format}` for the order's active certificate. The body is the file.
    func download(
        order: String, certificate: String?, format: String, context: OperationContext
    ) async throws(CertificateError) -> HTTPAnswer {
        let target: RequestTarget =
            if let certificate {
                "/certificate/\(certificate)/download/format/\(format)"
            } else {
                "/certificate/download/order/\(order)/format/\(format)"
            }
        return try await client.send(HTTPCall(.get, target, headers: [.accept: "*/*"]), context: context)
    }

    // MARK: - Requests

    /// `GET /request`: one page of the requests that nobody has decided yet.
    func listRequests(_ window: PageWindow, context: OperationContext) async throws(CertificateError) -> RowList {
        let target = window.applied(to: "/request").query("filters[status][0]", "submitted")
            .query("filters[status][1]", "pending")
        return try await list(target, "requests", context)
    }

    /// `GET /request/{request_id}`.
    func request(_ id: String, context: OperationContext) async throws(CertificateError) -> DigiCert.ApprovalRequest {
        let answer = try await client.send(HTTPCall("/request/\(id)"), context: context)
        guard let request = DigiCert.ApprovalRequest(try answer.jsonObject()) else {
            throw answer.malformed("The request has no readable id.")
        }
        return request
    }

    /// `PUT /request/{request_id}/status`.
    func decide(
        request: String, isApproved: Bool, comment: String?, context: OperationContext
    ) async throws(CertificateError) {
        var body: [(String, JSONNode)] = [("status", isApproved ? "approved" : "rejected")]
        if let comment { body.append(("processor_comment", .string(comment))) }
        _ = try await change(.put, "/request/\(request)/status", .object(body), context: context)
    }

    /// A call that changes something. It is sent once.
    func change(
        _ method: HTTPRequest.Method, _ target: RequestTarget, _ body: JSONNode, effect: HTTPCall.Effect = .mutation,
        context: OperationContext
    ) async throws(CertificateError) -> HTTPAnswer {
        let call = HTTPCall(
            method, target, effect: effect, headers: [.contentType: "application/json"], body: Array(body.text.utf8)
        )
        return try await client.send(call, context: context)
    }
}
