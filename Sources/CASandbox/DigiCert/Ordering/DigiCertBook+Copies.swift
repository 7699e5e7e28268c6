internal import CertProtocol
internal import FoundationEssentials

/// Further certificates within a paid order.
extension DigiCertBook {
    /// `POST /order/certificate/{order_id}/reissue` ("Reissue certificate").
    mutating func reissue(_ order: String, _ body: JSONValue, now: Date) throws -> JSONNode {
        try add(to: order, body, now: now) { record, _ in
            guard record.status == "issued" else {
                throw DigiCertAnswers.badRequest("Only an issued order without a pending reissue can be reissued.")
            }
        } note: { record, id in
            record.reissueIDs.append(id)
            record.status = "reissue_pending"
            return .reissue(certificate: id)
        }
    }

    /// `POST /order/certificate/{order_id}/duplicate` ("Duplicate certificate"): the names have to be those of the order;
    /// names below a wildcard may be added.
    mutating func duplicate(_ order: String, _ body: JSONValue, now: Date) throws -> JSONNode {
        try add(to: order, body, now: now) { record, form in
            guard record.hasCertificate else {
                throw DigiCertAnswers.badRequest("Only an issued order can have duplicates.")
            }
            let own = Set(([record.commonName].compactMap(\.self) + (record.dnsNames ?? [])).map { $0.lowercased() })
            let wildcards = own.filter { $0.hasPrefix("*.") }.map { $0.dropFirst() }
            let added = Set(form.names).subtracting(own).filter { name in !wildcards.contains { name.hasSuffix($0) } }
            guard added.isEmpty, own.isSubset(of: form.names) else {
                throw DigiCertAnswers.badRequest("The names of a duplicate must be those of the order.")
            }
        } note: { record, id in
            record.duplicateIDs.append(id)
            return .duplicate(certificate: id)
        }
    }

    private mutating func add(
        to order: String, _ body: JSONValue, now: Date,
        check: (DigiCertOrderRecord, DigiCertOrderForm) throws -> Void,
        note: (inout DigiCertOrderRecord, Int64) -> DigiCertRequest.Subject
    ) throws -> JSONNode {
        var record = try record(order)
        let form = try DigiCertOrderForm(body)
        try check(record, form)
        guard let end = record.orderLastDay, end >= SandboxDates.today else {
            throw DigiCertAnswers.badRequest("The order has ended; renew it.")
        }
        let lastDay = try form.lastDay(from: SandboxDates.today, orderLastDay: end)
        if let method = body.string("dcv_method") {
            try Self.check(method, for: form.names)
            record.dcvMethod = method
        }
        addDomains(for: record, form, now: now)
        let skips = body.boolean("skip_approval") == true
        let needsApproval =
            DigiCertNameRules.needApproval(form.names, organization: record.organization) && !skips
        let id = addCertificate(
            to: &record, form, lastDay: lastDay, request: needsApproval ? nextRequestID : nil, now: now
        )
        let request = addRequest(
            to: &record, note(&record, id), isApproved: !needsApproval, comments: body.string("comments"), now: now
        )
        record.token = record.token ?? DigiCertToken(now: now)
        record.changedAt = now
        try advance(&record, now: now)
        records[record.id] = record
        return answer(to: record, certificate: id, request: request, showsChain: skips)
    }
}

extension DigiCertOrderRecord {
    /// The last day that the order is paid for.
    var orderLastDay: Int? {
        if let placed { return placed.period.lastDay }
        guard let text = JSONValue(base.listRow).string("order_valid_till"), let date = CertificateDate(text) else {
            return nil
        }
        return Int(date.startInUTC.timeIntervalSince1970) / 86_400
    }
}
