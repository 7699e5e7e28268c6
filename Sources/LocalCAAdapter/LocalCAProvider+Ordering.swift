internal import CertProtocol
internal import FoundationEssentials

/// Issuing and revoking. Each call does its work while nobody else changes the folder, and answers once the order is on the disk.
extension LocalCAProvider {
    /// Issues a certificate at once, for nothing. The first order makes the authority.
    ///
    /// What can go wrong: a product, a name, a validity or a key that the authority doesn't issue (`rejected`); a signing
    /// request that is none (`invalid_request`); a folder that can't be used (`invalid_configuration`), a full disk
    /// (`unavailable`), and then nothing was issued.
    @concurrent
    func issue(_ request: IssueRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        let key = try LocalCAKey(signingRequest: request.contents.signingRequest)
        let wish = try wish(request, key)
        return try await change(context) { () throws(CertificateError) in
            try await place(.issue, request, wish, renewing: nil, context)
        }
    }

    /// Issues the successor of an order's certificate, as an order of its own; without a signing request for the key that the
    /// certificate has. The old one stays valid until it ends or is revoked.
    ///
    /// What can go wrong: as for a new order; and the certificate was revoked (`rejected`).
    @concurrent
    func renew(_ request: RenewRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        let given = request.issue.contents.signingRequest
        let hasRequest = given.contains { !$0.isWhitespace }
        return try await change(context) { () throws(CertificateError) in
            let old = try order(.order(request.orderID))
            guard old.revokedAt == nil else {
                throw .refused(
                    "revoked", "Order \(old.orderID) was revoked, and is not renewed. Issue a new certificate.")
            }
            let key = try hasRequest ? LocalCAKey(signingRequest: given) : LocalCAKey(certificate: old.certificate)
            let wish = try wish(request.issue, key)
            return try await place(.renew, request.issue, wish, renewing: old.orderID, context)
        }
    }

    /// Revokes the certificate of an order, and writes the revocation list anew. **Final.** Both scopes mean the same here,
    /// since each order has one certificate.
    ///
    /// What can go wrong: it is revoked already (`rejected`); its record can't be read (`invalid_configuration`); the list can't
    /// be written after the order was (`outcome_unknown`).
    @concurrent
    func revoke(_ request: RevokeRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        // A folder that isn't there isn't made to find nothing in it.
        guard folder.exists else { throw .noOrder("the id \(request.orderID)") }
        return try await change(context) { () throws(CertificateError) in
            var order = try order(.order(request.orderID))
            if case .certificate(let id) = request.scope { try Self.check(id, isOf: order) }
            guard order.revokedAt == nil else {
                throw .refused("already_revoked", "Order \(order.orderID) was revoked at \(order.revokedAt ?? "").")
            }
            guard let authority = try folder.authority() else {
                throw .unusable(settings.directory, "holds orders and no CA.")
            }
            _ = try folder.ledger()
            try await begin(context)
            order.revoke(request, at: now.text)
            try folder.markRevocationListStale()
            try folder.store(order)
            do throws(CertificateError) {
                try folder.publish(authority)
            } catch {
                var failure = CertificateError(
                    .outcomeUnknown, "Order \(order.orderID) is revoked, and crl.pem isn't written: \(error.message)")
                failure.receipt = Receipt(revoked: order, provider: id, context)
                throw failure
            }
            return Receipt(revoked: order, provider: id, context)
        }
    }

    /// What came of a call, by the key that orders are stored with, and by the state of the order that was to be revoked.
    ///
    /// It waits for whoever changes the folder now, so that `notFound` is true: no order that was begun before shows up later.
    @concurrent
    func findOrder(
        _ request: FindOrderRequest, context: OperationContext
    ) async throws(CertificateError) -> FoundOrder {
        guard capabilities.operations.contains(request.operation) else { return .cannotTell }
        // Where there is no folder, nothing was ever issued from it.
        guard folder.exists else { return .notFound }
        return try await folder.locked(context) { () throws(CertificateError) in
            if request.operation == .revoke {
                guard let id = request.orderID, let number = OrderNumber.read(id), let order = try folder.order(number)
                else {
                    return .cannotTell
                }
                guard order.revokedAt != nil else { return .notFound }
                // What was revoked has to be in the list, too.
                if let authority = try folder.authority() { publish(authority, context) }
                return .found(Order(order, at: clock.date(), provider: id))
            }
            var isWhole = true
            for number in try folder.orderNumbers().reversed() {
                do throws(CertificateError) {
                    guard let order = try folder.order(number), order.journalKey == request.journalKey else { continue }
                    return .found(Order(order, at: clock.date(), provider: self.id))
                } catch {
                    guard error.code == .malformedResponse else { throw error }
                    isWhole = false
                }
            }
            return isWhole ? .notFound : .cannotTell
        }
    }

    /// Signs, writes the order down, and only then hands it out. Under the lock.
    private func place(
        _ operation: Capability, _ request: IssueRequest, _ wish: CertificateWish, renewing: String?,
        _ context: OperationContext
    ) async throws(CertificateError) -> Receipt {
        let existing = try folder.authority()
        var ledger = try folder.ledger()
        guard !ledger.isCompromised(wish.key.identifier) else {
            throw .refused("key_compromised", "A certificate of this key was revoked as compromised. Make another key.")
        }
        let number = max(ledger.lastOrder, try folder.orderNumbers().last ?? 0) + 1
        try await begin(context)
        let authority = if let existing { existing } else { try folder.make() }
        ledger.lastOrder = number
        try folder.store(ledger)
        publish(authority, context)
        if existing == nil {
            context.observe?(.notice("A local CA was made. What trusts \(folder.root) trusts its certificates."))
        }
        var order = try authority.issue(wish, as: number, now: clock.date())
        order.note(wish, request, at: now.text, context)
        order.renewedOrderID = renewing
        try folder.store(order)
        return Receipt(issued: order, operation, provider: id, context)
    }

    /// Writes what is missing of root.pem and crl.pem. That it can't be written takes nothing from the call.
    private func publish(_ authority: LocalAuthority, _ context: OperationContext) {
        do throws(CertificateError) { try folder.publish(authority) } catch {
            context.observe?(.notice("\(error.message) It is tried again with the next order."))
        }
    }

    private func wish(
        _ request: IssueRequest, _ key: LocalCAKey
    ) throws(CertificateError) -> CertificateWish {
        let product = try LocalCAProduct(named: request.product)
        return try CertificateWish(request.contents, product, key: key, settings: settings, now: clock.date())
    }

    /// Does what changes something, while nobody else does.
    ///
    /// - Throws: as `body` does. A record that can't be read is a mistake that a person has to mend before anything is changed.
    private func change(
        _ context: OperationContext, _ body: () async throws(CertificateError) -> Receipt
    ) async throws(CertificateError) -> Receipt {
        do throws(CertificateError) {
            return try await folder.locked(context, body)
        } catch {
            var error = error
            if error.code == .malformedResponse { error.code = .invalidConfiguration }
            if [.invalidConfiguration, .unavailable].contains(error.code) {
                error.message += " Nothing was issued or revoked."
            }
            throw error
        }
    }

    /// Asks whether the call may still be made. What follows isn't interrupted.
    private func begin(_ context: OperationContext) async throws(CertificateError) {
        try FolderLock.check(context, clock)
        try await context.beforeSending?(context.deadline)
    }

    /// The time in whole seconds.
    private var now: CertificateDate {
        .instant(Date(timeIntervalSince1970: clock.date().timeIntervalSince1970.rounded(.down)))
    }
}
