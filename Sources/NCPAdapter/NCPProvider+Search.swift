internal import AdapterHTTP
internal import CertProtocol

/// Finding single certificates and orders: the service has no endpoint that shows one certificate.
extension NCPProvider {
    /// What a search through the lists has shown.
    struct SearchResult {
        /// The first certificate that matches.
        var certificate: Certificate?
        /// Whether every list was read to its end, every row of it could be read, and every order shows its certificates.
        var isWhole: Bool
    }

    /// Looks for a certificate in all lists of the configured version, page by page.
    ///
    /// - Parameters:
    ///   - name: the name that the service is to filter by; it may do so loosely, or not at all.
    ///   - start: the page that it starts at; `nil` for the first.
    ///   - context: of the operation.
    ///   - fits: whether it is the one.
    /// - Returns: what was found.
    /// - Throws: what reading the lists throws.
    func search(
        named name: String?, from start: Cursor? = nil, _ context: OperationContext, where fits: (Certificate) -> Bool
    ) async throws(CertificateError) -> SearchResult {
        var result = SearchResult(isWhole: true)
        var seen: Set<UInt64> = []
        var cursor = start
        repeat {
            let page = try await page(ListCertificatesRequest(cursor: cursor), named: name, context)
            result.certificate = page.items.first(where: fits)
            if result.certificate != nil { return result }
            let isReadable = page.problems.isEmpty && page.items.allSatisfy { $0.certificateID != nil }
            result.isWhole = result.isWhole && isReadable
            // A page that brings nothing new ends a part, as an empty one does.
            let isNew = page.keys.reduce(false) { seen.insert($1).inserted || $0 }
            cursor = (isNew ? page.next : nil) ?? page.nextPart
        } while cursor != nil
        return result
    }

    /// Looks for the certificate of a name.
    func search(named name: NCPName, _ context: OperationContext) async throws(CertificateError) -> SearchResult {
        try await search(named: name.text, context) { $0.consoleName == name.text }
    }

    /// The certificate of a number. That it may have an order doesn't matter here, so orders aren't read.
    func certificate(_ number: Int64, _ context: OperationContext) async throws(CertificateError) -> Certificate {
        let start = settings.api == .v2 ? NCPListPosition.everyKind : nil
        let result = try await search(named: nil, from: start, context) { $0.number == number }
        guard let certificate = result.certificate else {
            throw CertificateError(.notFound, "NAVER Cloud lists no certificate \(number).")
        }
        return certificate
    }

    /// The order of an id, or the certificate that stands for itself.
    func order(_ id: String, _ context: OperationContext) async throws(CertificateError) -> Order {
        var order: Order
        switch try NCPReference(id) {
        case .order(let id): order = Order(try await api.order(id, context: context), provider: self.id)
        case .certificate(let number): order = Order(of: try await certificate(number, context))
        }
        order.problems = api.http.redactor.redacted(order.problems)
        return order
    }

    /// What came of a lost call, as far as the service shows it.
    ///
    /// A certificate is found by its name (``NCPName``); a paid period, a revocation and a deletion by the state of the order
    /// or the list. Whether a certificate is renewed automatically can't be read, so that nobody can tell; switching it once
    /// more does no harm.
    func findOrder(
        _ request: FindOrderRequest, context: OperationContext
    ) async throws(CertificateError) -> FoundOrder {
        guard capabilities.operations.contains(request.operation) else { return .cannotTell }
        switch request.operation {
        case .issue, .reissue, .import:
            let given = request.certificateName ?? request.contents?.name
            let name = try NCPName(given, journalKey: request.journalKey)
            let result = try await search(named: name, context)
            return .named(
                result.certificate, isWhole: result.isWhole, isMadeName: given == nil, sentAt: request.sentAt
            )
        case .extend, .revoke:
            guard let id = request.orderID, case .order(let id) = try NCPReference(id) else { return .cannotTell }
            return FoundOrder(request, from: try await api.order(id, context: context), provider: self.id)
        case .delete:
            guard let id = request.certificateID else { return .cannotTell }
            let result = try await search(named: request.certificateName, context) { $0.certificateID == id }
            return .deleted(result.certificate, isWhole: result.isWhole, id: id, provider: self.id)
        default: return .cannotTell
        }
    }
}
