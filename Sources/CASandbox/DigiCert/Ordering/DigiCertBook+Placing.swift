internal import CertProtocol
internal import FoundationEssentials

extension DigiCertBook {
    /// `POST /order/certificate/{product_name_id}` ("Order basic OV", "Order DV SSL"), which renews where it names an order.
    ///
    /// - Returns: the body of the answer, in one of the four forms that these pages show.
    mutating func place(_ productID: String, _ body: JSONValue, now: Date) throws -> JSONNode {
        guard let product = DigiCertProduct.all.first(where: { $0.nameID == productID }) else {
            throw DigiCertAnswers.unknown("product")
        }
        let form = try DigiCertOrderForm(body)
        let organization = try Self.organization(of: body, for: product)
        let period = try Self.period(of: body)
        let lastDay = try form.lastDay(from: SandboxDates.today, orderLastDay: period.lastDay)
        let method = try Self.method(of: body, for: form.names)
        let renewed = try body.integer("renewal_of_order_id").map { try renewable("\($0)") }

        let order = DigiCertPlacedOrder(
            id: nextOrderID, product: product, organization: organization, form: form, created: now, period: period,
            dcvMethod: method, renewedOrderID: renewed?.id, alternativeOrderID: body.string("alternative_order_id")
        )
        var record = DigiCertOrderRecord(order)
        record.changedAt = now
        record.dcvMethod = method
        record.token = DigiCertToken(now: now)
        let needsApproval =
            DigiCertNameRules.needApproval(form.names, organization: organization)
            && body.boolean("skip_approval") != true
        let request = addRequest(
            to: &record, .newOrder, isApproved: !needsApproval, comments: body.string("comments"), now: now
        )
        addDomains(for: record, form, now: now)
        if needsApproval {
            record.status = "needs_approval"
        } else {
            record.primaryID = addCertificate(to: &record, form, lastDay: lastDay, request: nil, now: now)
            try advance(&record, now: now)
        }
        add(record)
        if var renewed {
            renewed.isRenewed = true
            records[renewed.id] = renewed
        }
        return answer(to: record, certificate: record.primaryID, request: request, showsChain: true)
    }

    /// The domains that an order's names need, where the account has none that holds them.
    mutating func addDomains(for record: DigiCertOrderRecord, _ form: DigiCertOrderForm, now: Date) {
        guard let organization = record.organization, !record.isDomainValidated else { return }
        for name in form.names where !domains.contains(where: { $0.holds(name) }) {
            addDomain(name.hasPrefix("*.") ? String(name.dropFirst(2)) : name, organization: organization, now: now)
            domains[domains.count - 1].method = record.dcvMethod ?? domains[domains.count - 1].method
        }
    }

    /// What an order, a reissue or a duplicate is answered.
    ///
    /// - Parameters:
    ///   - record: the order.
    ///   - certificate: the certificate that was asked for; `nil` where there will be none before an approval.
    ///   - request: the request that it led to.
    ///   - showsChain: whether the answer says which certificate was made: always for orders, for others only where they
    ///     skip the approval.
    /// - Returns: the body.
    func answer(
        to record: DigiCertOrderRecord, certificate: Int64?, request: DigiCertRequest, showsChain: Bool
    ) -> JSONNode {
        let id: (String, JSONNode?) = ("id", .integer(record.id))
        let requests: (String, JSONNode?) = (
            "requests", [["id": .integer(request.id), "status": .string(request.status)]]
        )
        guard request.status == "approved", let certificate = certificate.flatMap({ record.certificates[$0] }) else {
            return .record([id, requests])
        }
        let certificateID: (String, JSONNode?) = ("certificate_id", .integer(certificate.id))
        guard certificate.issued == nil else {
            guard showsChain else { return .record([id, requests]) }
            return .record([id, requests, certificateID, ("certificate_chain", certificate.chainJSON)])
        }
        if record.isDomainValidated {
            return .record([id, certificateID, ("dcv_random_value", record.token.map { .string($0.value) })])
        }
        // The answer to a reissue or a duplicate has no domains.
        guard certificate.id == record.primaryID else { return .record([id, requests]) }
        let names = certificate.form.names
        let held = domains.filter { domain in names.contains { domain.holds($0) } }
        return .record([id, requests, certificateID, ("domains", .array(held.map(\.ordered)))])
    }

    private static func organization(
        of body: JSONValue, for product: DigiCertProduct
    ) throws -> DigiCertOrganization? {
        guard product.validation != "dv" else { return nil }
        guard let id = body.object("organization")?.integer("id") else {
            throw DigiCertAnswers.badRequest("organization.id is required for \(product.nameID).")
        }
        guard let organization = DigiCertOrganization.all.first(where: { $0.id == id }) else {
            throw DigiCertAnswers.unknown("organization")
        }
        return organization
    }

    /// `order_validity`, or one of the older flat fields, of which the last day counts most ("Order basic OV").
    private static func period(of body: JSONValue) throws -> DigiCertPeriod {
        if let validity = body.object("order_validity") {
            return try DigiCertPeriod(validity, from: SandboxDates.today)
        }
        let older = [
            ("custom_expiration_date", "custom_expiration_date"), ("validity_days", "days"),
            ("validity_years", "years"),
        ]
        let value = older.lazy.compactMap { old, new in body[old].map { JSONValue([(new, .raw($0))]) } }.first
        return try DigiCertPeriod(value ?? DigiCertPeriod.oneYear, from: SandboxDates.today)
    }

    private static func method(of body: JSONValue, for names: [String]) throws -> String {
        let method = body.string("dcv_method") ?? "dns-txt-token"
        try check(method, for: names)
        return method
    }

    /// Refuses what is no method, or none for these names: a file proves no wildcard.
    static func check(_ method: String, for names: [String]) throws {
        guard DigiCertDomain.methods.contains(method) else {
            throw DigiCertAnswers.badRequest("\(method) is not a DCV method.")
        }
        guard method != "http-token" || !names.contains(where: { $0.hasPrefix("*.") }) else {
            throw DigiCertAnswers.badRequest("http-token does not prove the control of wildcard names.")
        }
    }

    /// The order that is to be renewed.
    private func renewable(_ id: String) throws -> DigiCertOrderRecord {
        let record = try record(id)
        guard !record.isRenewed else {
            throw DigiCertAnswers.badRequest("The order was renewed already.", code: "order_renewed_already")
        }
        guard ["issued", "expired"].contains(record.status) else {
            throw DigiCertAnswers.badRequest(
                "The order is not eligible for renewal.", code: "order_not_eligible_for_renewal"
            )
        }
        return record
    }
}

extension DigiCertCertificate {
    /// As in the answer to an order that is issued at once: leaf first, lines that end with CRLF.
    var chainJSON: JSONNode {
        .array(
            (issued?.chain ?? []).map {
                ["subject_common_name": .string($0.commonName), "pem": .string(PEMText.withCRLF($0.pem))]
            }
        )
    }
}

extension JSONValue {
    /// An object of these members.
    fileprivate init(_ members: [(String, JSONNode)]) { self.init(.object(members)) }
}
