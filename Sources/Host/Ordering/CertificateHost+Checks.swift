internal import CertProtocol

/// What is wrong with a mutating call without asking anyone.
extension CertificateHost {
    /// - Throws: `invalid_request`, before anything is written down or sent.
    func check(_ call: OrderingCall, _ decision: RoutingDecision) throws(CertificateError) {
        if let contents = call.request.contents { try check(contents) }
        switch call.request {
        case .issue(let request): try require(request.product, "product")
        case .renew(let request): try require(request.issue.product, "product")
        case .revoke(let request):
            let entry = try provider(decision.candidates[0].provider)
            try check(request, isByKey: call.privateKey != nil, at: entry)
        case .import(let request):
            try require(request.name, "name")
            try require(request.certificatePEM, "certificate")
        default: break
        }
    }

    private func check(_ contents: CertificateContents) throws(CertificateError) {
        for name in [contents.commonName] + contents.dnsNames where DomainName.normalized(name) == nil {
            throw CertificateError(.invalidRequest, "“\(name)” is not a domain name.")
        }
        if contents.hasSigningRequest { try verifier?.check(contents) }
    }

    /// Moves the targets to the refused that need a signing request which the call lacks, or make the key themselves and take
    /// none. A renewal may go without one where the provider takes the key of the order.
    ///
    /// - Throws: `invalid_request` where none is left.
    func suited(_ decision: RoutingDecision, _ call: OrderingCall) throws(CertificateError) -> RoutingDecision {
        guard let contents = call.request.contents else { return decision }
        var suited = decision
        suited.candidates = []
        for target in decision.candidates {
            let capabilities = try provider(target.provider).capabilities
            let own = capabilities.productsWithoutRequest
            let keepsKey = call.request.operation == .renew && !capabilities.renewalNeedsRequest
            // A reissue doesn't say of which product it is.
            let makesKey = target.product.map(own.contains) ?? (!own.isEmpty && !contents.hasSigningRequest)
            if makesKey != contents.hasSigningRequest || keepsKey && !contents.hasSigningRequest {
                suited.candidates.append(target)
            } else {
                let reason =
                    makesKey
                    ? "makes the key of \(target.product ?? "it") itself and takes no signing request"
                    : "needs a signing request"
                suited.refused.append(.init(provider: target.provider, reason: reason))
            }
        }
        guard suited.candidates.isEmpty else { return suited }
        let reasons = suited.refused.suffix(decision.candidates.count).map { "\($0.provider) \($0.reason)" }
        throw CertificateError(.invalidRequest, "Nothing was sent: \(reasons.joined(separator: ", ")).")
    }

    private func check(
        _ request: RevokeRequest, isByKey: Bool, at entry: ConfiguredProvider
    ) throws(CertificateError) {
        let offered = entry.capabilities
        if !offered.revocationScopes.contains(request.scope.kind) {
            throw refusal(
                "revokes \(Self.list(offered.revocationScopes)), not \(request.scope.kind.rawValue)", by: entry
            )
        }
        if !offered.revocationReasons.contains(request.reason) {
            throw refusal(
                "takes the reasons \(Self.list(offered.revocationReasons)), not \(request.reason.rawValue)", by: entry
            )
        }
        if isByKey || request.certificatePEM != nil, !offered.revokesByKey {
            throw refusal(
                "revokes what the account has ordered, and takes neither a certificate nor its key", by: entry)
        }
    }

    private func refusal(_ what: String, by entry: ConfiguredProvider) -> CertificateError {
        var error = CertificateError(.invalidRequest, "Nothing was sent: \(entry.id) (\(entry.title)) \(what).")
        error.provider = entry.id
        return error
    }

    private func require(_ text: String, _ what: String) throws(CertificateError) {
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw CertificateError(.invalidRequest, "The call names no \(what).")
        }
    }

    private static func list(_ values: [some RawRepresentable<String>]) -> String {
        values.map(\.rawValue).joined(separator: ", ")
    }
}

extension CertificateContents {
    /// Whether there is a signing request: where the certificate authority makes the key itself, there is none.
    var hasSigningRequest: Bool { signingRequest.contains { !$0.isWhitespace } }
}
