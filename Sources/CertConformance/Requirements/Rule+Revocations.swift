internal import CertProtocol

/// The extras of operations that change something.
extension Trial {
    func tryScopes() async throws {
        try requireDeclared(.revoke)
        guard !capabilities.revocationScopes.isEmpty else {
            throw Finding("revoke is declared, and `revocationScopes` is empty. Say what it reaches.")
        }
        let requests = try await revocations()
        for scope in capabilities.revocationScopes {
            guard let request = requests.first(where: { $0.scope.kind == scope }) else {
                throw MissingPart(request: "Add to `samples.revocations` one of the scope \(scope.rawValue).")
            }
            let call = revocation(request)
            let result = try await read(call.name) { () throws(CertificateError) in
                try await call.perform(provider, context(key: Self.freshKey()))
            }
            if let receipt = result.receipt { try checkReceipt(receipt, of: call) }
        }
        for scope in [RevocationScope.Kind.certificate, .wholeOrder]
        where !capabilities.revocationScopes.contains(scope) {
            guard var request = requests.first else { continue }
            request.scope = scope == .wholeOrder ? .wholeOrder : .certificate(request.orderID)
            try await refusesWithoutTraffic(revocation(request), "The scope \(scope.rawValue)")
        }
    }

    func tryReasons() async throws {
        try requireDeclared(.revoke)
        guard !capabilities.revocationReasons.isEmpty else {
            throw Finding("revoke is declared, and `revocationReasons` is empty. Name the reasons that it takes.")
        }
        for reason in RevocationReason.allCases {
            guard var request = try await revocations().first else { throw Finding("`samples.revocations` is empty.") }
            request.reason = reason
            let call = revocation(request)
            guard capabilities.revocationReasons.contains(reason) else {
                try await refusesWithoutTraffic(call, "The reason \(reason.rawValue)")
                continue
            }
            let error = await failure { () throws(CertificateError) in
                try await call.perform(provider, context(key: Self.freshKey()))
            }
            if let error {
                throw Finding(
                    "The reason \(reason.rawValue) is declared, and the revocation threw \(error). Mend it, or take the "
                        + "reason out of `revocationReasons`."
                )
            }
        }
    }

    func tryRevocationByKey() async throws {
        guard capabilities.revokesByKey else { throw NotApplicable(reason: "`revokesByKey` is not declared.") }
        try requireDeclared(.revoke)
        let request = try await samples.revocationByKey.resolved(
            asking("revocationByKey", "a revocation by the certificate's own key"))
        guard request.certificateKey != nil else {
            throw Finding("`samples.revocationByKey` has no key. Set its `certificateKey`.")
        }
        let error = await failure { () throws(CertificateError) in
            try await revocation(request).perform(provider, context(key: Self.freshKey()))
        }
        if let error {
            throw Finding(
                "`revokesByKey` is declared, and the revocation threw \(error). Mend it, or don't declare it."
            )
        }
    }

    func tryRenewalRequest() async throws {
        try requireDeclared(.renew)
        var request = try await samples.renew.resolved(asking("renew", "the renewal of an order"))
        request.issue.contents.signingRequest = ""
        let bare = request
        let call = PreparedCall(.renew, "without a signing request") { provider, context throws(CertificateError) in
            .receipt(try await provider.renew(bare, context: context))
        }
        let error = await failure { () throws(CertificateError) in
            try await call.perform(provider, context(key: Self.freshKey()))
        }
        guard capabilities.renewalNeedsRequest else {
            if let error {
                throw Finding(
                    "`renewalNeedsRequest` is false, and a renewal without a signing request threw \(error). Mend it, or "
                        + "declare true."
                )
            }
            return
        }
        guard error?.code == .invalidRequest || error?.code == .rejected else {
            throw Finding(
                "`renewalNeedsRequest` is true, and a renewal without a signing request \(told(error)). Throw "
                    + "`invalid_request` before anything is sent, or declare false."
            )
        }
    }

    func tryProductsWithoutRequest() async throws {
        try requireDeclared(.issue)
        guard !capabilities.productsWithoutRequest.isEmpty else {
            throw NotApplicable(reason: "No product is declared whose key the authority makes.")
        }
        var request = try await samples.issue.resolved(asking("issue", "a new order"))
        if request.contents.signingRequest.isEmpty { request.contents.signingRequest = Self.madeUpRequest }
        for product in capabilities.productsWithoutRequest {
            request.product = product
            let order = request
            let call = PreparedCall(.issue, product) { provider, context throws(CertificateError) in
                .receipt(try await provider.issue(order, context: context))
            }
            try await refusesWithoutTraffic(call, "A signing request for the product \(product)")
        }
    }
}
