internal import CertProtocol
internal import FoundationEssentials

/// Ordering certificates, and proving the control of their domains.
extension ACMEProvider {
    /// Orders a certificate, and takes the order as far as the time allows.
    ///
    /// What is known of the order is written down before it is sent. Where something publishes without a person, the receipt
    /// is `issued` with the chain; otherwise, and where the time is over, it is `pending`, and the order is taken on by
    /// ``orderDetail(_:context:)`` and ``checkDomainValidations(_:context:)``, in this process or another one.
    ///
    /// What can go wrong: no account can be registered (`invalid_configuration`); the server doesn't issue for a name, or a
    /// proof isn't found (`rejected`); publishing fails (`invalid_configuration`). Once there is an order, the error carries its
    /// receipt.
    func issue(_ request: IssueRequest, context: OperationContext) async throws(CertificateError) -> Receipt {
        let names = try request.acmeNames()
        let challenge = try request.acmeChallenge(for: names, settings: settings, publisher: publisher)
        let end = try request.acmeEnd(from: clock.date())
        let signingRequest = try request.contents.signingRequestBytes()
        var record = OrderRecord(
            journalKey: context.journalKey ?? UUID().uuidString, names: names, signingRequest: signingRequest,
            challenge: challenge)
        let api = api.during(context)
        // Without an account there is no order; what is wrong with it is told while nothing is written down.
        _ = try await beforeChange(api.account)
        try api.state.save(record)
        let (location, order) = try await api.newOrder(names: names, notAfter: end)
        // An order that can't be written down can be finalized by nobody.
        record.orderID = location.id
        try api.state.save(record)
        let pending = Receipt(pendingOrder: location.id, provider: id, context)
        do throws(CertificateError) {
            guard let order = try await takeOn(location, order, .init(limit: limit(context)), context) else {
                return pending
            }
            return try await receipt(pending, order, api)
        } catch {
            // The order is there all the same, and can be taken on.
            if error.code == .cancelled || error.code == .timeout { return pending }
            var error = error
            error.receipt = pending
            throw error
        }
    }

    /// The receipt of an order as it was seen last.
    private func receipt(
        _ pending: Receipt, _ order: ACME.Order, _ api: ACMEAPI
    ) async throws(CertificateError) -> Receipt {
        var receipt = pending
        if order.status != "pending" { receipt.awaiting = [] }
        guard order.status == "valid", let url = order.certificate else { return receipt }
        let location = try ACMELocation(url, at: api.origin)
        receipt.state = .issued
        receipt.certificateID = location.id
        // The certificate is there; that it can't be fetched at this moment takes nothing from it.
        receipt.certificatesPEM = (try? await api.certificate(location).map(\.text)) ?? []
        return receipt
    }

    /// Takes an order on as far as it goes; `nil` where nothing is known of it here, or somebody else is at it at this moment.
    func takeOn(
        _ location: ACMELocation, _ order: ACME.Order?, _ pace: OrderCourse.Pace, _ context: OperationContext
    ) async throws(CertificateError) -> ACME.Order? {
        guard let lock = api.state.lock(location.id), let record = try api.state.record(forOrder: location.id) else {
            return nil
        }
        defer { withExtendedLifetime(lock) {} }
        var course = OrderCourse(record, at: location, pace: pace, of: self, context)
        return try await course.run(order)
    }

    /// Until when one waits for the server: a second less than the call has, for its last answer, and never much longer than
    /// the server may take to decide.
    private func limit(_ context: OperationContext) -> ContinuousClock.Instant {
        let own = clock.now().advanced(by: settings.authorizationTimeout + .seconds(15))
        return context.deadline.map { min(own, $0.advanced(by: .seconds(-1))) } ?? own
    }

    /// What has to be published for the names of an order, and where each proof stands.
    func showDomainValidations(
        _ request: DomainValidationsRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] {
        let api = api.during(context)
        let location = try ACMELocation(id: request.orderID, at: api.origin)
        let wanted = try api.state.record(forOrder: location.id)?.challenge ?? settings.challenge
        let key = try api.state.accountKey()
        return try await api.authorizations(of: try await api.order(location).record).map { reply in
            let task = try? reply.record.task(wanted, key: key)
            return DomainValidation(reply.record, task, orderID: location.id, provider: id)
        }
    }

    /// Has the server look for what was published, waits for what it finds, and has the certificate issued where all is proven.
    ///
    /// A server looks once and decides: a proof that isn't there ends the order (`rejected`). Names that something publishes
    /// for without a person are published; all others have to be published before.
    func checkDomainValidations(
        _ request: DomainValidationsRequest, context: OperationContext
    ) async throws(CertificateError) -> [DomainValidation] {
        let location = try ACMELocation(id: request.orderID, at: api.origin)
        let order = try await api.during(context).order(location).record
        if try api.state.record(forOrder: location.id) == nil {
            try api.state.save(OrderRecord(foreignOrder: location.id))
        }
        _ = try await takeOn(location, order, .init(limit: limit(context), isPublished: true), context)
        return try await showDomainValidations(request, context: context)
    }
}
